// Prints what DuckDB answers to a query, a line of JSON for each row of one column.
// Usage: node duckdb.mjs FOLDER QUERY, with @duckdb/node-api installed in FOLDER.
import { createRequire } from "node:module";

const [folder, query] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(folder + "/")("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const result = await connection.stream(query);
for (;;) {
  const chunk = await result.fetchChunk();
  if (!chunk || chunk.rowCount === 0) break;
  const lines = chunk.getColumnValues(0).map((line) => line + "\n").join("");
  await new Promise((done) => process.stdout.write(lines, done));
}

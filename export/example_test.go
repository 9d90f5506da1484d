package export_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"log"
	"os"

	"example.com/edgard/export"
	"example.com/edgard/parse"
)

// Write the items of a filing as CSV, a row for each, and read two columns back.
func ExampleEncoder() {
	file, err := os.Open("../parse/testdata/eightk/html_2011_combined.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	filing, err := parse.ReadFiling(file)
	if err != nil {
		log.Fatal(err)
	}
	var table bytes.Buffer
	enc, err := export.NewEncoder(&table, export.Options{Format: export.CSV, Rows: export.Items})
	if err != nil {
		log.Fatal(err)
	}
	if err := enc.Encode(filing); err != nil {
		log.Fatal(err)
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		fmt.Println(row[column["accession"]], row[column["item"]])
	}
	// Output:
	// 0000999901-11-000012 1.01
	// 0000999901-11-000012 2.03
	// 0000999901-11-000012 7.01
	// 0000999901-11-000012 8.01
	// 0000999901-11-000012 9.01
}

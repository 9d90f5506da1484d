package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// duckDB asks DuckDB, another program with a reader of its own, and returns the lines
// of its answer. It skips the test where there is none.
func duckDB(t *testing.T, query string) string {
	t.Helper()
	folder := os.Getenv("DUCKDB_NODE_MODULES")
	if folder == "" {
		t.Skip("no DuckDB to read with: npm install --prefix DIR @duckdb/node-api, and set DUCKDB_NODE_MODULES to DIR")
	}
	cmd := exec.Command("node", "testdata/duckdb.mjs", folder, query)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v: %s", query, err, errs.String())
	}
	return string(out)
}

// value is a value of JSON as both sides have it: without what is not there, and with
// times as moments.
func value(t *testing.T, name string, v any) any {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if x = value(t, k, x); x != nil {
				out[k] = x
			}
		}
		return out
	case []any:
		var out []any
		for _, x := range v {
			out = append(out, value(t, "", x))
		}
		if out == nil {
			return nil
		}
		return out
	case string:
		switch name {
		case "accepted", "seen", "recorded":
			return moment(t, v)
		}
	}
	return v
}

func moment(t *testing.T, s string) int64 {
	t.Helper()
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999-07"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UnixMicro()
		}
	}
	t.Fatalf("%q is no time", s)
	return 0
}

func values(t *testing.T, s string) (vs []any) {
	t.Helper()
	for line := range strings.Lines(s) {
		var v map[string]any
		dec := json.NewDecoder(strings.NewReader(line))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			t.Fatalf("%v in %.200s", err, line)
		}
		vs = append(vs, value(t, "", v))
	}
	return vs
}

func TestDuckDBReadsInParquetEveryValueOfTheJSON(t *testing.T) {
	houses := map[string]func(testing.TB) *house{
		"made filings": demoHouse,
		"real filings": func(t testing.TB) *house { return newHouse(t, corpus(t)) },
	}
	for name, open := range houses {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			for _, rows := range RowKinds() {
				file := filepath.Join(t.TempDir(), "rows.parquet")
				if err := os.WriteFile(file, []byte(h.export(Options{Parquet, rows, AllText})), 0o600); err != nil {
					t.Fatal(err)
				}
				got := values(t, duckDB(t, fmt.Sprintf("SELECT to_json(r)::VARCHAR FROM '%s' r", file)))
				want := values(t, h.export(Options{JSONL, rows, AllText}))
				if len(got) != len(want) || len(want) == 0 {
					t.Fatalf("%s: %d rows, want %d", rows, len(got), len(want))
				}
				for i := range want {
					if diff := cmp.Diff(want[i], got[i]); diff != "" {
						t.Errorf("%s: row %d (-JSON +Parquet):\n%.2000s", rows, i, diff)
					}
				}
			}
		})
	}
}

func TestDuckDBSeesTheTypes(t *testing.T) {
	h := demoHouse(t)
	file := filepath.Join(t.TempDir(), "filings.parquet")
	if err := os.WriteFile(file, []byte(h.export(Options{Parquet, Filings, NoText})), 0o600); err != nil {
		t.Fatal(err)
	}
	types := duckDB(t, "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '"+file+"')")
	for _, want := range []string{"filed DATE\n", "accepted TIMESTAMP WITH TIME ZONE\n", "size BIGINT\n", "cik BIGINT,", "emerging_growth_company BOOLEAN,", "withdrawn BOOLEAN\n"} {
		if !strings.Contains(types, want) {
			t.Errorf("no %q in %s", want, types)
		}
	}
	page := duckDB(t, "SELECT count(*) FROM '"+file+"' WHERE list_contains(list_transform(items, i -> i.number), '2.02') AND filed >= DATE '2010-01-01'")
	if page == "0\n" {
		t.Error("no results of operations since 2010 among the made filings")
	}
}

package export

import (
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// The least and the greatest text of a page are worth nothing to a reader and may be
// megabytes long. SkipPageBounds leaves them out of the footer, but puts empty
// strings into the page index, by which a reader that trusts it would pass over
// pages that have what it seeks. A long text therefore has a type of its own, whose
// bounds are below and above every text.

// longTexts are the names of the columns that hold such texts.
func longTexts() []string {
	return []string{"text", "snippet", "heading", "description", "detail", "evidence", "address"}
}

// withLongTexts returns s under a name, its long texts of that type, and their paths.
func withLongTexts(s *parquet.Schema, name string) (*parquet.Schema, [][]string) {
	var long [][]string
	for _, path := range s.Columns() {
		if slices.Contains(longTexts(), path[len(path)-1]) {
			long = append(long, path)
		}
	}
	return parquet.NewSchema(name, group{s}), long
}

// group is a node whose fields are looked at for long texts.
type group struct{ parquet.Node }

// Fields implements parquet.Node.
func (g group) Fields() (fields []parquet.Field) {
	for _, f := range g.Node.Fields() {
		switch {
		case !f.Leaf():
			f = field{group{f}, f}
		case slices.Contains(longTexts(), f.Name()):
			f = field{longText{f}, f}
		}
		fields = append(fields, f)
	}
	return fields
}

// field is a node in the place of another field.
type field struct {
	parquet.Node
	of parquet.Field
}

// Name implements parquet.Field.
func (f field) Name() string { return f.of.Name() }

// Value implements parquet.Field.
func (f field) Value(base reflect.Value) reflect.Value { return f.of.Value(base) }

// longText is a column of texts without bounds.
type longText struct{ parquet.Node }

// Type implements parquet.Node.
func (t longText) Type() parquet.Type { return unbounded{t.Node.Type()} }

// unbounded is a type whose page index excludes no page but those that are all null.
type unbounded struct{ parquet.Type }

// NewColumnIndexer implements parquet.Type.
func (unbounded) NewColumnIndexer(int) parquet.ColumnIndexer { return new(openIndexer) }

type openIndexer struct{ pages []openPage }

type openPage struct{ values, nulls int64 }

// Reset implements parquet.ColumnIndexer.
func (x *openIndexer) Reset() { x.pages = x.pages[:0] }

// IndexPage implements parquet.ColumnIndexer.
func (x *openIndexer) IndexPage(values, nulls int64, _, _ parquet.Value) {
	x.pages = append(x.pages, openPage{values, nulls})
}

// ColumnIndex implements parquet.ColumnIndexer.
func (x *openIndexer) ColumnIndex() (c format.ColumnIndex) {
	for _, p := range x.pages {
		greatest := strings.Repeat("\U0010ffff", 4) // a noncharacter, the last one there is
		if p.values == p.nulls {
			greatest = ""
		}
		c.NullPages, c.NullCounts = append(c.NullPages, p.values == p.nulls), append(c.NullCounts, p.nulls)
		c.MinValues, c.MaxValues = append(c.MinValues, nil), append(c.MaxValues, []byte(greatest))
	}
	return c
}

package export

import (
	"fmt"
	"slices"
	"strings"
)

// Format is a file format.
type Format string

const (
	JSONL   Format = "jsonl"
	CSV     Format = "csv"
	Parquet Format = "parquet"
)

// Formats lists all formats, the default first.
func Formats() []Format { return []Format{JSONL, CSV, Parquet} }

// Rows says what a row stands for.
type Rows string

const (
	Filings  Rows = "filings"
	Items    Rows = "items"
	Exhibits Rows = "exhibits"
)

// RowKinds lists all kinds of rows, the default first.
func RowKinds() []Rows { return []Rows{Filings, Items, Exhibits} }

// Text says which texts come along.
type Text string

const (
	NoText      Text = ""
	ItemText    Text = "items"
	ExhibitText Text = "exhibits"
	AllText     Text = "all" // of items and exhibits
)

// Texts lists the kinds of text that can be asked for.
func Texts() []Text { return []Text{ItemText, ExhibitText, AllText} }

// Options says what an export looks like.
type Options struct {
	Format Format
	Rows   Rows
	Text   Text
}

// Check says what is wrong with o, and what would be right.
func (o Options) Check() error {
	switch {
	case !slices.Contains(Formats(), o.Format):
		return fmt.Errorf("there is no format %q: want one of %s", o.Format, listed(Formats()))
	case !slices.Contains(RowKinds(), o.Rows):
		return fmt.Errorf("there are no rows of %q: want one of %s", o.Rows, listed(RowKinds()))
	case o.Text != NoText && !slices.Contains(Texts(), o.Text):
		return fmt.Errorf("there is no text of %q: want one of %s", o.Text, listed(Texts()))
	case o.Rows == Items && o.Text == ExhibitText, o.Rows == Exhibits && o.Text == ItemText:
		return fmt.Errorf("rows of %s have no text of %s", o.Rows, o.Text)
	}
	return nil
}

func listed[S ~string](list []S) string {
	var words []string
	for _, s := range list {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}

// ofItems reports whether the text of items is wanted.
func (o Options) ofItems() bool {
	return o.Rows != Exhibits && (o.Text == ItemText || o.Text == AllText)
}

// ofExhibits reports whether the text of exhibits is wanted.
func (o Options) ofExhibits() bool {
	return o.Rows != Items && (o.Text == ExhibitText || o.Text == AllText)
}

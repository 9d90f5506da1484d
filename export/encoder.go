package export

import (
	"fmt"
	"io"

	"example.com/edgard/parse"
)

// An Encoder writes filings one by one as they are, without text that is not in them:
// for a part of a list, where a Config writes all of one. It belongs to one goroutine.
type Encoder struct{ out file }

// NewEncoder begins the output: of CSV that is the line of names. Every Write is whole
// lines. Parquet has no lines, and is refused, as is text.
func NewEncoder(w io.Writer, o Options) (*Encoder, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	if o.Format == Parquet || o.Text != NoText {
		return nil, fmt.Errorf("no part of a list: %s with text of %q", o.Format, o.Text)
	}
	out, err := newFile(w, o)
	return &Encoder{out}, err
}

// Encode writes the rows of a filing.
func (e *Encoder) Encode(f *parse.Filing) error {
	_, write, err := e.out.encode(&filing{Filing: f})
	if err != nil {
		return err
	}
	return write()
}

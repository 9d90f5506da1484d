package export

import (
	"context"
	"io"
	"iter"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// Source is where filings come from: an [index.Reader], or something that has one for
// the time of each question.
type Source interface {
	Find(q index.Query) (index.Page, error)
	Changes(after uint64, limit int) (index.ChangePage, error)
	Filing(a edgar.Accession) (*parse.Filing, error)
	Entry(a edgar.Accession) (index.Entry, error)
}

var _ Source = index.Reader(nil)

// Config is an export.
type Config struct {
	Options
	Query   index.Query // which filings; Limit is of all together, 0 for no limit; order and After do not count
	Source  Source
	Archive *archive.Store // nil where no text is wanted

	// Unread, if not nil, is told of each filing whose text could not be had, and
	// Progress after each filing; both from the goroutine that called Run.
	Unread   func(a edgar.Accession, why error)
	Progress func(p Progress)
}

// Report is what an export has done.
type Report struct {
	Filings int `json:"filings"`
	Rows    int `json:"rows"`
	Unread  int `json:"unread"` // filings without the text that was asked for

	Anew bool `json:"anew,omitempty"` // a cursor meant nothing any more: everything came again
}

// Progress is how far an export has come.
type Progress struct {
	Report
	Filed edgar.Date // of the last filing
}

// Run writes the filings of c's query to w, oldest first. A filing that cannot be read
// out of the archive has its row, without text, and is counted as Unread. Of JSONL and
// CSV every Write is whole lines. The error is that of source or w, or the cause of
// ctx; what was written then is no whole file.
func (c Config) Run(ctx context.Context, w io.Writer) (Report, error) {
	return c.write(ctx, w, c.found())
}

// found yields the filings of the query, page by page.
func (c Config) found() iter.Seq2[*parse.Filing, error] {
	return func(yield func(*parse.Filing, error) bool) {
		q, left := c.Query, c.Query.Limit
		q.After, q.OldestFirst = "", true
		for {
			q.Limit = index.MaxLimit
			if left > 0 {
				q.Limit = min(left, q.Limit)
			}
			p, err := c.Source.Find(q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, f := range p.Filings {
				if !yield(f, nil) {
					return
				}
			}
			q.After = p.Next
			if left -= len(p.Filings); p.Next == "" || left == 0 {
				return
			}
		}
	}
}

// write encodes filings and writes them in their order.
func (c Config) write(ctx context.Context, w io.Writer, filings iter.Seq2[*parse.Filing, error]) (rep Report, err error) {
	out, err := newFile(w, c.Options)
	if err != nil {
		return rep, err
	}
	err = inOrder(ctx, filings, c.weight, func(f *parse.Filing) encoded { return c.encode(out, f) }, func(e encoded) error {
		if e.err != nil {
			return e.err
		}
		rep.Filings++
		rep.Rows += e.rows
		if e.unread != nil {
			rep.Unread++
			if c.Unread != nil {
				c.Unread(e.of.Accession, e.unread)
			}
		}
		if err := e.write(); err != nil {
			return err
		}
		if c.Progress != nil {
			c.Progress(Progress{rep, e.of.Filed})
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	return rep, out.close()
}

// weight is what a filing takes of the memory for texts, in MiB.
func (o Options) weight(f *parse.Filing) int {
	if o.ofItems() || o.ofExhibits() {
		return 1 + int(f.Size>>20)
	}
	return 1
}

// encoded is a filing that is ready to be written.
type encoded struct {
	of     *parse.Filing
	rows   int
	write  func() error
	unread error
	err    error
}

func (c Config) encode(out file, f *parse.Filing) encoded {
	e := encoded{of: f}
	full, err := c.withText(c.Archive, f)
	e.unread = err
	e.rows, e.write, e.err = out.encode(full)
	return e
}

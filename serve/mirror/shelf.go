package mirror

import (
	"context"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// A shelf is the rows of a quarter as of some state of the index, with the files
// that were made of them. Only the goroutine that holds its turn may use it.
type shelf struct {
	quarter edgar.Quarter
	turn    chan struct{}

	edition index.Edition // zero when nothing was read
	rows    []row
	newest  map[edgar.Date]time.Time // by filing date: when the last of it was recorded
	removed map[edgar.Date]bool      // days of which something was withdrawn
	files   map[string]file
}

// maxBehind is how many changes a shelf is brought up to date by, before it is
// cheaper to fill it anew.
const maxBehind = 4 * index.MaxLimit

// catchUp brings a shelf up to date. Every question is a transaction of its own: the
// shelf is as of the state found first, or later, and what came meanwhile comes again
// the next time.
func (s *shelf) catchUp(ctx context.Context, ask index.Asking) error {
	var now index.Edition
	err := ask(func(ix index.Reader) (err error) {
		now, err = ix.Edition()
		return err
	})
	switch before := s.edition; {
	case err != nil || before == now:
		return err
	case before.Epoch != now.Epoch, now.Sequence < before.Sequence, now.Sequence-before.Sequence > maxBehind:
		s.forget()
		err = s.fill(ctx, ask)
	default:
		err = s.follow(ctx, ask, now.Sequence)
	}
	if err != nil {
		s.forget()
		return err
	}
	s.edition = now
	return nil
}

func (s *shelf) forget() {
	s.edition, s.rows = index.Edition{}, nil
	s.newest, s.removed, s.files = map[edgar.Date]time.Time{}, map[edgar.Date]bool{}, map[string]file{}
}

// fill reads all filings of the quarter, page by page.
func (s *shelf) fill(ctx context.Context, ask index.Asking) error {
	entries, err := s.entries(ctx, ask)
	if err != nil {
		return err
	}
	q := index.Query{From: s.quarter.First(), To: s.quarter.Last(), OldestFirst: true, Limit: index.MaxLimit}
	for {
		var p index.Page
		err := ask(func(ix index.Reader) (err error) {
			if p, err = ix.Find(q); err != nil {
				return err
			}
			return missing(ix, p.Filings, entries)
		})
		if err != nil {
			return err
		}
		for _, f := range p.Filings {
			s.add(f, entries[f.Accession])
		}
		if q.After = p.Next; q.After == "" {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// entries reads the entries of the quarter's filings.
func (s *shelf) entries(ctx context.Context, ask index.Asking) (map[edgar.Accession]index.Entry, error) {
	all := make(map[edgar.Accession]index.Entry)
	q := index.EntryQuery{
		States: []index.State{index.Recorded}, From: s.quarter.First(), To: s.quarter.Last(),
		OldestFirst: true, Limit: index.MaxLimit,
	}
	for {
		var p index.EntryPage
		err := ask(func(ix index.Reader) (err error) {
			p, err = ix.FindEntries(q)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, e := range p.Entries {
			all[e.Accession] = e
		}
		if q.After = p.Next; q.After == "" {
			return all, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

// missing adds the entries of filings that are not among them, but for those of the
// withdrawn, which make no rows.
func missing(ix index.Reader, fs []*parse.Filing, entries map[edgar.Accession]index.Entry) error {
	for _, f := range fs {
		if _, ok := entries[f.Accession]; ok || f.Withdrawn {
			continue
		}
		e, err := ix.Entry(f.Accession)
		if err != nil {
			return err
		}
		entries[f.Accession] = e
	}
	return nil
}

// follow takes in the changes up to a number.
func (s *shelf) follow(ctx context.Context, ask index.Asking, last uint64) error {
	for at := s.edition.Sequence; at < last; {
		var fs []*parse.Filing
		entries := make(map[edgar.Accession]index.Entry)
		var end uint64
		err := ask(func(ix index.Reader) error {
			end = last
			p, err := ix.Changes(at, index.MaxLimit)
			if err != nil {
				return err
			}
			fs = fs[:0]
			for _, c := range p.Changes {
				fs = append(fs, c.Filing)
			}
			if len(fs) == index.MaxLimit {
				end = p.Changes[len(fs)-1].Sequence
			}
			return missing(ix, s.ours(fs), entries)
		})
		if err != nil {
			return err
		}
		s.change(fs, entries)
		if at = end; ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

// ours returns the filings of the quarter.
func (s *shelf) ours(fs []*parse.Filing) (of []*parse.Filing) {
	for _, f := range fs {
		if s.quarter.Contains(f.Filed) {
			of = append(of, f)
		}
	}
	return of
}

// change replaces the rows of filings that changed, which may have been in another
// quarter before.
func (s *shelf) change(fs []*parse.Filing, entries map[edgar.Accession]index.Entry) {
	changed := make(map[edgar.Accession]bool, len(fs))
	for _, f := range fs {
		changed[f.Accession] = true
	}
	kept := slices.DeleteFunc(slices.Clone(s.rows), func(r row) bool { return changed[r.accession] })
	ours := s.ours(fs)
	if len(kept) == len(s.rows) && len(ours) == 0 {
		return
	}
	s.rows, s.files = kept, map[string]file{}
	for _, f := range ours {
		s.add(f, entries[f.Accession])
	}
}

// add takes in a filing.
func (s *shelf) add(f *parse.Filing, e index.Entry) {
	if f.Recorded.After(s.newest[f.Filed]) {
		s.newest[f.Filed] = f.Recorded
	}
	if f.Withdrawn {
		s.removed[f.Filed] = true
	}
	s.rows = append(s.rows, rowsOf(f, e)...)
}

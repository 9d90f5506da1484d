package index

import (
	"fmt"
	"iter"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Bounds of Query.Limit in Find.
const (
	DefaultLimit = 100
	MaxLimit     = 1000
)

// Query says which filings are wanted: those that match every field given, and of
// a list any one of it. The zero Query wants all.
type Query struct {
	CIKs     []edgar.CIK  // of any filer
	Items    []string     // numbers as the filing has them, "2.02", before 23 August 2004 "12"
	Forms    []edgar.Form // exact
	From, To edgar.Date   // filed on these days or between
	Name     string       // part of a filer's name, case folded
	Limit    int          // how many; 0: DefaultLimit in Find, all in All
	After    string       // Page.Next of the page before
}

// Page is a part of what a query wants, newest first.
type Page struct {
	Filings []*parse.Filing
	Next    string // the token of the page after, "" when this is the last
}

// Find returns a page of filings, newest first: by filing date, then by accession
// number. At most MaxLimit come at once. A bad After gives ErrToken.
func (s *Store) Find(q Query) (Page, error) {
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	limit := min(q.Limit, MaxLimit)
	q.Limit = limit + 1 // one more shows whether there is a next page
	var p Page
	for f, err := range s.All(q) {
		if err != nil {
			return Page{}, err
		}
		if len(p.Filings) == limit {
			last := p.Filings[limit-1]
			p.Next = encodeToken(makeRef(last.Filed, last.Accession))
			break
		}
		p.Filings = append(p.Filings, f)
	}
	return p, nil
}

// All yields the filings that q wants, newest first, however many they are:
// memory is bounded by a page of 256. The index may be written meanwhile; filings
// recorded behind the place reached are not seen.
func (s *Store) All(q Query) iter.Seq2[*parse.Filing, error] {
	return func(yield func(*parse.Filing, error) bool) {
		w, err := newWalk(s, q)
		left := q.Limit
		for more := true; err == nil && more; {
			var fs []*parse.Filing
			fs, more, err = w.page(left)
			for _, f := range fs {
				if !yield(f, nil) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
		if err != nil {
			yield(nil, fmt.Errorf("finding filings: %w", err))
		}
	}
}

// walk goes through the keys that a query seeks on.
type walk struct {
	s       *Store
	seek    lane
	filters []lane
	name    string
	lowest  ref // inclusive
	before  ref // exclusive
}

// lane is a secondary bucket with the prefixes in it that a query allows.
type lane struct {
	bucket   []byte
	prefixes [][]byte
}

func newWalk(s *Store, q Query) (*walk, error) {
	w := &walk{s: s, name: strings.ToLower(q.Name), before: lastRef()}
	if !q.From.IsZero() {
		w.lowest = makeRef(q.From, edgar.Accession{})
	}
	if !q.To.IsZero() {
		w.before = makeRef(q.To.AddDays(1), edgar.Accession{})
	}
	if q.After != "" {
		r, err := decodeToken(q.After)
		if err != nil {
			return nil, err
		}
		if r.compare(w.before) < 0 {
			w.before = r
		}
	}
	w.seek = lane{bucketDate, [][]byte{nil}}
	if lanes := q.lanes(); len(lanes) > 0 {
		w.seek, w.filters = lanes[0], lanes[1:]
	}
	return w, nil
}

func lastRef() (r ref) {
	for i := range r {
		r[i] = 0xff
	}
	return r
}

// lanes returns the lanes of q, the most selective first.
func (q *Query) lanes() (ls []lane) {
	if len(q.CIKs) > 0 {
		l := lane{bucket: bucketCIK}
		for _, c := range q.CIKs {
			l.prefixes = append(l.prefixes, cikPrefix(c))
		}
		ls = append(ls, l)
	}
	if len(q.Items) > 0 {
		l := lane{bucket: bucketItem}
		for _, it := range q.Items {
			l.prefixes = append(l.prefixes, namePrefix(it))
		}
		ls = append(ls, l)
	}
	if len(q.Forms) > 0 {
		l := lane{bucket: bucketForm}
		for _, f := range q.Forms {
			l.prefixes = append(l.prefixes, namePrefix(f.String()))
		}
		ls = append(ls, l)
	}
	return ls
}

// page reads on until it has a page of filings, at most want of them (0: any
// number), or has looked at its share of keys.
func (w *walk) page(want int) (fs []*parse.Filing, more bool, err error) {
	size := pageSize
	if want > 0 {
		size = min(size, want)
	}
	var raws [][]byte
	err = w.s.db.View(func(tx *bolt.Tx) error {
		raws, more, err = w.collect(tx, size)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	for _, raw := range raws {
		f, err := w.s.codec.decode(raw)
		if err != nil {
			return nil, false, err
		}
		fs = append(fs, f)
	}
	return fs, more, nil
}

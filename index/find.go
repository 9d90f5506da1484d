package index

import (
	"fmt"
	"iter"

	"example.com/edgard/parse"
)

// Find returns a page of filings in the order of their filing dates and then of
// their accession numbers. At most MaxLimit come at once. A bad After gives
// ErrToken.
//
// What is recorded while somebody turns pages comes up where its place is still
// ahead; nothing comes twice, and nothing is missed that was there from the start.
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
			p.Next = encodeToken(filingsToken(q.OldestFirst), makeRef(last.Filed, last.Accession))
			break
		}
		p.Filings = append(p.Filings, f)
	}
	return p, nil
}

// All yields the filings that q wants, in its order, however many they are: memory
// is bounded by a page of 256. The index may be written meanwhile; filings recorded
// behind the place reached are not seen.
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

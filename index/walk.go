package index

import (
	"bytes"
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// maxLooked bounds the keys looked at in one read transaction.
const maxLooked = 16 * pageSize

// walk goes through the filings that a query wants, in transactions of bounded
// work.
type walk struct {
	s      *Store
	q      Query
	d      direction
	window window // of the filing dates wanted
	place  ref    // where to go on, included
	ended  bool
}

func newWalk(s *Store, q Query) (*walk, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	w := &walk{s: s, q: q, d: direction(q.OldestFirst), window: daysWindow(q.From, q.To)}
	w.place = w.window.first(w.d)
	if q.After != "" {
		r, err := decodeToken(filingsToken(q.OldestFirst), q.After)
		if err != nil {
			return nil, err
		}
		w.pass(r)
	}
	return w, nil
}

// daysWindow is the refs of a range of filing dates, either end of which may be
// open.
func daysWindow(from, to edgar.Date) window {
	w := wholeWindow()
	if !from.IsZero() {
		w.low = makeRef(from, edgar.Accession{})
	}
	if !to.IsZero() {
		w.high, _ = backward.after(makeRef(to.AddDays(1), edgar.Accession{}))
	}
	return w
}

// pass goes on behind r, unless the walk is there already.
func (w *walk) pass(r ref) {
	if w.d.precedes(r, w.place) {
		return
	}
	var ok bool
	w.place, ok = w.d.after(r)
	w.ended = !ok
}

// page reads on until it has a page of filings, at most want of them (0: any
// number), or has looked at its share of keys.
func (w *walk) page(want int) (fs []*parse.Filing, more bool, err error) {
	size := pageSize
	if want > 0 {
		size = min(size, want)
	}
	var raws [][]byte
	var refs []ref
	var rest Query
	err = w.s.db.View(func(tx *bolt.Tx) error {
		p := w.plan(tx)
		rest = p.rest
		raws, refs, err = w.collect(p, size)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	fs, err = decodeAll(len(raws), func(i int) (*parse.Filing, error) {
		f, err := w.s.codec.keyed(refs[i].accessionKey(), raws[i])
		if err != nil || !rest.Match(f) {
			return nil, err
		}
		return f, w.answers(f, refs[i])
	})
	if err != nil {
		return nil, false, err
	}
	fs = slices.DeleteFunc(fs, func(f *parse.Filing) bool { return f == nil })
	if err := w.s.link(fs...); err != nil {
		return nil, false, err
	}
	return fs, !w.ended, nil
}

// answers says when a filing came by a key that is not its own.
func (w *walk) answers(f *parse.Filing, r ref) error {
	filers := Query{CIKs: w.q.CIKs}
	own := makeRef(f.Filed, f.Accession) == r && w.q.matchContent(f) && w.q.matchTimes(f)
	if own && !filers.Match(f) { // listed under it, perhaps
		e, err := w.s.Entry(f.Accession)
		if err != nil {
			return err
		}
		own = filers.Match(f, e.CIKs...)
	}
	if !own {
		return fmt.Errorf("filing %s has a key of another: %w", f.Accession, ErrDamaged)
	}
	return nil
}

// collect copies out up to size filings that p allows, and moves w on.
func (w *walk) collect(p *plan, size int) (raws [][]byte, refs []ref, err error) {
	var unions []*union
	for _, l := range p.lanes {
		unions = append(unions, openUnion(p.tx, l, w.d, w.place))
	}
	for looked := 0; len(raws) < size && looked < maxLooked && !w.ended; looked++ {
		n, met := w.meet(unions, maxLooked-looked)
		if looked += n; !met {
			continue
		}
		r := w.place
		w.pass(r)
		raw, err := p.read(r)
		if err != nil {
			return nil, nil, err
		}
		if raw != nil {
			raws, refs = append(raws, bytes.Clone(raw)), append(refs, r)
		}
	}
	return raws, refs, nil
}

// meet moves w on to the first place that all the unions have, and reports whether
// it got there by looking at so many keys. Each union in turn goes forward to where
// the one before it is, and so the one with the fewest refs leads.
func (w *walk) meet(unions []*union, most int) (looked int, met bool) {
	for agreed, i := 0, 0; agreed < len(unions); i = (i + 1) % len(unions) {
		if looked > most {
			return looked, false
		}
		at, n, ok := unions[i].forward(w.place)
		if looked += n; !ok {
			w.ended = true
			return looked, false
		}
		if at == w.place {
			agreed++
		} else {
			w.place, agreed = at, 1
		}
	}
	return looked, true
}

package index

import (
	"errors"
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// EntryQuery says which entries are wanted: those that match every field given, and
// of a list any one of it. The zero EntryQuery wants all, newest first.
type EntryQuery struct {
	States   []State
	CIKs     []edgar.CIK
	Forms    []edgar.Form
	From, To edgar.Date // filed on these days or between; of a recorded one its header says when

	OldestFirst bool
	Limit       int    // how many; 0: DefaultLimit
	After       string // EntryPage.Next of the page before, in the same order
}

// EntryPage is a part of what a query wants, in its order.
type EntryPage struct {
	Entries []Entry
	Next    string // the token of the page after, "" when this is the last
}

// FindEntries returns a page of entries in the order of their filing dates and then
// of their accession numbers. At most MaxLimit come at once. A bad After gives
// ErrToken. What holds of the pages of Find while the index is written holds here,
// too, of entries whose state stays.
func (s *Store) FindEntries(q EntryQuery) (EntryPage, error) {
	p, err := s.findEntries(q)
	if err != nil {
		return EntryPage{}, fmt.Errorf("finding entries: %w", err)
	}
	return p, nil
}

func (s *Store) findEntries(q EntryQuery) (p EntryPage, err error) {
	if n := max(len(q.CIKs), len(q.Forms), len(q.States)); n > MaxValues {
		return p, fmt.Errorf("the query lists %d of one kind: at most %d", n, MaxValues)
	}
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	kind := filingsToken(q.OldestFirst) + (entriesNewest - filingsNewest)
	w := &walk{s: s, d: direction(q.OldestFirst), window: daysWindow(q.From, q.To)}
	w.place = w.window.first(w.d)
	if q.After != "" {
		r, err := decodeToken(kind, q.After)
		if err != nil {
			return p, err
		}
		w.pass(r)
	}
	limit := min(q.Limit, MaxLimit)
	var places []ref
	for !w.ended && len(p.Entries) <= limit {
		es, rs, err := w.entries(q, limit+1-len(p.Entries))
		if err != nil {
			return EntryPage{}, err
		}
		p.Entries, places = append(p.Entries, es...), append(places, rs...)
	}
	if len(p.Entries) > limit {
		p.Entries, p.Next = p.Entries[:limit], encodeToken(kind, places[limit-1])
	}
	return p, nil
}

// entries reads on until it has so many entries that q wants, or has looked at its
// share of keys, and returns their places, too.
func (w *walk) entries(q EntryQuery, want int) (es []Entry, places []ref, err error) {
	err = w.s.db.View(func(tx *bolt.Tx) error {
		unions := []*union{openUnion(tx, w.entryStretches(q), w.d, w.place)}
		for looked := 0; len(es) < min(want, pageSize) && looked < maxLooked && !w.ended; looked++ {
			n, met := w.meet(unions, maxLooked-looked)
			if looked += n; !met {
				continue
			}
			r := w.place
			w.pass(r)
			e, err := entryAt(tx, r)
			if err != nil {
				return err
			}
			if q.wants(&e) && standsAt(&e, r) {
				es, places = append(es, e), append(places, r)
			}
		}
		return nil
	})
	return es, places, err
}

// entryAt returns the entry that a key leads to.
func entryAt(tx *bolt.Tx, r ref) (e Entry, err error) {
	a, err := r.accession()
	if err == nil {
		e, err = getEntry(tx, a)
	}
	if errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("entry %s has a key and is not there: %w", a, ErrDamaged)
	}
	return e, err
}

// wants reports whether q wants e, as far as the day it is filed does not decide.
func (q *EntryQuery) wants(e *Entry) bool {
	return anyOf(q.States, func(st State) bool { return st == e.State }) &&
		anyOf(q.CIKs, func(c edgar.CIK) bool { return slices.Contains(e.CIKs, c) }) &&
		anyOf(q.Forms, func(f edgar.Form) bool { return f == e.Form })
}

// standsAt reports whether r is the one place of e: a withdrawn entry may have the
// keys of a filing as well.
func standsAt(e *Entry, r ref) bool { return e.State == Recorded || r == makeRef(e.Filed, e.Accession) }

// entryStretches is where the entries of the states stand: the recorded where their
// filings do.
func (w *walk) entryStretches(q EntryQuery) (ss []stretch) {
	states := slices.Clone(q.States)
	if len(states) == 0 {
		states = States()
	}
	slices.Sort(states)
	for _, st := range slices.Compact(states) {
		switch {
		case !slices.Contains(States(), st):
		case st != Recorded:
			ss = append(ss, stretch{bucketStands, st.code(), w.window})
		case len(q.CIKs) > 0:
			for _, c := range q.CIKs {
				ss = append(ss, stretch{bucketCIK, cikPrefix(c), w.window})
			}
		default:
			ss = append(ss, stretch{bucketDate, nil, w.window})
		}
	}
	return ss
}

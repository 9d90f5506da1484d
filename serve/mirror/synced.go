package mirror

import (
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// synced is what the index knows of EDGAR's listings of a quarter: all that they
// list of the days from first to last was taken in, as far as this archive wants it.
// Both are none when no listing was read.
type synced struct {
	first, last edgar.Date
	rebuilt     time.Time // when what the listings have lost was withdrawn last
}

// covers reports whether a day is among the days that were read.
func (s synced) covers(d edgar.Date) bool {
	return !s.last.IsZero() && !d.Before(s.first) && !s.last.Before(d)
}

// syncedIn asks what is known of a quarter. One that is over, and of which something
// waits to be fetched still, ends before that, and well before its own end, so that
// nobody takes it for whole and goes by without asking again.
func syncedIn(ix index.Reader, q edgar.Quarter, today edgar.Date) (synced, error) {
	s, err := readIn(ix, q, today)
	if err != nil || s.last.IsZero() || !q.Last().Before(today) {
		return s, err
	}
	p, err := ix.FindEntries(index.EntryQuery{
		States: []index.State{index.Discovered, index.Deferred}, From: q.First(), To: q.Last(), OldestFirst: true, Limit: 1,
	})
	if len(p.Entries) > 0 {
		s.last = earliest(s.last, p.Entries[0].Filed.AddDays(-1), q.Last().AddDays(-shortBy))
	}
	return s, err
}

// shortBy is how many days before its quarter a listing ends that is not whole: more
// than closed days can explain.
const shortBy = 8

func earliest(first edgar.Date, others ...edgar.Date) edgar.Date {
	for _, d := range others {
		if d.Before(first) {
			first = d
		}
	}
	return first
}

// readIn asks which days of a quarter were read: by its own listing, and beyond the
// last day of that by the daily ones, business day after business day, until one is
// missing.
func readIn(ix index.Reader, q edgar.Quarter, today edgar.Date) (s synced, err error) {
	l, ok, err := ix.Listing(q.String())
	if err != nil {
		return s, err
	}
	next := q.First()
	if ok && taken(l) {
		s = extentOf(l, q)
		s.rebuilt = l.JudgedAt
		next = s.last.AddDays(1)
	}
	for d := next; !q.Last().Before(d) && !today.Before(d); d = d.AddDays(1) {
		if !edgar.IsBusinessDay(d) {
			continue
		}
		l, ok, err := ix.Listing(d.String())
		if err != nil || !ok || !taken(l) {
			return s, err
		}
		if s.last = d; s.first.IsZero() {
			s.first = q.First()
		}
	}
	return s, nil
}

// taken reports whether the rows of a listing are in the index.
func taken(l index.Listing) bool { return !l.Absent && l.Scope != "" }

// extentOf is the days of a quarterly listing that were taken in: those of its scope,
// as far as the listing reaches.
func extentOf(l index.Listing, q edgar.Quarter) synced {
	s := synced{first: q.First(), last: q.Last()}
	days, _, _ := strings.Cut(l.Scope, " ")
	first, last, _ := strings.Cut(days, "..")
	if d, err := edgar.ParseDate(first); err == nil && s.first.Before(d) {
		s.first = d
	}
	if d, err := edgar.ParseDate(last); err == nil && d.Before(s.last) {
		s.last = d
	}
	if !l.LastData.IsZero() && l.LastData.Before(s.last) {
		s.last = l.LastData
	}
	return s
}

package index

import (
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Period and acceptance are near the filing date as a rule, and a query for a range
// of them looks at the filings filed near it, and at those marked as not near.
const (
	periodBefore, periodAfter     = 120, 7 // days that the period may be before the filing date, and after it
	acceptedBefore, acceptedAfter = 7, 7
)

// The names under which filings stand in the bucket mark.
const (
	markWithdrawn = "withdrawn"
	markPeriod    = "period"   // the period of report is not near the filing date
	markAccepted  = "accepted" // nor is the day of acceptance
)

// marks returns the marks of f.
func marks(f *parse.Filing) (names []string) {
	if f.Withdrawn {
		names = append(names, markWithdrawn)
	}
	if !f.Period.IsZero() && !inDays(f.Period, f.Filed.AddDays(-periodBefore), f.Filed.AddDays(periodAfter)) {
		names = append(names, markPeriod)
	}
	if seconds(f.Accepted) > 0 && !inDays(edgar.DateOf(f.Accepted), f.Filed.AddDays(-acceptedBefore), f.Filed.AddDays(acceptedAfter)) {
		names = append(names, markAccepted)
	}
	return names
}

// times makes lanes of the ranges of period and acceptance, and of withdrawn.
func (p *plan) times() {
	q := p.q
	if q.Withdrawn != nil && *q.Withdrawn {
		p.add(bucketMark, [][]byte{namePrefix(markWithdrawn)})
	}
	if !q.PeriodFrom.IsZero() || !q.PeriodTo.IsZero() {
		p.near(markPeriod, q.PeriodFrom.AddDays(-periodAfter), q.PeriodTo.AddDays(periodBefore))
	}
	if !q.AcceptedFrom.IsZero() || !q.AcceptedTo.IsZero() {
		p.near(markAccepted, dayOf(q.AcceptedFrom).AddDays(-acceptedAfter), dayOf(q.AcceptedTo).AddDays(acceptedBefore))
	}
	p.facts = q.Withdrawn != nil || q.ranges()
}

// near makes a lane of what is filed from one day to another, either of which may
// be open, and of what has the mark.
func (p *plan) near(mark string, from, to edgar.Date) {
	w := daysWindow(from, to)
	if w.low.compare(p.window.low) < 0 {
		w.low = p.window.low
	}
	if w.high.compare(p.window.high) > 0 {
		w.high = p.window.high
	}
	p.lanes = append(p.lanes, []stretch{{bucketDate, nil, w}, {bucketMark, namePrefix(mark), p.window}})
}

// dayOf returns the day of t, none when no filing can be near it.
func dayOf(t time.Time) edgar.Date {
	if year := t.Year(); year < 1901 || year > 2198 {
		return edgar.Date{}
	}
	return edgar.DateOf(t)
}

func (q *Query) ranges() bool {
	return !q.PeriodFrom.IsZero() || !q.PeriodTo.IsZero() || !q.AcceptedFrom.IsZero() || !q.AcceptedTo.IsZero()
}

// factsFit reports whether what is known of a filing under date is as q wants it.
func (q *Query) factsFit(f facts) bool {
	return inDays(f.period, q.PeriodFrom, q.PeriodTo) && q.acceptedWithin(int64(f.accepted)) && (q.Withdrawn == nil || *q.Withdrawn == f.withdrawn)
}

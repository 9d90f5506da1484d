package index

import (
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// A reach is how many days after something a filing was filed, from the least to the
// most. As a rule these are few; filings of which they are more, or which tell of
// something to come, stand under a mark. A query for a range looks at the filings
// filed near it, and of the others at those marked whose reach leads into it.
type reach struct {
	mark        string // "" for the first, which has none
	least, most int
}

const boundless = 1 << 30

func periodReaches() []reach {
	return []reach{{"", -7, 14}, {"period weeks before", 15, 45}, {"period months before", 46, 180}, {"period far", -boundless, boundless}}
}

func acceptedReaches() []reach {
	return []reach{{"", -7, 7}, {"accepted far", -boundless, boundless}}
}

const markWithdrawn = "withdrawn"

// marks returns the names under which f stands in the bucket mark.
func marks(f *parse.Filing) (names []string) {
	if f.Withdrawn {
		names = append(names, markWithdrawn)
	}
	if !f.Period.IsZero() {
		names = append(names, markOf(f.Filed, f.Period, periodReaches()))
	}
	if seconds(f.Accepted) > 0 {
		names = append(names, markOf(f.Filed, edgar.DateOf(f.Accepted), acceptedReaches()))
	}
	return slices.DeleteFunc(names, func(m string) bool { return m == "" })
}

// markOf returns the mark of the first reach from a day to the filing date.
func markOf(filed, from edgar.Date, reaches []reach) string {
	for _, r := range reaches {
		if r.most == boundless || inDays(from, filed.AddDays(-r.most), filed.AddDays(-r.least)) {
			return r.mark
		}
	}
	return ""
}

// times makes lanes of the ranges of period and acceptance, and of withdrawn.
func (p *plan) times() {
	q := p.q
	if q.Withdrawn != nil && *q.Withdrawn {
		p.add(bucketMark, [][]byte{namePrefix(markWithdrawn)})
	}
	if !q.PeriodFrom.IsZero() || !q.PeriodTo.IsZero() {
		p.near(periodReaches(), q.PeriodFrom, q.PeriodTo)
	}
	if !q.AcceptedFrom.IsZero() || !q.AcceptedTo.IsZero() {
		p.near(acceptedReaches(), dayOf(q.AcceptedFrom), dayOf(q.AcceptedTo))
	}
	p.facts = q.Withdrawn != nil || q.ranges()
}

// near makes a lane of what the reaches from a range of days, either end of which
// may be open, lead to.
func (p *plan) near(reaches []reach, from, to edgar.Date) {
	var ss []stretch
	for _, r := range reaches {
		w := p.window
		if r.most < boundless {
			w = w.and(daysWindow(from.AddDays(r.least), to.AddDays(r.most)))
		}
		if r.mark == "" {
			ss = append(ss, stretch{bucketDate, nil, w})
		} else {
			ss = append(ss, stretch{bucketMark, namePrefix(r.mark), w})
		}
	}
	p.lanes = append(p.lanes, ss)
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

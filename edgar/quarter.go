package edgar

import (
	"cmp"
	"fmt"
	"time"
)

// Quarter is a calendar quarter, the unit of EDGAR's full-index.
type Quarter struct {
	year int16
	q    int8
}

// ParseQuarter reads a quarter as 2024Q1, from the years 1993 to 2199.
func ParseQuarter(s string) (Quarter, error) {
	if len(s) == 6 && (s[4] == 'Q' || s[4] == 'q') && s[5] >= '1' && s[5] <= '4' {
		if y, ok := digits(s[:4]); ok && y >= 1993 && y <= 2199 {
			return Quarter{int16(y), int8(s[5] - '0')}, nil
		}
	}
	return Quarter{}, fmt.Errorf("quarter %q: want the form 2024Q1, from 1993Q1 on", s)
}

// FirstQuarter returns 1993Q1, the first quarter that EDGAR lists.
func FirstQuarter() Quarter { return Quarter{1993, 1} }

// IsZero reports whether q is no quarter at all.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// String returns the quarter as 2024Q1, "" for none.
func (q Quarter) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04dQ%d", q.year, q.q)
}

// Year returns the year.
func (q Quarter) Year() int { return int(q.year) }

// Number returns 1 to 4.
func (q Quarter) Number() int { return int(q.q) }

// First returns the first day of the quarter, none for none.
func (q Quarter) First() Date {
	if q.IsZero() {
		return Date{}
	}
	return Date{q.year, (q.q-1)*3 + 1, 1}
}

// Last returns the last day of the quarter, none for none.
func (q Quarter) Last() Date { return q.Next().First().AddDays(-1) }

// Next returns the following quarter, none for none.
func (q Quarter) Next() Quarter {
	switch q.q {
	case 0:
		return Quarter{}
	case 4:
		return Quarter{q.year + 1, 1}
	}
	return Quarter{q.year, q.q + 1}
}

// Prev returns the quarter before, none for none.
func (q Quarter) Prev() Quarter {
	switch q.q {
	case 0:
		return Quarter{}
	case 1:
		return Quarter{q.year - 1, 4}
	}
	return Quarter{q.year, q.q - 1}
}

// Compare orders quarters by time.
func (q Quarter) Compare(r Quarter) int {
	return cmp.Or(cmp.Compare(q.year, r.year), cmp.Compare(q.q, r.q))
}

// Contains reports whether d falls in q.
func (q Quarter) Contains(d Date) bool { return d.Quarter() == q }

// LastRebuild returns the latest Saturday, 06:00 Eastern, that is not after t:
// by then SEC has rebuilt the quarterly listings with its corrections of the
// week, early that morning.
func LastRebuild(t time.Time) time.Time {
	d := DateOf(t)
	for {
		at := d.Midnight().Add(6 * time.Hour)
		if d.Weekday() == time.Saturday && !at.After(t) {
			return at
		}
		d = d.AddDays(-1)
	}
}

// MarshalText writes the quarter as 2024Q1.
func (q Quarter) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what ParseQuarter reads; empty text means none.
func (q *Quarter) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*q = Quarter{}
		return nil
	}
	v, err := ParseQuarter(string(b))
	if err == nil {
		*q = v
	}
	return err
}

package edgar

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // EDGAR's clock is Eastern; a static binary on a bare image has no zone files
)

// Date is a calendar day. EDGAR's days are days in Eastern time.
type Date struct {
	year       int16
	month, day int8
}

// NewDate makes a day that exists in the calendar, in the years 1900 to 2199.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1900 || year > 2199 || month < time.January || month > time.December ||
		day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("date %04d-%02d-%02d does not exist", year, month, day)
	}
	return Date{int16(year), int8(month), int8(day)}, nil
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// ParseDate reads a day in either of EDGAR's spellings, 2024-01-31 or 20240131.
func ParseDate(s string) (Date, error) {
	d := s
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		d = s[:4] + s[5:7] + s[8:]
	}
	n, ok := digits(d)
	if !ok || len(d) != 8 {
		return Date{}, fmt.Errorf("date %q: want the form 2024-01-31", strings.Clone(s))
	}
	return NewDate(int(n/1e4), time.Month(n/100%100), int(n%100))
}

// DateOf returns the day that t falls on in Eastern time.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Eastern()).Date()
	return Date{int16(y), int8(m), int8(d)}
}

// IsZero reports whether d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the day as 2024-01-31, "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	b := appendPadded(make([]byte, 0, 10), uint64(d.year), 4)
	b = appendPadded(append(b, '-'), uint64(d.month), 2)
	return string(appendPadded(append(b, '-'), uint64(d.day), 2))
}

// Compact returns the day as 20240131, "" for none.
func (d Date) Compact() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d%02d%02d", d.year, d.month, d.day)
}

// Year returns the year.
func (d Date) Year() int { return int(d.year) }

// Month returns the month.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month.
func (d Date) Day() int { return int(d.day) }

// Weekday returns the day of the week; d must not be none.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays returns the day n days later, or earlier when n is negative; none for
// none.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.utc().AddDate(0, 0, n).Date()
	return Date{int16(y), int8(m), int8(day)}
}

// Midnight returns the moment at which d begins in Eastern time, the zero time
// for none.
func (d Date) Midnight() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, Eastern())
}

// Quarter returns the calendar quarter that d falls in.
func (d Date) Quarter() Quarter {
	if d.IsZero() {
		return Quarter{}
	}
	return Quarter{d.year, (d.month-1)/3 + 1}
}

// Compare orders days by time.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// MarshalText writes the day as 2024-01-31, empty for none.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads; empty text means none.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

func (d Date) utc() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

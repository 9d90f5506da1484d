package edgar

import (
	"fmt"
	"sync"
	"time"
)

var eastern = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err) // the zone is compiled in
	}
	return loc
})

// Eastern returns the zone that EDGAR keeps its clock in, daylight saving
// included. The zone data is compiled in.
func Eastern() *time.Location { return eastern() }

// ParseAcceptance reads the 14 digits of an ACCEPTANCE-DATETIME, which are
// Eastern time. In the hour that autumn repeats, the first pass is meant; the
// hour that spring leaves out does not exist.
func ParseAcceptance(s string) (time.Time, error) {
	const layout = "20060102150405"
	if _, ok := digits(s); ok && len(s) == len(layout) {
		_, err := ParseDate(s[:8])
		t, err2 := time.ParseInLocation(layout, s, Eastern())
		if err == nil && err2 == nil && t.Format(layout) == s {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("acceptance time %q: want 14 digits, as 20240201163005", s)
}

// IsBusinessDay reports whether EDGAR is open on d by the calendar: Monday to
// Friday without the federal holidays. Extra closures happen and are not known
// to it.
func IsBusinessDay(d Date) bool {
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday && !isFederalHoliday(d)
}

// isFederalHoliday knows the eleven federal holidays, moved to Friday or Monday
// when they fall on a weekend (5 U.S.C. 6103).
func isFederalHoliday(d Date) bool {
	fixed := func(m time.Month, day int) bool {
		h := Date{d.year, int8(m), int8(day)}
		switch h.Weekday() {
		case time.Saturday:
			h = h.AddDays(-1)
		case time.Sunday:
			h = h.AddDays(1)
		}
		return h == d
	}
	nth := (d.Day()-1)/7 + 1
	monday := d.Weekday() == time.Monday
	switch d.Month() {
	case time.January:
		return fixed(time.January, 1) || monday && nth == 3
	case time.February:
		return monday && nth == 3
	case time.May:
		return monday && d.Day() > 24
	case time.June:
		return d.year >= 2021 && fixed(time.June, 19)
	case time.July:
		return fixed(time.July, 4)
	case time.September:
		return monday && nth == 1
	case time.October:
		return monday && nth == 2
	case time.November:
		return fixed(time.November, 11) || d.Weekday() == time.Thursday && nth == 4
	case time.December:
		return fixed(time.December, 25) || d.Day() == 31 && d.Weekday() == time.Friday // New Year on a Saturday
	}
	return false
}

package filter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

const whenForms = "a day as 2024-01-31, a quarter as 2024Q1, a year as 2024, or a span ago such as 7d, 2w, 6m, 1y"

// FirstDay reads the beginning of a range of days in any of whenForms; a quarter or
// a year means its first day. Spans count back from today in Eastern time.
func FirstDay(text string, now time.Time) (edgar.Date, error) {
	first, _, err := readDays(text, now)
	return first, err
}

// LastDay reads the end of a range of days, which belongs to the range; a quarter
// or a year means its last day.
func LastDay(text string, now time.Time) (edgar.Date, error) {
	_, last, err := readDays(text, now)
	return last, err
}

// readDays returns the first and the last day of what text means.
func readDays(text string, now time.Time) (first, last edgar.Date, err error) {
	text = strings.TrimSpace(text)
	if d, err := edgar.ParseDate(text); err == nil {
		return d, d, nil
	}
	if q, err := edgar.ParseQuarter(strings.ToUpper(text)); err == nil {
		return q.First(), q.Last(), nil
	}
	if q, err := edgar.ParseQuarter(text + "Q4"); err == nil {
		return q.Prev().Prev().Prev().First(), q.Last(), nil
	}
	if d, ok := spanAgo(text, edgar.DateOf(now)); ok {
		return d, d, nil
	}
	return edgar.Date{}, edgar.Date{}, fmt.Errorf("%q is no day: want %s", clip(text), whenForms)
}

// spanAgo reads a number and a unit of days, weeks, months or years.
func spanAgo(text string, today edgar.Date) (edgar.Date, bool) {
	if len(text) < 2 || len(text) > 6 {
		return edgar.Date{}, false
	}
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	if err != nil {
		return edgar.Date{}, false
	}
	switch text[len(text)-1] {
	case 'd':
		return inRange(today.AddDays(-int(n)))
	case 'w':
		return inRange(today.AddDays(-7 * int(n)))
	case 'm':
		return monthsAgo(today, int(n))
	case 'y':
		return monthsAgo(today, 12*int(n))
	}
	return edgar.Date{}, false
}

// monthsAgo returns the same day of an earlier month, or that month's last day
// where it is shorter.
func monthsAgo(d edgar.Date, n int) (edgar.Date, bool) {
	month := d.Year()*12 + int(d.Month()) - 1 - n
	if month < 1900*12 {
		return edgar.Date{}, false
	}
	for day := d.Day(); day > 27; day-- {
		if e, err := edgar.NewDate(month/12, time.Month(month%12+1), day); err == nil {
			return e, true
		}
	}
	e, err := edgar.NewDate(month/12, time.Month(month%12+1), d.Day())
	return e, err == nil
}

func inRange(d edgar.Date) (edgar.Date, bool) { return d, d.Year() >= 1900 }

const momentForms = whenForms + ", or a time as 2024-01-31T16:30 (Eastern)"

// FirstMoment reads the beginning of a range of moments: a time in Eastern time or
// with an offset of its own, or what FirstDay reads, of which it is the first second.
func FirstMoment(text string, now time.Time) (time.Time, error) {
	if t, _, ok := readMoment(text); ok {
		return t, nil
	}
	d, err := FirstDay(text, now)
	if err != nil {
		return time.Time{}, noMoment(text)
	}
	return d.Midnight(), nil
}

// LastMoment reads the end of a range of moments, which belongs to it: a minute, a
// day or a quarter means its last second.
func LastMoment(text string, now time.Time) (time.Time, error) {
	if t, unit, ok := readMoment(text); ok {
		return t.Add(unit - time.Second), nil
	}
	d, err := LastDay(text, now)
	if err != nil {
		return time.Time{}, noMoment(text)
	}
	return d.AddDays(1).Midnight().Add(-time.Second), nil
}

func noMoment(text string) error {
	return fmt.Errorf("%q is no time: want %s", clip(text), momentForms)
}

// readMoment reads a time of day with its day, and what it is precise to.
func readMoment(text string) (t time.Time, unit time.Duration, ok bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	for _, form := range []struct {
		layout string
		unit   time.Duration
	}{
		{time.RFC3339, time.Second}, {"2006-01-02T15:04:05", time.Second}, {"2006-01-02 15:04:05", time.Second},
		{"2006-01-02T15:04Z07:00", time.Minute}, {"2006-01-02T15:04", time.Minute}, {"2006-01-02 15:04", time.Minute},
	} {
		t, err := time.ParseInLocation(form.layout, text, edgar.Eastern())
		if _, in := inRange(edgar.DateOf(t)); err == nil && in {
			return t, form.unit, true
		}
	}
	return time.Time{}, 0, false
}

// moment is a time as people in the markets read it.
func moment(t time.Time) string { return t.In(edgar.Eastern()).Format("2006-01-02 15:04:05 MST") }

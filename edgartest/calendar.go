package edgartest

import (
	"fmt"
	"time"

	"example.com/edgard/edgar"
)

// span returns the first and the last quarter that are listed.
func (w *World) span() (first, last edgar.Quarter) {
	last = edgar.DateOf(w.now()).Quarter()
	first = last
	w.mu.RLock()
	defer w.mu.RUnlock()
	for q, entries := range w.quarters {
		if len(entries) > 0 && q.Compare(first) < 0 {
			first = q
		}
	}
	if !w.from.IsZero() && w.from.Compare(first) < 0 {
		first = w.from
	}
	return first, last
}

func (w *World) hasQuarter(q edgar.Quarter) bool {
	first, last := w.span()
	return first.Compare(q) <= 0 && q.Compare(last) <= 0
}

// hasDaily reports whether d has daily listings: business days, and other days
// on which something was filed, from 1 July 1994 on, after 22:00 Eastern.
func (w *World) hasDaily(d edgar.Date) bool {
	if d.Before(firstDaily()) || !w.hasQuarter(d.Quarter()) || at(d, 22, 0).After(w.now()) {
		return false
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	return edgar.IsBusinessDay(d) || len(w.days[d]) > 0
}

func firstDaily() edgar.Date {
	d, _ := edgar.NewDate(1994, time.July, 1)
	return d
}

// dailyDays returns the days of q that have daily listings.
func (w *World) dailyDays(q edgar.Quarter) []edgar.Date {
	var days []edgar.Date
	for d := q.First(); q.Contains(d); d = d.AddDays(1) {
		if w.hasDaily(d) {
			days = append(days, d)
		}
	}
	return days
}

// DailyName returns the name that the daily listing of d has on sec.gov, for a
// kind of master, form, company or crawler: the day is MMDDYY in 1994, YYMMDD
// until the end of March 1998, YYYYMMDD since.
func (w *World) DailyName(kind string, d edgar.Date) string {
	day := d.Compact()
	switch lastShort, _ := edgar.NewDate(1998, time.March, 31); {
	case d.Year() < 1995:
		day = fmt.Sprintf("%02d%02d%02d", d.Month(), d.Day(), d.Year()%100)
	case !lastShort.Before(d):
		day = day[2:]
	}
	name := kind + "." + day + ".idx"
	if w.gzipDaily[d.Quarter()] {
		name += ".gz"
	}
	return name
}

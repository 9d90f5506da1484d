package crawl

import (
	"time"

	"example.com/edgard/edgar"
)

// EDGAR's day, in Eastern time. Daily listings are written about 22:00 and have
// been seen there at 22:06; the rebuild of the quarterly ones is over by 06:00 on
// Saturday; filings become public between 06:00 and a few minutes after 22:00.
const (
	dayOpens    clock = 6 * 60
	dayCloses   clock = 22*60 + 10
	nightlyMark clock = 22*60 + 15
	smallHours  clock = 3 * 60

	rebuildSlack = 30 * time.Minute // after edgar.LastRebuild
)

// clock is a time of day, in minutes after midnight as clocks show them.
type clock int

// on returns the moment at which Eastern clocks show c on d.
func (c clock) on(d edgar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, int(c), 0, 0, edgar.Eastern())
}

// marksOf returns the moments of day d after which a whole pass finds what it
// could not find before: when the listings of a business day are there, and when
// the quarterly ones have been rebuilt.
func marksOf(d edgar.Date) []time.Time {
	switch {
	case edgar.IsBusinessDay(d):
		return []time.Time{nightlyMark.on(d)}
	case d.Weekday() == time.Saturday:
		return []time.Time{edgar.LastRebuild(dayCloses.on(d)).Add(rebuildSlack)}
	}
	return nil
}

// lastMark returns the latest mark that is not after now.
func lastMark(now time.Time) time.Time {
	for d := edgar.DateOf(now); ; d = d.AddDays(-1) {
		for _, m := range marksOf(d) {
			if !m.After(now) {
				return m
			}
		}
	}
}

// nextMark returns the first mark after now.
func nextMark(now time.Time) time.Time {
	for d := edgar.DateOf(now); ; d = d.AddDays(1) {
		for _, m := range marksOf(d) {
			if m.After(now) {
				return m
			}
		}
	}
}

// isOpen reports whether filings become public at that time.
func isOpen(now time.Time) bool {
	d := edgar.DateOf(now)
	return edgar.IsBusinessDay(d) && !now.Before(dayOpens.on(d)) && now.Before(dayCloses.on(d))
}

// lastClose returns the latest end of a business day that is not after now.
func lastClose(now time.Time) time.Time {
	for d := edgar.DateOf(now); ; d = d.AddDays(-1) {
		if at := dayCloses.on(d); edgar.IsBusinessDay(d) && !at.After(now) {
			return at
		}
	}
}

// lastSunday returns the latest Sunday, three in the morning, that is not after
// now: nobody files then.
func lastSunday(now time.Time) time.Time {
	for d := edgar.DateOf(now); ; d = d.AddDays(-1) {
		if at := smallHours.on(d); d.Weekday() == time.Sunday && !at.After(now) {
			return at
		}
	}
}

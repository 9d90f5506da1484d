package crawl

import (
	"testing"
	"time"

	"example.com/edgard/edgar"
)

// eastern reads a moment by Eastern clocks, "2024-03-08 22:15".
func eastern(s string) time.Time {
	return must(time.ParseInLocation("2006-01-02 15:04", s, edgar.Eastern()))
}

func TestMarksAreTheEndOfBusinessDaysAndOfSaturdaysRebuild(t *testing.T) {
	tests := []struct{ name, now, last, next string }{
		{"in the afternoon", "2024-06-20 15:00", "2024-06-18 22:15", "2024-06-20 22:15"}, // the 19th is a holiday
		{"a minute before", "2024-06-20 22:14", "2024-06-18 22:15", "2024-06-20 22:15"},
		{"at the mark", "2024-06-20 22:15", "2024-06-20 22:15", "2024-06-21 22:15"},
		{"midnight here is four in the morning in UTC", "2024-06-21 00:00", "2024-06-20 22:15", "2024-06-21 22:15"},
		{"midnight in UTC", "2024-06-20 20:00", "2024-06-18 22:15", "2024-06-20 22:15"},
		{"before the rebuild", "2024-06-22 06:29", "2024-06-21 22:15", "2024-06-22 06:30"},
		{"after the rebuild", "2024-06-22 06:30", "2024-06-22 06:30", "2024-06-24 22:15"},
		{"Sunday", "2024-06-23 12:00", "2024-06-22 06:30", "2024-06-24 22:15"},
		{"clocks put forward", "2024-03-10 12:00", "2024-03-09 06:30", "2024-03-11 22:15"},
		{"clocks put back", "2024-11-03 12:00", "2024-11-02 06:30", "2024-11-04 22:15"},
		{"a holiday on Monday", "2024-09-02 23:00", "2024-08-31 06:30", "2024-09-03 22:15"},
		{"a holiday before a weekend", "2025-07-04 23:00", "2025-07-03 22:15", "2025-07-05 06:30"},
		{"the turn of the year", "2025-01-01 00:00", "2024-12-31 22:15", "2025-01-02 22:15"},
	}
	for _, tt := range tests {
		now := eastern(tt.now)
		for _, at := range []time.Time{now, now.UTC(), now.In(time.FixedZone("", 13*3600))} {
			if got := lastMark(at); !got.Equal(eastern(tt.last)) {
				t.Errorf("%s: last mark before %v is %v, want %s", tt.name, at, got, tt.last)
			}
			if got := nextMark(at); !got.Equal(eastern(tt.next)) {
				t.Errorf("%s: next mark after %v is %v, want %s", tt.name, at, got, tt.next)
			}
		}
	}
}

func TestMarksFollowEachOtherWithoutAGap(t *testing.T) {
	end := eastern("2026-01-01 00:00")
	n := 0
	for m := lastMark(eastern("2024-01-01 00:00")); m.Before(end); n++ {
		next := nextMark(m)
		if !next.After(m) || !lastMark(next).Equal(next) || !lastMark(next.Add(-time.Second)).Equal(m) {
			t.Fatalf("after the mark of %v comes %v, the one before that being %v", m, next, lastMark(next.Add(-time.Second)))
		}
		m = next
	}
	if want := 500 + 104; n < want || n > want+4 {
		t.Errorf("%d marks in two years, want about %d", n, want)
	}
}

func TestFilingsBecomePublicOnBusinessDaysFromSixToAfterTen(t *testing.T) {
	for now, want := range map[string]bool{
		"2024-06-20 05:59": false, "2024-06-20 06:00": true, "2024-06-20 22:09": true, "2024-06-20 22:10": false,
		"2024-06-19 12:00": false, "2024-06-22 12:00": false, "2024-03-11 06:00": true, "2024-11-04 05:59": false,
	} {
		if got := isOpen(eastern(now).UTC()); got != want {
			t.Errorf("open at %s: %v, want %v", now, got, want)
		}
	}
	if got, want := lastClose(eastern("2024-06-19 12:00")), eastern("2024-06-18 22:10"); !got.Equal(want) {
		t.Errorf("last close before a holiday's noon %v, want %v", got, want)
	}
}

func TestAPollIsDueByWhatWasDoneAndNotByATimer(t *testing.T) {
	for _, tt := range []struct{ name, now, good, again, want string }{
		{"a minute after the last", "2024-06-20 12:00", "2024-06-20 11:59", "", "2024-06-20 12:00"},
		{"the first of the day", "2024-06-20 06:00", "2024-06-18 22:10", "", "2024-06-18 22:11"},
		{"once after the end of the day", "2024-06-20 22:10", "2024-06-20 22:09", "", "2024-06-20 22:10"},
		{"and not again", "2024-06-20 22:30", "2024-06-20 22:10", "", ""},
		{"on Saturday for what was missed on Friday", "2024-06-22 12:00", "2024-06-21 15:00", "", "2024-06-22 12:00"},
		{"a clock set back a day", "2024-06-20 12:00", "2024-06-21 12:00", "", "2024-06-20 12:00"},
		{"after a fault", "2024-06-20 12:00", "2024-06-20 11:50", "2024-06-20 12:02", "2024-06-20 12:02"},
		{"a fault before the clock was set back", "2024-06-20 12:00", "2024-06-20 11:00", "2024-06-20 13:00", "2024-06-20 11:01"},
	} {
		p := &poller{every: time.Minute, good: eastern(tt.good)}
		if tt.again != "" {
			p.again = eastern(tt.again)
		}
		got := p.next(eastern(tt.now))
		if tt.want == "" && !got.After(eastern(tt.now)) || tt.want != "" && !got.Equal(eastern(tt.want)) {
			t.Errorf("%s: next poll at %v, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAPauseThatEndsInTheFarFutureIsOver(t *testing.T) {
	now := eastern("2024-06-20 12:00")
	for d, want := range map[time.Duration]bool{0: false, -time.Hour: false, time.Minute: true, 15 * time.Minute: true, 16 * time.Minute: false, 24 * time.Hour: false} {
		if got := pending(now.Add(d), now, 15*time.Minute); got != want {
			t.Errorf("a pause until %v from now is pending: %v, want %v", d, got, want)
		}
	}
}

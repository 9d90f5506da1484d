package index

import "testing"

func TestBusinessDaysFromEventToFilingLeaveOutWeekendsAndHolidays(t *testing.T) {
	for _, tt := range []struct {
		filed, period string
		want          int
	}{
		{"2024-01-16", "2024-01-17", EarlyLag},
		{"2024-01-16", "2024-01-16", 0},
		{"2024-01-16", "2024-01-12", 1}, // over a weekend and a Monday without business
		{"2024-01-15", "2024-01-12", 0}, // filed on that Monday
		{"2024-01-16", "2024-01-14", 1}, // of a Sunday
		{"2024-02-15", "2024-01-04", 29},
		{"2024-02-15", "2024-01-03", MaxLag},
		{"2024-02-15", "1994-01-02", MaxLag},
	} {
		c := newTallying()
		must(t, c.begin(dateNumber(day(tt.filed))))
		if got := c.lag(day(tt.period)); got != tt.want {
			t.Errorf("filed %s of %s: %d business days, want %d", tt.filed, tt.period, got, tt.want)
		}
	}
}

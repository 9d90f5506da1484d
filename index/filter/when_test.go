package filter

import (
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestDaysAreReadInEveryForm(t *testing.T) {
	// Half past three in the morning in UTC is still the day before in New York.
	now := time.Date(2024, 3, 31, 3, 30, 0, 0, time.UTC)
	for _, c := range []struct{ text, first, last string }{
		{"2024-01-31", "2024-01-31", "2024-01-31"},
		{"20240131", "2024-01-31", "2024-01-31"},
		{"2024Q1", "2024-01-01", "2024-03-31"},
		{"1999q4", "1999-10-01", "1999-12-31"},
		{"2024", "2024-01-01", "2024-12-31"},
		{"1993", "1993-01-01", "1993-12-31"},
		{"0d", "2024-03-30", "2024-03-30"},
		{"7d", "2024-03-23", "2024-03-23"},
		{"2w", "2024-03-16", "2024-03-16"},
		{"1m", "2024-02-29", "2024-02-29"},
		{"1y", "2023-03-30", "2023-03-30"},
		{" 7d ", "2024-03-23", "2024-03-23"},
	} {
		first, err := FirstDay(c.text, now)
		if err != nil || first.String() != c.first {
			t.Errorf("FirstDay(%q) = %s, %v; want %s", c.text, first, err, c.first)
		}
		last, err := LastDay(c.text, now)
		if err != nil || last.String() != c.last {
			t.Errorf("LastDay(%q) = %s, %v; want %s", c.text, last, err, c.last)
		}
	}
}

func TestWhatIsNoDayIsRefused(t *testing.T) {
	for _, text := range []string{"", "d", "7", "-7d", "7h", "1992", "202", "2024Q5", "1992Q4", "2024-02-30", "yesterday", "99999d", "9999m", "9999y", "1.5d"} {
		if d, err := FirstDay(text, time.Unix(1.7e9, 0)); err == nil {
			t.Errorf("FirstDay(%q) = %s, want a refusal", text, d)
		}
	}
}

func TestMonthsAgoKeepToTheMonth(t *testing.T) {
	day := func(s string) edgar.Date {
		d, err := edgar.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-05-31", 3, "2024-02-29"},
		{"2023-05-31", 3, "2023-02-28"},
		{"2024-01-15", 1, "2023-12-15"},
		{"2024-12-31", 12, "2023-12-31"},
		{"2024-02-29", 12, "2023-02-28"},
	} {
		got, ok := monthsAgo(day(c.from), c.n)
		if !ok || got.String() != c.want {
			t.Errorf("monthsAgo(%s, %d) = %s, %v; want %s", c.from, c.n, got, ok, c.want)
		}
	}
}

func FuzzAnyTextIsADayOrIsRefused(f *testing.F) {
	for _, s := range []string{"2024-01-31", "2024Q1", "7d", "65535w", "\xff", ""} {
		f.Add(s)
	}
	now := time.Unix(1.7e9, 0)
	f.Fuzz(func(t *testing.T, s string) {
		first, err := FirstDay(s, now)
		if err != nil {
			return
		}
		last, err := LastDay(s, now)
		if err != nil || last.Before(first) || first.IsZero() {
			t.Errorf("%q is from %s to %s, %v", s, first, last, err)
		}
	})
}

func TestTimesAreEasternOrSayTheirOffset(t *testing.T) {
	for _, tt := range []struct{ text, first, last string }{
		{"2024-01-31T16:30", "2024-01-31 16:30:00 EST", "2024-01-31 16:30:59 EST"},
		{"2024-01-31 16:30:05", "2024-01-31 16:30:05 EST", "2024-01-31 16:30:05 EST"},
		{"2024-01-31T21:30:05Z", "2024-01-31 16:30:05 EST", "2024-01-31 16:30:05 EST"},
		{"2024-07-31t16:30:05-04:00", "2024-07-31 16:30:05 EDT", "2024-07-31 16:30:05 EDT"},
		{"2024-03-10", "2024-03-10 00:00:00 EST", "2024-03-10 23:59:59 EDT"},
		{"2024Q1", "2024-01-01 00:00:00 EST", "2024-03-31 23:59:59 EDT"},
	} {
		first, err := FirstMoment(tt.text, time.Now())
		last, lerr := LastMoment(tt.text, time.Now())
		if moment(first) != tt.first || moment(last) != tt.last || err != nil || lerr != nil {
			t.Errorf("%s: from %s to %s, %v, %v; want %s and %s", tt.text, moment(first), moment(last), err, lerr, tt.first, tt.last)
		}
	}
	for _, bad := range []string{"", "16:30", "2024-01-31T25:00", "0001-01-31T16:30", "2024-01-31T16", "noon"} {
		if got, err := FirstMoment(bad, time.Now()); err == nil {
			t.Errorf("%q is read as %s", bad, moment(got))
		}
	}
}

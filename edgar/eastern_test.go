package edgar_test

import (
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestAcceptanceIsEasternTimeInBothHalvesOfTheYear(t *testing.T) {
	for _, tt := range []struct{ in, utc string }{
		{"20251219170037", "2025-12-19T22:00:37Z"}, // standard time
		{"20220506183057", "2022-05-06T22:30:57Z"}, // daylight saving
		{"20240310015959", "2024-03-10T06:59:59Z"}, // the last second before spring's hour
		{"20240310030000", "2024-03-10T07:00:00Z"}, // and the next
		{"20241103013000", "2024-11-03T05:30:00Z"}, // autumn's repeated hour, the first pass
		{"20241103020000", "2024-11-03T07:00:00Z"},
		{"20060402033000", "2006-04-02T07:30:00Z"}, // daylight saving began in April until 2006
		{"19960401000000", "1996-04-01T05:00:00Z"},
	} {
		got, err := edgar.ParseAcceptance(tt.in)
		if err != nil || got.UTC().Format(time.RFC3339) != tt.utc {
			t.Errorf("ParseAcceptance(%q) = %v, %v; want %s", tt.in, got.UTC(), err, tt.utc)
		}
		if got.Location() != edgar.Eastern() {
			t.Errorf("ParseAcceptance(%q) is in %v, want Eastern", tt.in, got.Location())
		}
	}
}

func TestAcceptanceOfAnotherFormIsRefused(t *testing.T) {
	for _, in := range []string{
		"", "00000000000000", "20240201", "2024020116300", "202402011630055", "2024-02-01 16:30", "20240201163005 ",
		"20240230163005", "20241301163005", "20240201243005", "20240201166005", "20240201163060", "00010101000000", "2024020116300x",
		"20240310023000", // in the hour that spring leaves out
	} {
		if got, err := edgar.ParseAcceptance(in); err == nil || !got.IsZero() {
			t.Errorf("ParseAcceptance(%q) = %v, %v; want an error", in, got, err)
		}
	}
}

func TestDayIsTheDayInEasternTime(t *testing.T) {
	for _, tt := range []struct{ at, want string }{
		{"2024-01-31T04:59:59Z", "2024-01-30"}, {"2024-01-31T05:00:00Z", "2024-01-31"},
		{"2024-07-01T03:59:59Z", "2024-06-30"}, {"2024-07-01T04:00:00Z", "2024-07-01"},
	} {
		if got := edgar.DateOf(instant(t, tt.at)); got != date(t, tt.want) {
			t.Errorf("%s: got %v, want %s", tt.at, got, tt.want)
		}
	}
	if got := date(t, "2024-07-01").Midnight(); !got.Equal(instant(t, "2024-07-01T04:00:00Z")) {
		t.Errorf("midnight of 2024-07-01: got %v", got.UTC())
	}
}

func TestFederalHolidaysAreNoBusinessDays(t *testing.T) {
	closed := []string{
		"2024-01-01", "2024-01-15", "2024-02-19", "2024-05-27", "2024-06-19", "2024-07-04",
		"2024-09-02", "2024-10-14", "2024-11-11", "2024-11-28", "2024-12-25", // all of a year
		"2023-01-02",               // New Year on a Sunday
		"2021-12-31", "2010-12-31", // New Year on a Saturday, in the year before
		"2020-07-03", "2021-07-05", // 4 July on a Saturday, on a Sunday
		"2022-06-20", "2023-11-10", "2018-11-12", "2021-12-24", "2022-12-26",
		"2024-03-02", "2024-03-03", // a weekend
		"2022-01-01", "2021-05-31", "2025-05-26", "2023-11-23",
	}
	for _, s := range closed {
		if edgar.IsBusinessDay(date(t, s)) {
			t.Errorf("%s: got a business day", s)
		}
	}
	open := []string{
		"2024-01-02", "2024-01-08", "2024-01-22", "2024-02-12", "2024-05-20", "2024-07-05", "2024-09-09", "2024-10-07", "2024-10-21",
		"2024-11-21", "2024-11-29", "2024-12-24", "2024-12-31", "2020-12-31", "2022-12-30", "2019-06-19", "2020-06-19", "2024-03-29", "2022-01-03",
	}
	for _, s := range open {
		if !edgar.IsBusinessDay(date(t, s)) {
			t.Errorf("%s: got no business day", s)
		}
	}
}

func TestAYearHasAboutTwoHundredAndFiftyBusinessDays(t *testing.T) {
	for y := 1993; y <= 2099; y++ {
		n := 0
		d, err := edgar.NewDate(y, time.January, 1)
		if err != nil {
			t.Fatal(err)
		}
		for ; d.Year() == y; d = d.AddDays(1) {
			if edgar.IsBusinessDay(d) {
				n++
			}
		}
		if n < 249 || n > 253 {
			t.Errorf("%d: got %d business days, want 249 to 253", y, n)
		}
	}
}

func FuzzParseAcceptance(f *testing.F) {
	for _, s := range []string{"20251219170037", "20240310023000", "00000000000000", "2024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := edgar.ParseAcceptance(s)
		if err == nil && at.Format("20060102150405") != s {
			t.Errorf("%q is written %v", s, at)
		}
	})
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

package edgar_test

import (
	"encoding/json"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestDateIsReadStrictlyInTwoSpellings(t *testing.T) {
	for _, in := range []string{"2024-02-29", "20240229"} {
		d, err := edgar.ParseDate(in)
		if err != nil || d.String() != "2024-02-29" || d.Compact() != "20240229" {
			t.Errorf("ParseDate(%q) = %q, %q, %v", in, d, d.Compact(), err)
		}
		if d.Year() != 2024 || d.Month() != time.February || d.Day() != 29 || d.Weekday() != time.Thursday {
			t.Errorf("%v: got %d %v %d, %v", d, d.Year(), d.Month(), d.Day(), d.Weekday())
		}
	}
	for _, in := range []string{
		"", "2024-2-29", "2024/02/29", "24-02-29", "240229", "2024-02-29 ", "2024-0229", "202402-29", "2024-02-29T00:00:00Z", "+0240229", "-2024-02-1",
		"2023-02-29", "1900-02-29", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00", "2024-01-32", "1899-12-31", "2200-01-01", "00000000",
	} {
		if d, err := edgar.ParseDate(in); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want an error", in, d, err)
		}
	}
}

func TestNewDateKnowsTheCalendar(t *testing.T) {
	for y := 1899; y <= 2200; y++ {
		for m := time.Month(0); m <= 13; m++ {
			for _, day := range []int{-1, 0, 1, 28, 29, 30, 31, 32} {
				at := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
				want := y >= 1900 && y <= 2199 && at.Month() == m && at.Day() == day
				if d, err := edgar.NewDate(y, m, day); (err == nil) != want || d.IsZero() == want {
					t.Fatalf("NewDate(%d, %d, %d) = %v, %v; want it to exist: %v", y, m, day, d, err, want)
				}
			}
		}
	}
}

func TestDaysAddAcrossMonthsAndYears(t *testing.T) {
	for _, tt := range []struct {
		d    string
		n    int
		want string
	}{
		{"2024-02-28", 1, "2024-02-29"}, {"2023-02-28", 1, "2023-03-01"}, {"2024-01-01", -1, "2023-12-31"},
		{"2024-03-09", 2, "2024-03-11"}, {"2024-03-01", 366, "2025-03-02"}, {"2024-05-05", 0, "2024-05-05"},
	} {
		if got := date(t, tt.d).AddDays(tt.n); got != date(t, tt.want) {
			t.Errorf("%s and %d days: got %v, want %s", tt.d, tt.n, got, tt.want)
		}
	}
}

func TestNoDateStaysNone(t *testing.T) {
	var none edgar.Date
	if got := none.AddDays(1); !got.IsZero() {
		t.Errorf("AddDays: got %v", got)
	}
	if got := none.Midnight(); !got.IsZero() {
		t.Errorf("Midnight: got %v", got)
	}
	if got := none.Quarter(); !got.IsZero() {
		t.Errorf("Quarter: got %v", got)
	}
	if none.String() != "" || none.Compact() != "" {
		t.Errorf("got %q and %q, want none", none.String(), none.Compact())
	}
}

func TestDatesCompareByTime(t *testing.T) {
	days := []string{"1993-12-31", "1994-01-01", "1994-01-02", "1994-02-01", "2024-01-01"}
	for i, a := range days {
		for j, b := range days {
			got := date(t, a).Compare(date(t, b))
			if want := cmpInt(i, j); got != want || date(t, a).Before(date(t, b)) != (want < 0) {
				t.Errorf("%s against %s: got %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestDatesAreTextInJSON(t *testing.T) {
	in := []edgar.Date{date(t, "20240131"), {}}
	b, err := json.Marshal(in)
	if want := `["2024-01-31",""]`; err != nil || string(b) != want {
		t.Fatalf("got %s, %v; want %s", b, err, want)
	}
	var out []edgar.Date
	if err := json.Unmarshal(b, &out); err != nil || out[0] != in[0] || out[1] != in[1] {
		t.Errorf("got %v, %v; want %v", out, err, in)
	}
	d := in[0]
	if err := d.UnmarshalText([]byte("soon")); err == nil || d != in[0] {
		t.Errorf("got %v, %v; want an error and the value kept", d, err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-01-31", "20240131", "2024-02-30", "", "2024-1-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := edgar.ParseDate(s)
		if err != nil {
			return
		}
		if d.String() != s && d.Compact() != s {
			t.Errorf("%q is written %q and %q", s, d, d.Compact())
		}
		if _, err := time.Parse(time.DateOnly, d.String()); err != nil {
			t.Errorf("%q passes: %v", s, err)
		}
		if !d.Quarter().Contains(d) || edgar.DateOf(d.Midnight()) != d {
			t.Errorf("%v: quarter %v, midnight %v", d, d.Quarter(), d.Midnight())
		}
	})
}

func date(t testing.TB, s string) edgar.Date {
	t.Helper()
	d, err := edgar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func cmpInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

package edgar_test

import (
	"encoding/json"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestQuarterIsReadStrictly(t *testing.T) {
	for _, in := range []string{"2024Q1", "2024q1"} {
		q, err := edgar.ParseQuarter(in)
		if err != nil || q.String() != "2024Q1" || q.Year() != 2024 || q.Number() != 1 {
			t.Errorf("ParseQuarter(%q) = %v, %v", in, q, err)
		}
	}
	for _, in := range []string{"", "2024", "2024Q0", "2024Q5", "2024-1", "2024QQ", "24Q1", "02024Q1", "2024Q1 ", "1992Q4", "2200Q1", "+024Q1", "2024 1"} {
		if q, err := edgar.ParseQuarter(in); err == nil || !q.IsZero() {
			t.Errorf("ParseQuarter(%q) = %v, %v; want an error", in, q, err)
		}
	}
}

func TestQuartersFollowEachOtherWithoutGap(t *testing.T) {
	n := 0
	for q := edgar.FirstQuarter(); q.Year() < 2100; q = q.Next() {
		n++
		if q.Next().Prev() != q || q.Compare(q.Next()) != -1 || q.Next().Compare(q) != 1 || q.Compare(q) != 0 {
			t.Fatalf("%v: next %v, before that %v", q, q.Next(), q.Next().Prev())
		}
		if q.Last().AddDays(1) != q.Next().First() || !q.Contains(q.First()) || !q.Contains(q.Last()) {
			t.Fatalf("%v: from %v to %v, then %v", q, q.First(), q.Last(), q.Next().First())
		}
		if q.Contains(q.First().AddDays(-1)) || q.Contains(q.Last().AddDays(1)) {
			t.Fatalf("%v holds days beyond its ends", q)
		}
	}
	if n != 4*107 {
		t.Errorf("got %d quarters from 1993 to 2099, want %d", n, 4*107)
	}
}

func TestQuartersBeginAndEndWithTheirMonths(t *testing.T) {
	for _, tt := range []struct{ q, first, last string }{
		{"2024Q1", "2024-01-01", "2024-03-31"}, {"2024Q2", "2024-04-01", "2024-06-30"},
		{"2024Q3", "2024-07-01", "2024-09-30"}, {"2024Q4", "2024-10-01", "2024-12-31"},
	} {
		q := quarter(t, tt.q)
		if q.First() != date(t, tt.first) || q.Last() != date(t, tt.last) || date(t, tt.last).Quarter() != q {
			t.Errorf("%s: got %v to %v, want %s to %s", tt.q, q.First(), q.Last(), tt.first, tt.last)
		}
	}
}

func TestNoQuarterStaysNone(t *testing.T) {
	var none edgar.Quarter
	if !none.Next().IsZero() || !none.Prev().IsZero() || !none.First().IsZero() || !none.Last().IsZero() || none.String() != "" {
		t.Errorf("got next %v, before %v, first %v, last %v, text %q", none.Next(), none.Prev(), none.First(), none.Last(), none)
	}
}

func TestLastRebuildIsTheLatestSaturdayAtSix(t *testing.T) {
	for _, tt := range []struct{ at, want string }{
		{"2026-06-27T09:59:59Z", "2026-06-20T10:00:00Z"}, // Saturday, a second early
		{"2026-06-27T10:00:00Z", "2026-06-27T10:00:00Z"},
		{"2026-06-28T00:00:00Z", "2026-06-27T10:00:00Z"},
		{"2026-07-03T23:00:00Z", "2026-06-27T10:00:00Z"},
		{"2024-03-10T12:00:00Z", "2024-03-09T11:00:00Z"}, // the clock changed on Sunday
		{"2024-11-05T12:00:00Z", "2024-11-02T10:00:00Z"},
		{"2024-01-01T12:00:00Z", "2023-12-30T11:00:00Z"},
	} {
		if got := edgar.LastRebuild(instant(t, tt.at)); !got.Equal(instant(t, tt.want)) {
			t.Errorf("%s: got %s, want %s", tt.at, got.UTC().Format(time.RFC3339), tt.want)
		}
	}
}

func TestQuartersAreTextInJSON(t *testing.T) {
	in := []edgar.Quarter{quarter(t, "2024Q3"), {}}
	b, err := json.Marshal(in)
	if want := `["2024Q3",""]`; err != nil || string(b) != want {
		t.Fatalf("got %s, %v; want %s", b, err, want)
	}
	var out []edgar.Quarter
	if err := json.Unmarshal(b, &out); err != nil || out[0] != in[0] || out[1] != in[1] {
		t.Errorf("got %v, %v; want %v", out, err, in)
	}
	q := in[0]
	if err := q.UnmarshalText([]byte("x")); err == nil || q != in[0] {
		t.Errorf("got %v, %v; want an error and the value kept", q, err)
	}
}

func FuzzParseQuarter(f *testing.F) {
	for _, s := range []string{"2024Q1", "1993q4", "2024Q5", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := edgar.ParseQuarter(s)
		if err != nil {
			return
		}
		if again, err := edgar.ParseQuarter(q.String()); err != nil || again != q {
			t.Errorf("%q: %q is read as %v, %v", s, q, again, err)
		}
	})
}

func quarter(t testing.TB, s string) edgar.Quarter {
	t.Helper()
	q, err := edgar.ParseQuarter(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

package serve

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/serve/plot"
	"example.com/edgard/vital"
)

func quarter(t *testing.T, s string) edgar.Quarter {
	t.Helper()
	q, err := edgar.ParseQuarter(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// coverageOf is a report of 2024-08-14 on an archive kept from a quarter on, or on
// none in particular.
func coverageOf(t *testing.T, from string, quarters ...index.QuarterCoverage) statusReport {
	t.Helper()
	rep := statusReport{At: time.Date(2024, 8, 14, 12, 0, 0, 0, time.UTC)}
	if from != "" {
		rep.From = quarter(t, from).First()
	}
	rep.Quarters = quarters
	return rep
}

func TestEachQuarterSaysHowFarItHasCome(t *testing.T) {
	rep := coverageOf(t, "2022Q3",
		index.QuarterCoverage{Quarter: quarter(t, "2022Q3"), Wanted: 10, Recorded: 8, Rejected: 1, Withdrawn: 1},
		index.QuarterCoverage{Quarter: quarter(t, "2023Q1"), Wanted: 1000, Recorded: 998, Discovered: 1, Deferred: 1},
		index.QuarterCoverage{Quarter: quarter(t, "2023Q2"), Wanted: 8, Recorded: 8},
		index.QuarterCoverage{Quarter: quarter(t, "2024Q3"), Wanted: 3, Recorded: 3},
	)
	rep.Standing.Gaps = []Gap{
		{Listing: "2023Q3", Detail: "EDGAR does not have it"}, {Listing: "2023-05-02"}, {Listing: "2023-05-03"}, {Listing: "getcurrent"},
	}
	got := coveragePlot(rep)
	if diff := cmp.Diff([]string{"2022", "2023", "2024"}, got.Columns); diff != "" {
		t.Errorf("columns, -want +got:\n%s", diff)
	}
	want := [][]plot.Cell{
		{
			{Class: "none", Title: "2022Q1: not asked for"},
			{Class: "part", Text: "99", Title: "2023Q1: 1,000 listed, 998 held, 2 to fetch"},
			{Class: "done", Text: "✓", Title: "2024Q1: none listed"},
		},
		{
			{Class: "none", Title: "2022Q2: not asked for"},
			{Class: "gap", Text: "!", Title: "2023Q2: 8 listed, 8 held; the listings of 2 days are missing"},
			{Class: "done", Text: "✓", Title: "2024Q2: none listed"},
		},
		{
			{Class: "done", Text: "✓", Title: "2022Q3: 10 listed, 8 held, 1 given up, 1 withdrawn"},
			{Class: "gap", Text: "!", Title: "2023Q3: none listed; its listing: EDGAR does not have it"},
			{Class: "busy", Text: "…", Title: "2024Q3: 3 listed, 3 held; the quarter is not over"},
		},
		{
			{Class: "done", Text: "✓", Title: "2022Q4: none listed"},
			{Class: "done", Text: "✓", Title: "2023Q4: none listed"},
			{Class: "none"},
		},
	}
	if diff := cmp.Diff(want, got.Cells); diff != "" {
		t.Errorf("cells, -want +got:\n%s", diff)
	}
}

func TestAnArchiveWithoutABeginningWasNotAskedForMore(t *testing.T) {
	got := coveragePlot(coverageOf(t, "", index.QuarterCoverage{Quarter: quarter(t, "2023Q2"), Wanted: 1, Recorded: 1}))
	classes := ""
	for _, row := range got.Cells {
		for _, c := range row {
			classes += c.Class + " "
		}
	}
	if want := "none none done none none none none none "; classes != want {
		t.Errorf("classes %q, want %q", classes, want)
	}
	if empty := coveragePlot(coverageOf(t, "")); len(empty.Columns) != 1 {
		t.Errorf("columns of nothing: %q, want this year", empty.Columns)
	}
}

func TestTheRateIsDrawnAgainstTheLimit(t *testing.T) {
	x := vital.Snapshot{At: time.Date(2024, 8, 14, 16, 30, 0, 0, time.UTC), Began: time.Date(2024, 8, 14, 16, 0, 0, 0, time.UTC), Limit: 8, Largest: 9, PerMinute: make([]int, 60)}
	x.PerMinute[59] = 480
	got := ratePlot(x)
	if got.Limit != 480 || len(got.Labels) != 60 || got.Labels[59] != "12:29" || got.Labels[0] != "11:30" || got.Series[0].Values[59] != 480 {
		t.Errorf("%+v", got)
	}
	if want := "Requests to EDGAR in each minute, 480 in all. They are sent evenly, at most 8 a second, so that a second may hold 9, from edge to edge; the fullest since 2024-08-14 12:00:00 EDT had 9."; got.Says != want {
		t.Errorf("says %q, want %q", got.Says, want)
	}
}

func TestDurationsAndSizesInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.0 s", -time.Second: "0.0 s", 400 * time.Millisecond: "0.4 s", 9940 * time.Millisecond: "9.9 s", 9960 * time.Millisecond: "10 s",
		59 * time.Second: "59 s", 59600 * time.Millisecond: "1 min 0 s", 67 * time.Second: "1 min 7 s", time.Hour - time.Millisecond: "1 h 0 min",
		2*time.Hour + 5*time.Minute: "2 h 5 min", 50 * time.Hour: "2 days", 120 * time.Hour: "5 days",
	} {
		if got := tookText(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 999_949: "999.9 kB", 999_951: "1.0 MB", 5e8: "500.0 MB", 1234e9: "1.2 TB", 1234e12: "1234.0 TB",
	} {
		if got := bytesText(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

package index

import (
	"fmt"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"github.com/google/go-cmp/cmp"
)

func TestStatusCountsStatesReasonsAndQuarters(t *testing.T) {
	s := openTemp(t)
	l := kept("2024Q1")
	l.LastData = day("2024-02-01")
	_, err := s.Discover(l, rowsOf(row(1, 10, "2023-12-29"), row(2, 10, "2024-01-02"), row(3, 10, "2024-01-03"),
		row(4, 10, "2024-01-04"), row(5, 10, "2024-01-05"), row(6, 10, "2024-01-08")), noon)
	must(t, err)
	must(t, s.Record(made(1, "2023-12-29", 10), made(2, "2024-01-02", 10)))
	must(t, s.Defer(acc(3), noon.Add(time.Hour), "HTTP 503"))
	must(t, s.Defer(acc(4), noon.Add(-time.Hour), "HTTP 503"))
	must(t, s.Reject(acc(5), "truncated"))
	must(t, s.Withdraw(acc(1), "gone"))
	must(t, s.SetCoverage(day("2023-12-01")))
	p := Pass{Start: noon, End: noon.Add(time.Minute), Command: "sync", Listed: 6, Outcome: "done"}
	must(t, s.AddPass(p))
	got, err := s.Status(noon)
	must(t, err)
	want := Status{
		States:  map[State]int{Discovered: 1, Deferred: 2, Recorded: 1, Rejected: 1, Withdrawn: 1},
		Due:     2,
		NextDue: noon.Add(time.Hour), DueSince: noon.Add(-time.Hour),
		Reasons: []ReasonCount{{Deferred, "HTTP 503", 2}, {Rejected, "truncated", 1}, {Withdrawn, "gone", 1}},
		Quarters: []QuarterCoverage{
			{Quarter: day("2023-12-29").Quarter(), Wanted: 1, Withdrawn: 1},
			{Quarter: day("2024-01-02").Quarter(), Wanted: 5, Discovered: 1, Deferred: 2, Recorded: 1, Rejected: 1},
		},
		From: day("2023-12-01"), To: day("2024-02-01"), Passes: []Pass{p},
	}
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStatusOfNothingHasEveryState(t *testing.T) {
	got, err := openTemp(t).Status(noon)
	want := Status{States: map[State]int{Discovered: 0, Deferred: 0, Recorded: 0, Rejected: 0, Withdrawn: 0}}
	if diff := cmp.Diff(want, got, plain); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestSomethingIsDueSinceTheOldestDiscoveredWasSeenOrADeferredOnesTimeCame(t *testing.T) {
	s := openTemp(t)
	since := func(now time.Time) time.Time {
		t.Helper()
		got, err := s.Status(now)
		must(t, err)
		return got.DueSince
	}
	_, err := s.Discover(kept("a"), rowsOf(row(1, 10, "2024-01-02")), noon.Add(time.Hour))
	must(t, err)
	_, err = s.Discover(kept("b"), rowsOf(row(2, 10, "2024-01-05")), noon)
	must(t, err)
	if got, want := since(noon.Add(2*time.Hour)), noon.Add(time.Hour); !got.Equal(want) {
		t.Errorf("two discovered: %v, want %v, when the one filed first was seen", got, want)
	}
	must(t, s.Defer(acc(2), noon.Add(90*time.Minute), "HTTP 503"))
	must(t, s.Record(made(1, "2024-01-02", 10)))
	if got, want := since(noon.Add(2*time.Hour)), noon.Add(90*time.Minute); !got.Equal(want) {
		t.Errorf("one deferred: %v, want %v, when its time came", got, want)
	}
	if got := since(noon.Add(time.Hour)); !got.IsZero() {
		t.Errorf("one deferred whose time has not come: %v, want none", got)
	}
}

func TestStatusHoldsABoundedNumberOfReasons(t *testing.T) {
	s := openTemp(t)
	must(t, s.write(nil, nil, func(w *writing) error {
		for n := range maxReasons + 50 {
			must(t, amend(w, acc(n+1), func(e *Entry) { e.State, e.Reason = Rejected, fmt.Sprint("reason ", n) }))
		}
		return nil
	}))
	st, err := s.Status(noon)
	must(t, err)
	if got := st.Reasons; len(got) != maxReasons+1 || got[0] != (ReasonCount{Rejected, "other", 50}) {
		t.Errorf("%d reasons, first %+v; want %d and 50 others", len(got), got[0], maxReasons+1)
	}
}

func TestCoverageIsUnknownUntilSet(t *testing.T) {
	s := openTemp(t)
	if from, ok, err := s.Coverage(); ok || err != nil {
		t.Errorf("Coverage = %v, %t, %v; want none", from, ok, err)
	}
	must(t, s.SetCoverage(day("2024-01-01")))
	if from, ok, err := s.Coverage(); from != day("2024-01-01") || !ok || err != nil {
		t.Errorf("Coverage = %v, %t, %v; want the day set", from, ok, err)
	}
}

func TestLastPassesAreKeptAndOldOnesGo(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	for n := range keptPasses + 20 {
		must(t, s.AddPass(Pass{Start: noon, End: noon, Command: fmt.Sprint(n), Outcome: "done"}))
	}
	ps, err := s.Passes(2)
	must(t, err)
	if len(ps) != 2 || ps[0].Command != fmt.Sprint(keptPasses+19) || ps[1].Command != fmt.Sprint(keptPasses+18) {
		t.Errorf("Passes(2) = %+v, want the newest two", ps)
	}
	if ps, err = s.Passes(1 << 30); err != nil || len(ps) != keptPasses {
		t.Errorf("%d passes, %v; want %d", len(ps), err, keptPasses)
	}
}

func TestTickersAreReplacedWhole(t *testing.T) {
	s := openTemp(t)
	if ts, err := s.Tickers(); err != nil || ts.CIKs != nil {
		t.Errorf("Tickers = %+v, %v; want none", ts, err)
	}
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"OLD": cik(1), "MADE": cik(2)}}))
	want := Tickers{CIKs: map[string]edgar.CIK{"MADE": cik(3), "MADE-A": cik(3)}, ETag: `"x"`, Fetched: noon, Checked: noon}
	must(t, s.PutTickers(want))
	got, err := s.Tickers()
	must(t, err)
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c, err := s.Ticker("made-a"); c != cik(3) || err != nil {
		t.Errorf("Ticker = %v, %v; want 3", c, err)
	}
	if _, err := s.Ticker("OLD"); err == nil {
		t.Error("a symbol that was replaced is still there")
	}
}

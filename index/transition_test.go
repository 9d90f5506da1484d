package index

import (
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"github.com/google/go-cmp/cmp"
)

// moves are the ways to change the state of entry 1.
var moves = map[string]func(*Store) error{
	"discover": func(s *Store) error {
		_, err := s.Discover(kept("again"), rowsOf(row(1, 10, "2024-01-03")), noon.Add(time.Hour))
		return err
	},
	"record":          func(s *Store) error { return s.Record(made(1, "2024-01-03", 10)) },
	"defer":           func(s *Store) error { return s.Defer(acc(1), noon.Add(time.Hour), "later") },
	"reject":          func(s *Store) error { return s.Reject(acc(1), "never") },
	"withdraw":        func(s *Store) error { return s.Withdraw(acc(1), "gone") },
	"retry deferred":  func(s *Store) error { _, err := s.Retry(nil, Deferred); return err },
	"retry rejected":  func(s *Store) error { _, err := s.Retry(nil, Rejected); return err },
	"retry withdrawn": func(s *Store) error { _, err := s.Retry(nil, Withdrawn); return err },
	"relist":          func(s *Store) error { _, err := s.Relist(acc(1)); return err },
}

func TestStatesFollowOneAnotherByTheTable(t *testing.T) {
	const none, forbidden, unknown = State(""), State("forbidden"), State("unknown")
	roads := map[State][]string{
		none: nil, Discovered: {"discover"}, Deferred: {"discover", "defer"}, Recorded: {"discover", "record"},
		Rejected: {"discover", "reject"}, Withdrawn: {"discover", "withdraw"},
	}
	table := map[string]map[State]State{
		"discover":        {none: Discovered, Discovered: Discovered, Deferred: Deferred, Recorded: Recorded, Rejected: Rejected, Withdrawn: Withdrawn},
		"record":          {none: Recorded, Discovered: Recorded, Deferred: Recorded, Recorded: Recorded, Rejected: Recorded, Withdrawn: Withdrawn},
		"defer":           {none: unknown, Discovered: Deferred, Deferred: Deferred, Recorded: forbidden, Rejected: forbidden, Withdrawn: forbidden},
		"reject":          {none: unknown, Discovered: Rejected, Deferred: Rejected, Recorded: forbidden, Rejected: forbidden, Withdrawn: forbidden},
		"withdraw":        {none: unknown, Discovered: Withdrawn, Deferred: Withdrawn, Recorded: Withdrawn, Rejected: Withdrawn, Withdrawn: forbidden},
		"retry deferred":  {none: none, Discovered: Discovered, Deferred: Deferred, Recorded: Recorded, Rejected: Rejected, Withdrawn: Withdrawn},
		"retry rejected":  {none: none, Discovered: Discovered, Deferred: Deferred, Recorded: Recorded, Rejected: Discovered, Withdrawn: Withdrawn},
		"retry withdrawn": {none: none, Discovered: Discovered, Deferred: Deferred, Recorded: Recorded, Rejected: Rejected, Withdrawn: Discovered},
		"relist":          {none: unknown, Discovered: Discovered, Deferred: Deferred, Recorded: Recorded, Rejected: Rejected, Withdrawn: Discovered},
	}
	for move, row := range table {
		for from, want := range row {
			t.Run(move+" from "+string(from), func(t *testing.T) {
				s := openTemp(t)
				for _, step := range roads[from] {
					must(t, moves[step](s))
				}
				before := dump(s)
				err := moves[move](s)
				switch want {
				case forbidden, unknown:
					wantErr := map[State]error{forbidden: ErrForbidden, unknown: ErrNotFound}[want]
					if !errors.Is(err, wantErr) {
						t.Errorf("got %v, want %v", err, wantErr)
					}
					if diff := cmp.Diff(before, dump(s)); diff != "" {
						t.Errorf("a refused change changed (-before +after):\n%s", diff)
					}
				case none:
					must(t, err)
				default:
					must(t, err)
					e, err := s.Entry(acc(1))
					must(t, err)
					if e.State != want {
						t.Errorf("state %s, want %s", e.State, want)
					}
				}
				checkInvariants(t, s)
			})
		}
	}
}

func TestRetryOfWhatIsNotToBeFetchedIsForbidden(t *testing.T) {
	s := openTemp(t)
	for _, st := range []State{Discovered, Recorded, "bogus"} {
		if _, err := s.Retry(nil, st); !errors.Is(err, ErrForbidden) {
			t.Errorf("Retry(%s) = %v, want ErrForbidden", st, err)
		}
	}
}

func TestDeferringCountsAttemptsAndRecordingForgetsThem(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Defer(acc(1), noon.Add(time.Minute), "503"))
	must(t, s.Defer(acc(1), noon.Add(time.Hour), "truncated"))
	want := Entry{Accession: acc(1), Form: form("8-K"), Filed: day("2024-01-03"), CIKs: []edgar.CIK{cik(10)}, Name: "MADE COMPANY 10",
		State: Deferred, Attempts: 2, Next: noon.Add(time.Hour), Reason: "truncated", Seen: noon}
	got, err := s.Entry(acc(1))
	must(t, err)
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("deferred (-want +got):\n%s", diff)
	}
	must(t, s.Record(made(1, "2024-01-03", 10)))
	want.State, want.Attempts, want.Next, want.Reason = Recorded, 0, time.Time{}, ""
	got, err = s.Entry(acc(1))
	must(t, err)
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
}

func TestRetryMakesDueNowAndCountsWhatItChanged(t *testing.T) {
	s := openTemp(t)
	var rows []int
	for n := 1; n <= 2500; n++ {
		rows = append(rows, n)
	}
	discoverMany(t, s, rows)
	must(t, s.write(nil, nil, func(w *writing) error {
		for n := 1; n <= 1200; n++ {
			must(t, amend(w, acc(n), func(e *Entry) { e.State, e.Attempts, e.Reason = Rejected, 3, "no" }))
		}
		return nil
	}))
	must(t, s.Defer(acc(2000), noon.Add(time.Hour), "503"))
	if n, err := s.Retry(nil, Deferred, Rejected); n != 1201 || err != nil {
		t.Errorf("Retry = %d, %v; want 1201", n, err)
	}
	if n, err := s.Retry(nil, Deferred, Rejected); n != 0 || err != nil {
		t.Errorf("Retry again = %d, %v; want 0", n, err)
	}
	if es := due(t, s, noon); len(es) != 2500 {
		t.Errorf("%d due, want 2500", len(es))
	}
	e, err := s.Entry(acc(7))
	must(t, err)
	if e.State != Discovered || e.Attempts != 0 || e.Reason != "" {
		t.Errorf("rejected and retried: %+v, want it afresh", e)
	}
	checkInvariants(t, s)
}

func TestWithdrawnFilingStaysAndSaysSo(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.Withdraw(acc(1), "no longer listed"))
	must(t, s.Record(made(1, "2024-01-03", 10))) // as a rebuild does
	f, err := s.Filing(acc(1))
	must(t, err)
	e, err := s.Entry(acc(1))
	must(t, err)
	if !f.Withdrawn || e.State != Withdrawn || e.Reason != "no longer listed" {
		t.Errorf("withdrawn %t, entry %+v; want it withdrawn still", f.Withdrawn, e)
	}
	if n, err := s.Retry(nil, Withdrawn); n != 1 || err != nil {
		t.Errorf("Retry = %d, %v; want 1", n, err)
	}
	f, err = s.Filing(acc(1))
	must(t, err)
	if e, err = s.Entry(acc(1)); err != nil || f.Withdrawn || e.State != Recorded {
		t.Errorf("listed again: withdrawn %t, entry %+v, %v; want it recorded", f.Withdrawn, e, err)
	}
}

func TestRetryTellsTheJournalWhatItChangesBatchByBatch(t *testing.T) {
	s := openTemp(t)
	for n := 1; n <= 3; n++ {
		discover(t, s, "2024Q1", row(n, 10, "2024-01-03"))
		must(t, s.Reject(acc(n), "404"))
	}
	n, err := s.Retry(func(e Entry) bool { return e.Accession != acc(2) }, Rejected)
	if n != 2 || err != nil {
		t.Fatalf("Retry = %d, %v; want 2", n, err)
	}
	last := readLines(t, s)
	want := []edgar.Accession{acc(1), acc(3)}
	if got := last[len(last)-1]; got.Event != EventRetried || !slices.Equal(got.Accessions, want) {
		t.Errorf("last line %+v, want %v retried", got, want)
	}
	if e, err := s.Entry(acc(2)); err != nil || e.State != Rejected {
		t.Errorf("entry that did not match: %+v, %v; want it rejected still", e, err)
	}
	if n, err := s.Retry(nil, Deferred); n != 0 || err != nil || len(readLines(t, s)) != len(last) {
		t.Errorf("Retry of nothing = %d, %v and %d lines; want 0 and %d", n, err, len(readLines(t, s)), len(last))
	}
}

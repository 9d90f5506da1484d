package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func journalPath(s *Store) string { return filepath.Join(s.dir, journalName) }

func readLines(t testing.TB, s *Store) (ls []JournalLine) {
	t.Helper()
	for l, err := range s.Journal() {
		must(t, err)
		ls = append(ls, l)
	}
	return ls
}

func events(ls []JournalLine) (es []Event) {
	for _, l := range ls {
		es = append(es, l.Event)
	}
	return es
}

func TestJournalTellsWhatTheBytesCannot(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-04"))
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Record(made(1, "2024-01-03", 10), made(3, "2024-01-05", 10)))
	must(t, s.Defer(acc(2), noon, "503"))
	must(t, s.Reject(acc(2), "404"))
	_, err := s.Retry(nil, Rejected)
	must(t, err)
	must(t, s.Withdraw(acc(2), "gone"))
	must(t, s.SetCoverage(day("2024-01-01")))
	_ = s.Defer(acc(1), noon, "refused")
	ls := readLines(t, s)
	want := []Event{EventCreated, EventSeen, EventListing, EventListing, EventImported, EventDeferred, EventRejected, EventRetried, EventWithdrawn, EventCoverage}
	if diff := cmp.Diff(want, events(ls)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if got := ls[1].Accessions; !slices.Equal(got, accessions([]Entry{{Accession: acc(1)}, {Accession: acc(2)}})) {
		t.Errorf("seen %v, want both", got)
	}
	if got := ls[4]; got.Accession != acc(3) || got.Seen != made(3, "2024-01-05", 10).Seen || len(got.CIKs) != 1 {
		t.Errorf("imported %+v, want the whole entry", got)
	}
}

func TestRowsOfAListingThatIsNotKeptAreToldThemselves(t *testing.T) {
	s := openTemp(t)
	l := kept("feed")
	l.SHA256 = ""
	_, err := s.Discover(l, rowsOf(row(1, 10, "2024-01-03"), row(1, 11, "2024-01-03")), noon)
	must(t, err)
	want := []JournalRow{JournalRow(row(1, 10, "2024-01-03")), JournalRow(row(1, 11, "2024-01-03"))}
	if diff := cmp.Diff(want, readLines(t, s)[2].Rows, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTornLastLineIsCutOffAndNoted(t *testing.T) {
	for _, torn := range []string{`{"at":"2024-02-02T12:00:00Z","event":"rej`, "\x00\x00\x00\x00", "{\"at\":\"2024-\x00\x00\n", "\n"} {
		s := openTemp(t)
		must(t, s.SetCoverage(day("2024-01-01")))
		must(t, s.Close())
		sound, err := os.ReadFile(journalPath(s))
		must(t, err)
		must(t, os.WriteFile(journalPath(s), append(slices.Clone(sound), torn...), 0o600))
		s, err = Open(s.dir)
		if err != nil {
			t.Errorf("after %q: %v", torn, err)
			continue
		}
		if len(s.Notes()) != 1 || !strings.Contains(s.Notes()[0], "torn last line") {
			t.Errorf("after %q: notes %q, want one", torn, s.Notes())
		}
		must(t, s.SetCoverage(day("2023-01-01")))
		if es := events(readLines(t, s)); !slices.Equal(es, []Event{EventCreated, EventCoverage, EventCoverage}) {
			t.Errorf("after %q: %v", torn, es)
		}
		must(t, s.Close())
	}
}

func TestBrokenLineInTheMiddleIsNamed(t *testing.T) {
	s := openTemp(t)
	must(t, s.SetCoverage(day("2024-01-01")))
	must(t, s.SetCoverage(day("2023-01-01")))
	b, err := os.ReadFile(journalPath(s))
	must(t, err)
	must(t, os.WriteFile(journalPath(s), []byte(strings.Replace(string(b), `"coverage"`, `"cover`, 1)), 0o600))
	var last error
	n := 0
	for _, err := range s.Journal() {
		n, last = n+1, err
	}
	if n != 2 || last == nil || !strings.Contains(last.Error(), "line 2") {
		t.Errorf("%d lines, then %v; want line 2 named", n, last)
	}
}

func TestJournalOfALaterVersionIsRefused(t *testing.T) {
	s := openTemp(t)
	must(t, s.Close())
	b, err := os.ReadFile(journalPath(s))
	must(t, err)
	for from, to := range map[string]string{`"version":1`: `"version":2`, `"created"`: `"seen"`} {
		must(t, os.WriteFile(journalPath(s), []byte(strings.Replace(string(b), from, to, 1)), 0o600))
		if _, err := Open(s.dir); err == nil {
			t.Errorf("a journal with %s was opened", to)
		}
	}
}

// A journal that cannot be written stops the change it should tell of, and one
// that is ahead of the database, as after a crash between the two, is harmless.

func TestNothingChangesThatTheJournalCannotTell(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"))
	must(t, s.Reject(acc(2), "404"))
	before := dump(s)
	must(t, s.journal.f.Close())
	for name, change := range map[string]func() error{
		"discover": func() error { _, err := s.Discover(kept("2024Q2"), rowsOf(row(3, 10, "2024-04-03")), noon); return err },
		"listing":  func() error { return s.PutListing(kept("2024Q3")) },
		"defer":    func() error { return s.Defer(acc(1), noon, "503") },
		"reject":   func() error { return s.Reject(acc(1), "404") },
		"withdraw": func() error { return s.Withdraw(acc(1), "gone") },
		"retry":    func() error { _, err := s.Retry(nil, Rejected); return err },
		"import":   func() error { return s.Record(made(9, "2024-01-03", 10)) },
		"coverage": func() error { return s.SetCoverage(day("2024-01-01")) },
	} {
		if err := change(); err == nil {
			t.Errorf("%s succeeded without a journal", name)
		}
	}
	if diff := cmp.Diff(before, dump(s)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestJournalGoesOnAfterAFaultWithoutWhatWasTorn(t *testing.T) {
	s := openTemp(t)
	must(t, s.SetCoverage(day("2024-01-01")))
	sound := s.journal.f
	broken, err := os.Open(journalPath(s)) // takes no writes, as a full disk
	must(t, err)
	defer broken.Close()
	s.journal.f = broken
	for range 2 {
		if err := s.SetCoverage(day("2023-01-01")); err == nil {
			t.Error("the change was made without a journal")
		}
	}
	s.journal.f = sound
	_, err = sound.WriteAt([]byte(`{"at":"2024-02-02T12:00`), s.journal.size)
	must(t, err)
	must(t, s.SetCoverage(day("2022-01-01")))
	if es := events(readLines(t, s)); !slices.Equal(es, []Event{EventCreated, EventCoverage, EventCoverage}) {
		t.Errorf("events %v, want those of the changes that were made", es)
	}
	if from, _, err := s.Coverage(); err != nil || from != day("2022-01-01") {
		t.Errorf("coverage from %s, %v; want the last", from, err)
	}
}

func TestCrashBetweenJournalAndCommitIsMadeGoodByTheNextTry(t *testing.T) {
	ways := map[string]func(s *Store) error{
		"discover": func(s *Store) error {
			_, err := s.Discover(kept("2024Q1"), rowsOf(row(1, 10, "2024-01-03"), row(2, 11, "2024-01-03")), noon)
			return err
		},
		"defer":    func(s *Store) error { return s.Defer(acc(5), noon, "503") },
		"reject":   func(s *Store) error { return s.Reject(acc(5), "404") },
		"withdraw": func(s *Store) error { return s.Withdraw(acc(5), "gone") },
		"retry":    func(s *Store) error { _, err := s.Retry(nil, Rejected, Withdrawn); return err },
		"import":   func(s *Store) error { return s.Record(made(9, "2024-01-03", 10)) },
		"coverage": func(s *Store) error { return s.SetCoverage(day("2024-01-01")) },
	}
	for name, change := range ways {
		t.Run(name, func(t *testing.T) {
			s := openTemp(t)
			discover(t, s, "2023Q4", row(5, 10, "2023-12-03"), row(6, 10, "2023-12-03"), row(7, 10, "2023-12-03"), row(8, 10, "2023-12-03"))
			must(t, s.Reject(acc(6), "404"))
			must(t, s.Record(made(7, "2023-12-03", 10)))
			must(t, s.Withdraw(acc(7), "gone"))
			must(t, s.Withdraw(acc(8), "gone"))
			before, err := os.ReadFile(filepath.Join(s.dir, databaseName))
			must(t, err)
			must(t, change(s))
			must(t, s.Close())
			must(t, os.WriteFile(filepath.Join(s.dir, databaseName), before, 0o600)) // the commit never was
			s, err = Open(s.dir)
			must(t, err)
			must(t, change(s))
			want := dump(s)
			got := rebuild(t, s, map[string][]rowLike{
				"2023Q4": {row(5, 10, "2023-12-03"), row(6, 10, "2023-12-03"), row(7, 10, "2023-12-03"), row(8, 10, "2023-12-03")}, "2024Q1": {row(1, 10, "2024-01-03"), row(2, 11, "2024-01-03")}})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rebuilt (-want +got):\n%s", diff)
			}
		})
	}
}

package index

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

type rowLike = parse.Row

// rebuild closes s, deletes its database, and makes it anew from the journal, the
// listings given, and the filings that it held. It returns the dump.
func rebuild(t *testing.T, s *Store, listings map[string][]parse.Row) []string {
	t.Helper()
	var filings []*parse.Filing
	for f, err := range s.All(Query{}) {
		must(t, err)
		filings = append(filings, f)
	}
	must(t, s.Close())
	before, err := os.ReadFile(journalPath(s))
	must(t, err)
	must(t, os.Remove(filepath.Join(s.dir, databaseName)))
	var got []string
	must(t, Rebuild(s.dir, func(s *Store) error {
		_, err := s.Replay(func(l Listing) iter.Seq2[parse.Row, error] { return withoutErrors(listings[l.Key]) })
		must(t, err)
		must(t, s.Record(filings...))
		checkInvariants(t, s)
		got = dump(s)
		return nil
	}))
	after, err := os.ReadFile(journalPath(s))
	must(t, err)
	if string(before) != string(after) {
		t.Errorf("rebuilding appended to the journal:\n%s", after[len(before):])
	}
	return got
}

func withoutErrors(rows []parse.Row) iter.Seq2[parse.Row, error] {
	return func(yield func(parse.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestRebuiltIndexEqualsTheOldOneKeyForKey(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 9))
			h := history{s: openTemp(t), r: r, listings: map[string][]parse.Row{}}
			h.s.db.NoSync = true
			for range 100 {
				must(t, h.step())
			}
			want := dump(h.s)
			if diff := cmp.Diff(want, rebuild(t, h.s, h.listings)); diff != "" {
				t.Errorf("(-original +rebuilt):\n%s", diff)
			}
		})
	}
}

// history does at random what a crawl does.
type history struct {
	s        *Store
	r        *rand.Rand
	listings map[string][]parse.Row // the copies kept
	clock    time.Duration
}

func (h *history) step() (err error) {
	h.clock += time.Minute
	n := 1 + h.r.IntN(120)
	switch h.r.IntN(10) {
	case 0, 1:
		err = h.listing()
	case 2, 3:
		err = h.record(n)
	case 4:
		err = h.s.Defer(acc(n), noon.Add(h.clock), fmt.Sprint("503 ", h.clock))
	case 5:
		err = h.s.Reject(acc(n), "404")
	case 6:
		err = h.s.Withdraw(acc(n), "gone")
	case 7:
		some := func(e Entry) bool { return h.r.IntN(4) > 0 }
		_, err = h.s.Retry(some, pick(h.r, []State{Deferred, Rejected, Withdrawn}, 1)...)
	case 8:
		err = h.s.SetCoverage(day("2024-01-01").AddDays(h.r.IntN(9)))
	case 9:
		err = h.check()
	}
	if errors.Is(err, ErrForbidden) || errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// listing grows one of three listings, one of which is a feed.
func (h *history) listing() error {
	key := pick(h.r, []string{"2024Q1", "2024-01-03", "feed"}, 1)[0]
	var rows []parse.Row
	for range h.r.IntN(30) {
		n := 1 + h.r.IntN(100)
		r := row(n, 10+h.r.IntN(20), day("2024-01-02").AddDays(n%20+h.r.IntN(2)).String())
		r.Form = pick(h.r, []edgar.Form{form("8-K"), form("8-K/A")}, 1)[0]
		r.Name += pick(h.r, []string{"", " INC"}, 1)[0]
		rows = append(rows, r)
	}
	l := kept(key)
	if key == "feed" {
		l.SHA256 = ""
	} else {
		rows = append(rows, h.listings[key]...)
		h.listings[key] = rows
	}
	l.Wanted = len(rows)
	_, err := h.s.Discover(l, slices.Values(rows), noon.Add(h.clock))
	return err
}

// check notes that a listing is as it was, as a 304 does.
func (h *history) check() error {
	l, ok, err := h.s.Listing(pick(h.r, []string{"2024Q1", "2024-01-03", "feed"}, 1)[0])
	if err != nil || !ok {
		return err
	}
	l.Checked = noon.Add(h.clock)
	return h.s.PutListing(l)
}

// record records one filing, as first listed or else as imported, with the seen
// time of its entry, as the crawl does.
func (h *history) record(n int) error {
	f := made(n, day("2024-01-02").AddDays(n%20).String(), 10+n%4)
	if e, err := h.s.Entry(f.Accession); err == nil {
		f.Seen = e.Seen
	} else {
		f.Seen = noon.Add(h.clock)
	}
	return h.s.Record(f)
}

func TestReplayFillsOnlyAnEmptyIndex(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	if _, err := s.Replay(nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("Replay = %v, want ErrNotEmpty", err)
	}
}

func TestEntryWhoseRowIsGoneGetsItsFactsFromTheFiling(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"))
	must(t, s.Close())
	must(t, Rebuild(s.dir, func(s *Store) error {
		got, err := s.Replay(func(Listing) iter.Seq2[parse.Row, error] { return nil })
		if want := (Replayed{Lines: 3, Listings: 1, Missing: 1}); err != nil || got != want {
			t.Errorf("Replay = %+v, %v; want %+v", got, err, want)
		}
		if es := due(t, s, noon); len(es) != 0 {
			t.Errorf("due %+v, want nothing that nobody can fetch", es)
		}
		return s.Record(made(1, "2024-01-03", 10))
	}))
	s, err := Open(s.dir)
	must(t, err)
	defer s.Close()
	e, err := s.Entry(acc(1))
	want := Entry{Accession: acc(1), Form: form("8-K"), Filed: day("2024-01-03"), CIKs: []edgar.CIK{cik(10)}, Name: "MADE COMPANY 10", State: Recorded, Seen: noon}
	if diff := cmp.Diff(want, e, plain); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestUnchangedListingLeavesTheOrderOfReadings(t *testing.T) {
	s := openTemp(t)
	old, corrected := row(1, 10, "2024-04-01"), row(1, 10, "2024-03-29")
	corrected.Form, corrected.Name = form("8-K/A"), "NEW NAME"
	discover(t, s, "2024Q2", old)
	discover(t, s, "2024Q1", corrected)
	must(t, s.PutListing(kept("2024Q2"))) // a 304
	feed := kept("feed")
	feed.SHA256 = ""
	last := row(2, 10, "2024-04-02")
	discover(t, s, "2024-04-02", row(2, 10, "2024-04-01"))
	_, err := s.Discover(feed, rowsOf(last), noon)
	must(t, err)
	want := dump(s)
	got := rebuild(t, s, map[string][]parse.Row{"2024Q1": {corrected}, "2024Q2": {old}, "2024-04-02": {row(2, 10, "2024-04-01")}})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-original +rebuilt):\n%s", diff)
	}
}

func TestRowsOfAReadingThatWasCutOffAreNotForgotten(t *testing.T) {
	s := openTemp(t)
	must(t, s.PutListing(kept("2024Q1"))) // fetched, then read
	ns := make([]parse.Row, batchRows)
	for i := range ns {
		ns[i] = row(i+1, 10, "2024-01-03")
	}
	if _, err := s.Discover(kept("2024Q1"), slices.Values(append(ns, parse.Row{})), noon); err == nil {
		t.Fatal("a row of nothing was taken")
	}
	want := dump(s)
	if diff := cmp.Diff(want, rebuild(t, s, map[string][]parse.Row{"2024Q1": ns})); diff != "" {
		t.Errorf("(-original +rebuilt):\n%s", diff)
	}
}

// The journal is on the disk before the database is: a crawl that is killed between
// the two has told of submissions that the next one sees first.
func TestWhatTheIndexDidNotGetWasFirstSeenByTheNextPass(t *testing.T) {
	s := openTemp(t)
	lost := JournalLine{At: noon.Add(-time.Hour), Event: EventSeen, Key: "2024Q1", Accessions: []edgar.Accession{acc(1)}}
	imported := Entry{Accession: acc(2), Form: form("8-K"), Filed: day("2024-01-03"), CIKs: []edgar.CIK{cik(10)}, Seen: noon.Add(-time.Hour)}
	must(t, s.journal.append(lost, imported.line(EventImported)))
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Record(made(2, "2024-01-03", 10)))
	want := dump(s)
	if diff := cmp.Diff(want, rebuild(t, s, map[string][]parse.Row{"2024Q1": {row(1, 10, "2024-01-03")}})); diff != "" {
		t.Errorf("(-original +rebuilt):\n%s", diff)
	}
}

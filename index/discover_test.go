package index

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func TestDiscoverAgainChangesNothing(t *testing.T) {
	s := openTemp(t)
	ns := make([]int, 3500)
	for i := range ns {
		ns[i] = i + 1
	}
	if d := discoverMany(t, s, ns); d != (Discovery{New: 3500}) {
		t.Errorf("first time %+v, want 3500 new", d)
	}
	before := dump(s)
	if d := discoverMany(t, s, ns); d != (Discovery{Known: 3500}) {
		t.Errorf("second time %+v, want 3500 known", d)
	}
	if diff := cmp.Diff(before, dump(s)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	checkInvariants(t, s)
}

func TestListingIsNotedOnlyWhenAllItsRowsAre(t *testing.T) {
	s := openTemp(t)
	var rows []parse.Row
	for n := 1; n <= batchRows+500; n++ {
		rows = append(rows, row(n, 10, "2024-01-03"))
	}
	rows = append(rows, parse.Row{}) // cannot be taken in
	d, err := s.Discover(kept("2024Q1"), slices.Values(rows), noon)
	if err == nil || d.New != batchRows {
		t.Errorf("Discover = %+v, %v; want the first batch and an error", d, err)
	}
	if _, ok, err := s.Listing("2024Q1"); ok || err != nil {
		t.Errorf("listing noted %t, %v; want not", ok, err)
	}
	d, err = s.Discover(kept("2024Q1"), slices.Values(rows[:batchRows+500]), noon)
	if err != nil || d != (Discovery{New: 500, Known: batchRows}) {
		t.Errorf("again: %+v, %v; want the rest", d, err)
	}
	if _, ok, err := s.Listing("2024Q1"); !ok || err != nil {
		t.Errorf("listing noted %t, %v; want it", ok, err)
	}
}

func TestCorrectedRowMovesAnEntryThatIsDue(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024-02-01", row(1, 10, "2024-02-01"), row(2, 10, "2024-02-02"))
	r := row(1, 10, "2024-02-05")
	r.Form, r.Name = form("8-K/A"), "RENAMED COMPANY"
	discover(t, s, "2024Q1", r)
	got := due(t, s, noon)
	want := []edgar.Accession{acc(1), acc(2)}
	if as := accessions(got); !slices.Equal(as, want) {
		t.Fatalf("due %v, want %v", as, want)
	}
	if got[0].Form != r.Form || got[0].Name != r.Name || got[0].Filed != r.Filed {
		t.Errorf("entry %+v, want what the later row says", got[0])
	}
	checkInvariants(t, s)
}

func TestLateRowPutsARecordedFilingUnderItsFiler(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024-02-01", row(1, 10, "2024-02-01"))
	must(t, s.Record(made(1, "2024-02-01", 10)))
	if d := discover(t, s, "2024Q1", row(1, 10, "2024-02-01"), row(1, 77, "2024-02-01")); d != (Discovery{Known: 2}) {
		t.Errorf("Discover = %+v, want 2 known", d)
	}
	if got := all(t, s, Query{CIKs: []edgar.CIK{cik(77)}}); len(got) != 1 {
		t.Errorf("under the new filer: %v, want the filing", got)
	}
	if e, err := s.Entry(acc(1)); err != nil || e.State != Recorded {
		t.Errorf("entry %+v, %v; want it recorded still", e, err)
	}
	checkInvariants(t, s)
}

func TestListingsComeBackAsTheyWerePut(t *testing.T) {
	s := openTemp(t)
	want := []Listing{
		{Key: "2023Q4", Absent: true, Checked: noon},
		{Key: "2024Q1", File: "full-index/2024/QTR1/master.gz", ETag: `"x"`, LastModified: "Sat, 03 Feb 2024 06:00:00 GMT", SHA256: "ab", Size: 5,
			Fetched: noon, Checked: noon.Add(time.Hour), LastData: day("2024-02-02"), Rows: 9, Wanted: 2, Bad: 1, Scope: "8-K"},
	}
	for _, l := range slices.Backward(want) {
		must(t, s.PutListing(l))
	}
	got, err := s.Listings()
	must(t, err)
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	lines := len(readLines(t, s))
	for name, l := range map[string]Listing{
		"a listing without key":     {},
		"a record of a megabyte":    {Key: "2024Q2", Scope: strings.Repeat("cik ", 1<<18)},
		"a key of a thousand bytes": {Key: strings.Repeat("2024", 250)},
	} {
		_, err := s.Discover(l, rowsOf(row(1, 10, "2024-01-03")), noon)
		if perr := s.PutListing(l); err == nil || perr == nil || len(readLines(t, s)) != lines {
			t.Errorf("%s was taken: %v, %v", name, err, perr)
		}
	}
}

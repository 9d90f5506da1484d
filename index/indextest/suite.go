package indextest

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// Open makes a new index, has it filled unless fill is nil, and returns a Reader of
// it. It closes what it opens when the test ends.
type Open func(t *testing.T, fill func(*index.Store) error) index.Reader

// Run holds the readers that open makes to the contract of [index.Reader].
func Run(t *testing.T, open Open) {
	full, empty, amended := open(t, fill), open(t, nil), open(t, fillAmended)
	for _, tt := range []struct {
		name string
		test func(*testing.T, index.Reader)
		in   index.Reader
	}{
		{"an entry says where a submission stands", entries, full},
		{"a filing is what was recorded, without text", filings, full},
		{"its keys are those that entries and filings call for", sound, full},
		{"what is not there is ErrNotFound", nothing, full},
		{"standings tell of every entry what the archive must have", standings, full},
		{"filings are found newest first", newest, full},
		{"every field of a query counts", queries, full},
		{"pages follow each other by their tokens", pages, full},
		{"a token that is none, or of another list, is ErrToken", tokens, full},
		{"entries are found by their state", standing, full},
		{"a ticker is found in any case", tickers, full},
		{"a symbol leads to who has it and who had it", symbols, full},
		{"the status counts everything", status, full},
		{"changes come oldest first, each filing once", changes, full},
		{"an edition names the state of all filings", edition, full},
		{"filings are tallied by when they came", tally, full},
		{"an issuer is as its newest filing has it", issuers, full},
		{"issuers are suggested by symbol and name", suggestions, full},
		{"filings are counted by item, form and year", counts, full},
		{"passes come newest first, as many as asked for", passes, full},
		{"listings are kept whole, by key", listings, full},
		{"coverage is the day that was set", covered, full},
		{"amendments and what they amend are told, both ways", amendments, amended},
		{"a copy is the index of a moment", copied, full},
		{"an empty index is no failure", emptiness, empty},
		{"many may ask at once", together, full},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, tt.in) })
	}
}

// same compares with what was expected; the zone of a time counts for nothing.
func same(t *testing.T, what string, want, got any, err error) {
	t.Helper()
	comparable := cmpopts.EquateComparable(edgar.Accession{}, edgar.CIK{}, edgar.Date{}, edgar.Form{}, edgar.Quarter{})
	if diff := cmp.Diff(want, got, comparable, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(parse.Document{})); err != nil || diff != "" {
		t.Errorf("%s: %v (-want +got):\n%s", what, err, diff)
	}
}

func wants(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func entries(t *testing.T, r index.Reader) {
	for n, want := range map[int]index.Entry{
		1: {State: index.Recorded},
		3: {State: index.Withdrawn, Reason: "not listed any more"},
		4: {State: index.Deferred, Attempts: 1, Next: noon().Add(time.Hour), Reason: "HTTP 503"},
		5: {State: index.Rejected, Reason: "truncated"},
		6: {State: index.Discovered},
	} {
		want.Accession, want.Form, want.Filed, want.CIKs, want.Name, want.Seen = acc(n), form("8-K"), filed(n), []edgar.CIK{filer(n)}, nameOf(filer(n)), noon()
		got, err := r.Entry(acc(n))
		same(t, "entry "+acc(n).String(), want, got, err)
	}
}

func filings(t *testing.T, r index.Reader) {
	got, err := r.Filing(acc(2))
	same(t, "filing", made(2), got, err)
	if err == nil && got.Accepted.Location() != edgar.Eastern() {
		t.Errorf("accepted in %v, want %v", got.Accepted.Location(), edgar.Eastern())
	}
	got, err = r.Filing(acc(3))
	want := made(3)
	want.Withdrawn = true
	same(t, "withdrawn filing", want, got, err)
}

func nothing(t *testing.T, r index.Reader) {
	_, err := r.Entry(acc(99))
	wants(t, "entry", err, index.ErrNotFound)
	_, err = r.Filing(acc(99))
	wants(t, "filing", err, index.ErrNotFound)
	_, err = r.Filing(acc(6)) // an entry, and no filing
	wants(t, "filing of an entry", err, index.ErrNotFound)
	_, err = r.Symbols("NONE")
	wants(t, "symbol", err, index.ErrNotFound)
	_, err = r.Ticker("NONE")
	wants(t, "ticker", err, index.ErrNotFound)
	if err == nil || err.Error() != `ticker "NONE": not in the index` {
		t.Errorf("the words of the error are %v", err)
	}
	l, ok, err := r.Listing("1999Q1")
	same(t, "listing", index.Listing{}, l, err)
	if ok {
		t.Error("a listing that is not known is known")
	}
}

func amendments(t *testing.T, r index.Reader) {
	got, err := r.Amendments(acc(1))
	if err != nil || len(got) != 2 {
		t.Fatalf("%d amendments of the original, %v, want 2", len(got), err)
	}
	for i, f := range got {
		want := amending(7 + i)
		want.Amends = &parse.Amends{Accession: acc(1), Status: parse.AmendsLinked, Evidence: f.Amends.Evidence}
		same(t, "amendment", want, f, nil)
		alone, err := r.Filing(f.Accession)
		same(t, "the same alone", f, alone, err)
	}
	p, err := r.Find(index.Query{OldestFirst: true})
	same(t, "the same found", append([]*parse.Filing{made(1)}, got...), p.Filings, err)
	none, err := r.Amendments(acc(7))
	same(t, "amendments of an amendment", []*parse.Filing(nil), none, err)
	_, err = r.Amendments(acc(99))
	wants(t, "amendments of nothing", err, index.ErrNotFound)
}

func standings(t *testing.T, r index.Reader) {
	var got []index.Standing
	for after, more := (edgar.Accession{}), true; more; {
		page, err := r.Standings(after, 4)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page...)
		if more = len(page) == 4; more {
			after = page[3].Accession
		}
	}
	var want []index.Standing
	for n := 1; n <= 6; n++ {
		e, err := r.Entry(acc(n))
		if err != nil {
			t.Fatal(err)
		}
		st := index.Standing{Entry: e}
		if n <= 3 {
			st.Filing, st.SHA256, st.Size, st.Revision = true, sum(n), int64(1000+n), 1
		}
		want = append(want, st)
	}
	same(t, "four at a time", want, got, nil)
	all, err := r.Standings(edgar.Accession{}, index.MaxStandings+1)
	same(t, "all at once", want, all, err)
	none, err := r.Standings(acc(6), 0)
	same(t, "after the last", []index.Standing(nil), none, err)
}

func sound(t *testing.T, r index.Reader) {
	ask := func(ask func(index.Reader) error) error { return ask(r) }
	told := 0
	got, err := index.CheckIndex(t.Context(), ask, func(entries int) { told = entries })
	if err != nil || got.Faults != 0 || got.Entries != 6 || got.Filings != 3 || got.Keys < 20 || told != 6 {
		t.Errorf("keys: %+v, %v, %d entries told; want 6 entries, 3 filings and no fault", got, err, told)
	}
	if _, err := r.CheckKeys(index.KeyQuestion{Part: "everything"}); err == nil {
		t.Error("a part that is none has an answer")
	}
}

// found returns the numbers of the filings on a page.
func found(t *testing.T, r index.Reader, q index.Query) (ns []int) {
	t.Helper()
	p, err := r.Find(q)
	if err != nil {
		t.Errorf("%+v: %v", q, err)
	}
	return numbers(p.Filings)
}

func numbers(fs []*parse.Filing) (ns []int) {
	for _, f := range fs {
		ns = append(ns, int(f.Size-1000))
	}
	return ns
}

func newest(t *testing.T, r index.Reader) {
	p, err := r.Find(index.Query{})
	want := made(3)
	want.Withdrawn = true
	same(t, "page", index.Page{Filings: []*parse.Filing{want, made(2), made(1)}}, p, err)
}

func pages(t *testing.T, r index.Reader) {
	var got []int
	q := index.Query{Limit: 2}
	for range 3 {
		p, err := r.Find(q)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, numbers(p.Filings)...)
		if q.After = p.Next; p.Next == "" {
			break
		}
	}
	same(t, "page by page", []int{3, 2, 1}, got, nil)
}

func tickers(t *testing.T, r index.Reader) {
	got, err := r.Ticker("kelp")
	same(t, "ticker", filer(0), got, err)
	all, err := r.Tickers()
	same(t, "tickers", map[string]edgar.CIK{"KELP": filer(0)}, all.CIKs, err)
}

func status(t *testing.T, r index.Reader) {
	got, err := r.Status(noon())
	same(t, "status", index.Status{
		States:  map[index.State]int{index.Discovered: 1, index.Deferred: 1, index.Recorded: 2, index.Rejected: 1, index.Withdrawn: 1},
		Due:     1,
		NextDue: noon().Add(time.Hour), DueSince: noon(),
		Reasons:  []index.ReasonCount{{State: index.Deferred, Reason: "HTTP 503", Count: 1}, {State: index.Rejected, Reason: "truncated", Count: 1}, {State: index.Withdrawn, Reason: "not listed any more", Count: 1}},
		Quarters: []index.QuarterCoverage{{Quarter: filed(1).Quarter(), Wanted: 6, Discovered: 1, Deferred: 1, Recorded: 2, Rejected: 1, Withdrawn: 1}},
		From:     coverage(), To: filed(6), Passes: []index.Pass{pass(3), pass(2), pass(1)},
	}, got, err)
	got, err = r.Status(noon().Add(time.Hour))
	same(t, "due an hour later", 2, got.Due, err)
}

func changes(t *testing.T, r index.Reader) {
	withdrawn := made(3)
	withdrawn.Withdrawn = true
	all, err := r.Changes(0, 0)
	want := index.ChangePage{Epoch: all.Epoch, Last: 5, Changes: []index.Change{{Sequence: 1, Filing: made(1)}, {Sequence: 2, Filing: made(2)}, {Sequence: 4, Filing: withdrawn}}}
	same(t, "changes", want, all, err)
	if all.Epoch == "" {
		t.Error("the numbering has no name")
	}
	one, err := r.Changes(1, 1)
	same(t, "one after the first", index.ChangePage{Epoch: all.Epoch, Last: 5, Changes: want.Changes[1:2]}, one, err)
	none, err := r.Changes(4, 10)
	same(t, "after the last", index.ChangePage{Epoch: all.Epoch, Last: 5}, none, err)
}

func counts(t *testing.T, r index.Reader) {
	got, err := r.Counts()
	same(t, "counts", index.Counts{
		Items: []index.Count{{Key: "2.02", Year: 2024, Count: 3}, {Key: "8.01", Year: 2024, Count: 1}, {Key: "8.02", Year: 2024, Count: 1}, {Key: "8.03", Year: 2024, Count: 1}},
		Forms: []index.Count{{Key: "8-K", Year: 2024, Count: 3}},
		Years: []index.Count{{Year: 2024, Count: 3}},
	}, got, err)
}

func passes(t *testing.T, r index.Reader) {
	got, err := r.Passes(2)
	same(t, "passes", []index.Pass{pass(3), pass(2)}, got, err)
}

func listings(t *testing.T, r index.Reader) {
	got, err := r.Listings()
	same(t, "listings", []index.Listing{absent(), listing()}, got, err)
	one, ok, err := r.Listing("2024Q1")
	same(t, "listing", listing(), one, err)
	if !ok {
		t.Error("a listing that is known is not")
	}
}

func covered(t *testing.T, r index.Reader) {
	got, ok, err := r.Coverage()
	same(t, "coverage", coverage(), got, err)
	if !ok {
		t.Error("coverage that was set is not")
	}
}

func copied(t *testing.T, r index.Reader) {
	path := filepath.Join(t.TempDir(), "copy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var told index.Snapshot
	err = r.Backup(func(snap index.Snapshot) (io.Writer, error) { told = snap; return f, nil })
	if err := errors.Join(err, f.Close(), index.CheckBackup(t.Context(), path, told, nil)); err != nil {
		t.Fatal(err)
	}
	if told.Filings != 3 || told.Entries != 6 || told.Identity == "" || told.Schema != index.SchemaVersion {
		t.Errorf("the copy is of %+v, want 3 filings of 6 entries", told)
	}
	full := errors.New("full")
	wants(t, "a copy that cannot be written", r.Backup(func(index.Snapshot) (io.Writer, error) { return nil, full }), full)
}

func emptiness(t *testing.T, r index.Reader) {
	p, err := r.Find(index.Query{})
	same(t, "page", index.Page{}, p, err)
	es, err := r.FindEntries(index.EntryQuery{})
	same(t, "page of entries", index.EntryPage{}, es, err)
	st, err := r.Status(noon())
	same(t, "recorded", 0, st.States[index.Recorded], err)
	same(t, "states", len(index.States()), len(st.States), nil)
	cs, err := r.Counts()
	same(t, "counts", index.Counts{}, cs, err)
	ch, err := r.Changes(0, 10)
	same(t, "changes", index.ChangePage{Epoch: ch.Epoch}, ch, err)
	is, err := r.Suggest("made", 10)
	same(t, "suggestions", []index.Issuer(nil), is, err)
	ta, err := r.Tally(index.TallyQuestion{})
	same(t, "tally", index.TallyPage{}, ta, err)
	ps, err := r.Passes(10)
	same(t, "passes", []index.Pass(nil), ps, err)
	ls, err := r.Listings()
	same(t, "listings", []index.Listing(nil), ls, err)
	all, err := r.Standings(edgar.Accession{}, 10)
	same(t, "standings", []index.Standing(nil), all, err)
	from, ok, err := r.Coverage()
	same(t, "coverage", edgar.Date{}, from, err)
	if ok {
		t.Error("coverage that was never set is")
	}
}

func together(t *testing.T, r index.Reader) {
	const askers = 100
	errs := make(chan error)
	for range askers {
		go func() {
			p, err := r.Find(index.Query{})
			if err == nil && len(p.Filings) != 3 {
				err = errors.New("not all filings were found")
			}
			errs <- err
		}()
	}
	for range askers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

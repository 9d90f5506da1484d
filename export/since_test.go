package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// ledger is an index alone, and what an export of it must have said.
type ledger struct {
	*house
	sizes map[edgar.Accession]int64 // what each filing says now
	state map[edgar.Accession]bool  // whether it is withdrawn
	next  int64
}

func newLedger(t *testing.T) *ledger {
	t.Helper()
	h := &house{t: t, dir: t.TempDir()}
	var err error
	if h.ix, err = index.Open(h.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ix.Close() })
	return &ledger{house: h, sizes: map[edgar.Accession]int64{}, state: map[edgar.Accession]bool{}}
}

func number(t testing.TB, n int) edgar.Accession {
	t.Helper()
	a, err := edgar.ParseAccession(fmt.Sprintf("0009000001-24-%06d", n))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// record records the n-th filing, with another size each time.
func (l *ledger) record(n int) {
	l.t.Helper()
	filed, err := edgar.ParseDate("2024-01-31")
	if err != nil {
		l.t.Fatal(err)
	}
	form, err := edgar.ParseForm("8-K")
	if err != nil {
		l.t.Fatal(err)
	}
	l.next++
	f := &parse.Filing{
		Schema: 1, Parser: 1, Accession: number(l.t, n), Form: form, Filed: filed.AddDays(-n),
		Items: []parse.Item{{Number: []string{"2.02", "8.01"}[n%2], Title: "Made", Source: parse.SourceHeader}}, Documents: []parse.Document{},
		Revision: 1, Recorded: filed.Midnight(), Seen: filed.Midnight(), SHA256: strings.Repeat("00", 32), Size: l.next,
	}
	again := func(e index.Entry) bool { return e.Accession == f.Accession }
	if _, err := l.ix.Retry(again, index.Withdrawn); err != nil {
		l.t.Fatal(err)
	}
	if err := l.ix.Record(f); err != nil {
		l.t.Fatal(err)
	}
	l.sizes[f.Accession], l.state[f.Accession] = l.next, false
}

func (l *ledger) withdraw(n int) {
	l.t.Helper()
	if err := l.ix.Withdraw(number(l.t, n), "not listed any more"); err != nil {
		l.t.Fatal(err)
	}
	l.state[number(l.t, n)] = true
}

// row is what a line of an export says of a filing.
type row struct {
	Accession edgar.Accession
	Size      int64
	Withdrawn bool
}

// since exports what is new by a cursor, and moves it when moved says so.
func (h *house) since(name string, c Config, moved bool) (rows []row, rep Report) {
	h.t.Helper()
	cur, err := OpenCursor(h.dir, name, "all")
	if err != nil {
		h.t.Fatal(err)
	}
	defer cur.Close()
	var b bytes.Buffer
	if rep, err = c.RunSince(h.t.Context(), &b, cur); err != nil {
		h.t.Fatal(err)
	}
	if moved {
		if err := cur.Move(); err != nil {
			h.t.Fatal(err)
		}
	}
	return lines[row](h.t, b.String()), rep
}

func lineRows() Options { return Options{Format: JSONL, Rows: Filings} }

// TestTheUnionOfExportsIsAllThereIs records, withdraws, exports, loses cursors' moves
// and makes the index anew, by chance, and applies what comes out as a reader would.
func TestTheUnionOfExportsIsAllThereIs(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r, l := rand.New(rand.NewPCG(seed, 1)), newLedger(t)
			got := map[edgar.Accession]row{}
			seen := map[edgar.Accession]row{} // what came out and was moved behind
			apply := func(moved bool) {
				rows, _ := l.since("union", l.config(lineRows()), moved)
				once := map[edgar.Accession]bool{}
				for _, x := range rows {
					if once[x.Accession] {
						t.Errorf("%s comes twice in one export", x.Accession)
					}
					once[x.Accession] = true
					if seen[x.Accession] == x {
						t.Errorf("%s comes again as it was", x.Accession)
					}
					got[x.Accession] = x
					if moved {
						seen[x.Accession] = x
					}
				}
			}
			for range 60 {
				switch n := 1 + r.IntN(40); r.IntN(8) {
				case 0, 1, 2, 3:
					l.record(n)
				case 4:
					if withdrawn, ok := l.state[number(t, n)]; ok && !withdrawn {
						l.withdraw(n)
					}
				case 5:
					apply(false) // killed before the move
				default:
					apply(true)
				}
			}
			apply(true)
			want := map[edgar.Accession]row{}
			for a, size := range l.sizes {
				want[a] = row{a, size, l.state[a]}
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b edgar.Accession) bool { return a == b })); diff != "" {
				t.Errorf("(-index +exports):\n%s", diff)
			}
			if rows, _ := l.since("union", l.config(lineRows()), true); len(rows) != 0 {
				t.Errorf("%d filings come again", len(rows))
			}
		})
	}
}

// meddler records while an export reads.
type meddler struct {
	Source
	meddle func()
}

func (m *meddler) Changes(after uint64, limit int) (index.ChangePage, error) {
	p, err := m.Source.Changes(after, 3)
	m.meddle()
	return p, err
}

func TestWhatIsRecordedMeanwhileIsNeitherLostNorDoubled(t *testing.T) {
	l := newLedger(t)
	for n := range 20 {
		l.record(n + 1)
	}
	n := 0
	c := l.config(lineRows())
	c.Source = &meddler{l.ix, func() {
		n++
		l.record(100 + n)  // a new one
		l.record(20 - n)   // one not read yet, or read already
		l.record(n%20 + 1) // likewise
	}}
	got := map[edgar.Accession]int64{}
	first, _ := l.since("meddled", c, true)
	second, _ := l.since("meddled", l.config(lineRows()), true)
	for i, rows := range [][]row{first, second} {
		for _, x := range rows {
			if size, ok := got[x.Accession]; ok && size == x.Size {
				t.Errorf("export %d has %s again as it was", i+1, x.Accession)
			}
			got[x.Accession] = x.Size
		}
	}
	for a, size := range l.sizes {
		if got[a] != size {
			t.Errorf("%s came with size %d, last, and has %d", a, got[a], size)
		}
	}
	if len(first) > 20 || len(second) == 0 {
		t.Errorf("%d and %d filings, want at most 20 and then the rest", len(first), len(second))
	}
}

func TestOnlyWhatTheQueryWantsIsNew(t *testing.T) {
	l := newLedger(t)
	for n := range 10 {
		l.record(n + 1)
	}
	c := l.config(lineRows())
	c.Query.Items = []string{"2.02"}
	rows, _ := l.since("items", c, true)
	l.record(2)
	l.record(3)
	again, _ := l.since("items", c, true)
	if len(rows) != 5 || len(again) != 1 || again[0].Accession != number(t, 2) {
		t.Errorf("%d and %v, want five and then the second", len(rows), again)
	}
}

func TestAnIndexThatCountsAnewIsExportedAnew(t *testing.T) {
	l := newLedger(t)
	for n := range 5 {
		l.record(n + 1)
	}
	l.since("anew", l.config(lineRows()), true)
	other := newLedger(t)
	other.record(1)
	c := l.config(lineRows())
	c.Source = other.ix
	for i, want := range []Report{{Filings: 1, Rows: 1, Anew: true}, {}} {
		if _, rep := l.since("anew", c, true); rep != want {
			t.Errorf("export %d from another numbering: %+v, want %+v", i+1, rep, want)
		}
	}
}

// turned is an index put back from a backup, after which others got the same numbers.
type turned struct {
	Source
	page func(index.ChangePage)
}

func (s *turned) Changes(after uint64, limit int) (index.ChangePage, error) {
	p, err := s.Source.Changes(after, limit)
	s.page(p)
	return p, err
}

func TestAnIndexPutBackFromABackupIsExportedAnew(t *testing.T) {
	l := newLedger(t)
	for n := range 5 {
		l.record(n + 1)
	}
	l.since("back", l.config(lineRows()), true)
	c := l.config(lineRows())
	c.Source = &turned{l.ix, func(p index.ChangePage) {
		for i := range p.Changes {
			p.Changes[i].Filing.Accession = number(t, 1000+i)
		}
	}}
	if rows, rep := l.since("back", c, true); !rep.Anew || len(rows) != 5 {
		t.Errorf("%d filings, %+v, want all five anew", len(rows), rep)
	}
}

func TestAFilingWithoutItsTextComesAgainUntilItHasIt(t *testing.T) {
	h := demoHouse(t)
	c := h.config(Options{Format: JSONL, Rows: Filings, Text: ItemText})
	all, _ := h.since("texts", c, false)
	lost := all[3].Accession
	hidden := hide(t, filepath.Join(h.dir, "archive"), lost.String())
	if _, rep := h.since("texts", c, true); rep.Unread != 1 {
		t.Fatalf("%+v, want one unread", rep)
	}
	if rows, rep := h.since("texts", c, true); rep.Unread != 1 || len(rows) != 1 || rows[0].Accession != lost {
		t.Errorf("%v, %+v, want the one that was unread", rows, rep)
	}
	hidden()
	for i, want := range []int{1, 0} {
		if rows, rep := h.since("texts", c, true); rep.Unread != 0 || len(rows) != want {
			t.Errorf("export %d after: %v, %+v, want %d", i+1, rows, rep, want)
		}
	}
}

// hide moves the file of a submission away; back puts it where it was.
func hide(t *testing.T, archive, accession string) (back func()) {
	t.Helper()
	back = func() { t.Errorf("%s was not found", accession) }
	err := filepath.WalkDir(archive, func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(d.Name(), accession+".") {
			return err
		}
		away := filepath.Join(t.TempDir(), "hidden")
		back = func() { os.Rename(away, path) }
		return os.Rename(path, away)
	})
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestANameIsAnElementOfAPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"", ".", "..", "a/b", "../a", ".a", "-a", "A", "a b", "a\x00", "é", "a\\b", strings.Repeat("a", 65)} {
		if c, err := OpenCursor(dir, name, ""); err == nil || !strings.Contains(err.Error(), "want 1 to 64 small letters") {
			t.Errorf("%q: %v, %v, want a refusal", name, c, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v, %v, want nothing made", left, err)
	}
	for _, name := range []string{"a", "0", "a-b_c.d", strings.Repeat("a", 64)} {
		c, err := OpenCursor(dir, name, "")
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		c.Close()
	}
}

func TestACursorIsOfOneExportAtATime(t *testing.T) {
	l := newLedger(t)
	l.record(1)
	c, err := OpenCursor(l.dir, "one", "all")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenCursor(l.dir, "one", "all"); err == nil || !strings.Contains(err.Error(), "under way") {
		t.Errorf("a second one: %v, want a refusal", err)
	}
	c.Close()
	l.since("one", l.config(lineRows()), true)
	if _, err := OpenCursor(l.dir, "one", "--item 2.02"); !errors.Is(err, ErrAsked) || !strings.Contains(err.Error(), `"all"`) {
		t.Errorf("another one: %v, want ErrAsked", err)
	}
	info, err := os.Stat(filepath.Join(l.dir, "exports", "one.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v, want 0600", info.Mode(), err)
	}
}

func TestADamagedCursorIsRefusedWithARemedy(t *testing.T) {
	l := newLedger(t)
	l.since("bad", l.config(lineRows()), true)
	path := filepath.Join(l.dir, "exports", "bad.json")
	for _, content := range []string{"", "{", "{}", `{"version":2,"epoch":"x"}`, `{"version":1,"sequence":3}`, `{"version":1,"epoch":"x","sequence":-1}`} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenCursor(l.dir, "bad", "all"); err == nil || !strings.Contains(err.Error(), "remove it, and the export begins again") {
			t.Errorf("%q: %v, want a remedy", content, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add([]byte(`{"version":1,"asked":"--rows filings","epoch":"a","sequence":7,"last":"0009000001-24-000001","unread":["0009000001-24-000001"]}`))
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parsePlace(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := parsePlace(again); err != nil || q.Sequence != p.Sequence || q.Last != p.Last || !slices.Equal(q.Unread, p.Unread) {
			t.Errorf("%+v comes back as %+v, %v", p, q, err)
		}
	})
}

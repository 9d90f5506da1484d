package crawl

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

// synced is a house with fourReports' filings recorded.
func synced(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, fourReports()...)
	h.sync(Scope{From: day("2024-01-01"), To: day("2024-06-30")})
	return h
}

// older alters recorded filings, as an older parser might have read them.
func (h *house) older(alter func(*parse.Filing), accessions ...string) {
	h.t.Helper()
	for _, a := range accessions {
		f := must(h.ix.Filing(acc(a)))
		f.Parser--
		alter(f)
		if err := h.ix.Record(f); err != nil {
			h.t.Fatal(err)
		}
	}
}

// compared rebuilds the index and compares it with the one before.
func (h *house) compared() (c Comparison, err error) {
	h.t.Helper()
	h.ix.Close()
	rerr := index.Rebuild(h.dir, func(ix *index.Store) error {
		cfg := Config{Index: ix, Archive: h.ar, ListingsDir: h.dir + "/listings"}
		if _, err := Reindex(h.t.Context(), cfg); err != nil {
			return err
		}
		c, err = Compare(h.t.Context(), cfg)
		return nil
	})
	if rerr != nil {
		h.t.Fatal(rerr)
	}
	h.ix = must(index.Open(h.dir))
	return c, err
}

const (
	first  = "0000900001-24-000001"
	second = "0000900001-24-000002"
	third  = "0000900001-24-000011"
)

func TestAnIndexRebuiltByTheSameParserDiffersInNothing(t *testing.T) {
	c, err := synced(t).compared()
	want := Comparison{Parser: parse.ParserVersion, Before: map[int]int{parse.ParserVersion: 4}, Same: 4, Fields: []FieldDifference{}, Entries: EntryComparison{Same: 4}}
	if diff := cmp.Diff(want, c); diff != "" || err != nil || c.Differs() {
		t.Errorf("%v, differs: %t (-want +got):\n%s", err, c.Differs(), diff)
	}
}

func TestAnotherParserThatReadsTheSameChangesNothing(t *testing.T) {
	h := synced(t)
	h.older(func(*parse.Filing) {}, first, second)
	c, err := h.compared()
	if want := map[int]int{parse.ParserVersion - 1: 2, parse.ParserVersion: 2}; err != nil || c.Differs() || !cmp.Equal(want, c.Before) || c.Same != 4 {
		t.Errorf("%+v, %v; want nothing but parsers %v", c, err, want)
	}
}

func TestWhatANewerParserChangesIsCountedByFieldWithExamples(t *testing.T) {
	h := synced(t)
	h.older(func(f *parse.Filing) {
		f.Items[0].Number, f.Items[0].Title = "7.01", "Regulation FD Disclosure"
		f.Cover = nil
	}, first)
	h.older(func(f *parse.Filing) {
		f.Items = f.Items[:1]
		f.Filers[0].Name = strings.Repeat("Tidewater ", 100)
	}, second, third)
	c, err := h.compared()
	if err != nil || c.Changed.Filings != 3 || c.Same != 1 || !c.Differs() {
		t.Fatalf("%v: %d changed, %d the same; want 3 and 1", err, c.Changed.Filings, c.Same)
	}
	got := map[string]string{}
	for _, f := range c.Fields {
		got[f.Path] = fmt.Sprintf("%d filings, +%d -%d ~%d, %d examples of %s", f.Filings, f.Added, f.Removed, f.Changed, len(f.Examples), f.Examples[0].Accession)
	}
	want := map[string]string{
		"items[].number": "1 filings, +0 -0 ~1, 1 examples of " + first,
		"items[].title":  "1 filings, +0 -0 ~1, 1 examples of " + first,
		"items[]":        "2 filings, +2 -0 ~0, 2 examples of " + second,
		"cover":          "1 filings, +1 -0 ~0, 1 examples of " + first,
		"filers[].name":  "2 filings, +0 -0 ~2, 2 examples of " + second,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, f := range c.Fields {
		for _, e := range f.Examples {
			if len(e.Old) > maxValue+3 || len(e.New) > maxValue+3 {
				t.Errorf("%s of %s: values of %d and %d bytes", f.Path, e.Accession, len(e.Old), len(e.New))
			}
		}
	}
	if again, err := h.compared(); err != nil || again.Differs() {
		t.Errorf("once rebuilt it differs still: %+v, %v", again, err)
	}
}

func TestExamplesAreTheFirstFewHoweverManyFilingsDiffer(t *testing.T) {
	c := &contrast{fields: map[string]*FieldDifference{}, Comparison: Comparison{Before: map[int]int{}}, progress: func(Progress) {}}
	done := make(chan judgement, 100)
	for i := range 100 {
		a := acc(fmt.Sprintf("0000900001-24-%06d", 100-i))
		done <- judgement{accession: a, kind: twinChanged, parser: 1, changes: []parse.FieldChange{{Path: "form", Old: "1", New: "2"}, {Path: "form", Old: "3"}}}
	}
	close(done)
	if err := c.count(done); err != nil {
		t.Fatal(err)
	}
	c.sort()
	var shown []edgar.Accession
	for _, e := range c.Fields[0].Examples {
		shown = append(shown, e.Accession)
	}
	want := []edgar.Accession{acc(first), acc(second), acc("0000900001-24-000003"), acc("0000900001-24-000004"), acc("0000900001-24-000005")}
	if diff := cmp.Diff(want, shown, cmp.Comparer(func(a, b edgar.Accession) bool { return a == b })); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
	f := c.Fields[0]
	if f.Examples = nil; !cmp.Equal(f, FieldDifference{Path: "form", Filings: 100, Changed: 100, Removed: 100}) || len(c.Changed.Examples) != maxExamples {
		t.Errorf("%+v, %d filings named", f, len(c.Changed.Examples))
	}
}

func TestWhatTheParserHasNoPartInIsCountedApart(t *testing.T) {
	h := synced(t)
	h.older(func(f *parse.Filing) { f.SHA256 = strings.Repeat("0", 64) }, first)
	h.older(func(f *parse.Filing) { f.Revision = 7 }, second)
	if err := os.Remove(filepath.Join(h.dir, "archive", "submissions", "000", "090", "000", "124", "000", third+".txt.zst")); err != nil {
		t.Fatal(err)
	}
	c, err := h.compared()
	if err != nil {
		t.Fatal(err)
	}
	c.Before = nil
	want := Comparison{
		Parser: parse.ParserVersion, Same: 1, Fields: []FieldDifference{},
		Bytes:     Cases{1, []edgar.Accession{acc(first)}},
		Otherwise: Cases{1, []edgar.Accession{acc(second)}},
		Removed:   Cases{1, []edgar.Accession{acc(third)}},
		Entries:   EntryComparison{Same: 3, Changed: 1, States: []StateChange{{index.Recorded, index.Discovered, 1}}},
	}
	if diff := cmp.Diff(want, c, cmp.Comparer(func(a, b edgar.Accession) bool { return a == b })); diff != "" || !c.Differs() {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutAnEarlierIndexNothingIsCompared(t *testing.T) {
	h := synced(t)
	h.ix.Close()
	if err := os.Remove(h.dir + "/index.db"); err != nil {
		t.Fatal(err)
	}
	if c, err := h.compared(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%+v, %v; want fs.ErrNotExist", c, err)
	}
	h.ix.Close()
	if err := os.WriteFile(h.dir+"/index.db", make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := h.compared(); !errors.Is(err, index.ErrReplaced) {
		t.Errorf("%+v, %v; want index.ErrReplaced", c, err)
	}
}

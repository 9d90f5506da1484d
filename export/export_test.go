package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

// lines decodes JSON lines.
func lines[T any](t testing.TB, s string) (vs []T) {
	t.Helper()
	for line := range strings.Lines(s) {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%v in %.200s", err, line)
		}
		vs = append(vs, v)
	}
	return vs
}

func TestTwoExportsOfTheSameIndexAreTheSameBytes(t *testing.T) {
	h := demoHouse(t)
	for _, o := range everyOption() {
		one, two := h.export(o), h.export(o)
		if one != two || one == "" {
			t.Errorf("%+v: %d and %d bytes, which differ", o, len(one), len(two))
		}
	}
}

func TestALineIsTheFilingOfTheIndex(t *testing.T) {
	h := demoHouse(t)
	for line := range strings.Lines(h.export(Options{Format: JSONL, Rows: Filings})) {
		var head struct{ Accession edgar.Accession }
		if err := json.Unmarshal([]byte(line), &head); err != nil {
			t.Fatal(err)
		}
		f, err := h.ix.Filing(head.Accession)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(f); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), line); diff != "" {
			t.Errorf("%s (-index +export):\n%s", head.Accession, diff)
		}
	}
}

func TestFilingsComeOldestFirst(t *testing.T) {
	h := demoHouse(t)
	var got []string
	for _, f := range lines[parse.Filing](t, h.export(Options{Format: JSONL, Rows: Filings})) {
		got = append(got, f.Filed.String()+" "+f.Accession.String())
	}
	if len(got) < 20 || !slices.IsSorted(got) {
		t.Errorf("%d filings, want many and oldest first:\n%s", len(got), strings.Join(got, "\n"))
	}
}

func TestTextComesForWhatItIsAskedForAlone(t *testing.T) {
	h := demoHouse(t)
	for _, tt := range []struct {
		text            Text
		items, exhibits bool
	}{{NoText, false, false}, {ItemText, true, false}, {ExhibitText, false, true}, {AllText, true, true}} {
		items, exhibits := 0, 0
		for _, f := range lines[filingLine](t, h.export(Options{Format: JSONL, Rows: Filings, Text: tt.text})) {
			for _, it := range f.Items {
				items += len(it.Text)
				if it.Text != "" && it.Snippet != "" {
					t.Errorf("text %q: item %s of %s has a snippet beside its text", tt.text, it.Number, f.Accession)
				}
			}
			for _, x := range f.Exhibits {
				exhibits += len(x.Text)
			}
		}
		if items > 0 != tt.items || exhibits > 0 != tt.exhibits {
			t.Errorf("text %q: %d bytes of items, %d of exhibits", tt.text, items, exhibits)
		}
	}
}

// TestWithTextAFilingIsTheSameButForIt holds what is read again from the archive
// against the index.
func TestWithTextAFilingIsTheSameButForIt(t *testing.T) {
	h := demoHouse(t)
	want := lines[map[string]any](t, h.export(Options{Format: JSONL, Rows: Filings}))
	got := lines[map[string]any](t, h.export(Options{Format: JSONL, Rows: Filings, Text: AllText}))
	for _, fs := range [][]map[string]any{want, got} {
		for _, f := range fs {
			for _, part := range []string{"items", "exhibits"} {
				list, _ := f[part].([]any)
				for _, v := range list {
					delete(v.(map[string]any), "text")
					delete(v.(map[string]any), "snippet")
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("without text, and with (-want +got):\n%s", diff)
	}
}

func TestRowsOfItemsAndExhibitsAreThoseOfTheFilings(t *testing.T) {
	h := demoHouse(t)
	var items, exhibits []string
	for _, f := range lines[filingLine](t, h.export(Options{Format: JSONL, Rows: Filings, Text: AllText})) {
		for _, it := range f.Items {
			items = append(items, f.Accession.String()+" "+it.Number+" "+it.Text)
		}
		for _, x := range f.Exhibits {
			exhibits = append(exhibits, f.Accession.String()+" "+x.Number+" "+x.Text)
		}
	}
	type row struct{ Accession, Item, Exhibit, Text string }
	var gotItems, gotExhibits []string
	for _, r := range lines[row](t, h.export(Options{Format: JSONL, Rows: Items, Text: AllText})) {
		gotItems = append(gotItems, r.Accession+" "+r.Item+" "+r.Text)
	}
	for _, r := range lines[row](t, h.export(Options{Format: JSONL, Rows: Exhibits, Text: AllText})) {
		gotExhibits = append(gotExhibits, r.Accession+" "+r.Exhibit+" "+r.Text)
	}
	if diff := cmp.Diff(items, gotItems); diff != "" {
		t.Errorf("items (-filings +rows):\n%s", diff)
	}
	if diff := cmp.Diff(exhibits, gotExhibits); diff != "" {
		t.Errorf("exhibits (-filings +rows):\n%s", diff)
	}
}

func TestALimitIsOfAllTogether(t *testing.T) {
	h := demoHouse(t)
	c := h.config(Options{Format: JSONL, Rows: Filings})
	for _, limit := range []int{1, 7} {
		c.Query.Limit = limit
		var b bytes.Buffer
		if rep, err := c.Run(t.Context(), &b); err != nil || rep.Filings != limit || strings.Count(b.String(), "\n") != limit {
			t.Errorf("limit %d: %+v, %v", limit, rep, err)
		}
	}
}

func TestAFilingThatCannotBeReadHasItsRowWithoutText(t *testing.T) {
	h := demoHouse(t)
	all := lines[filingLine](t, h.export(Options{Format: JSONL, Rows: Filings, Text: ItemText}))
	lost := all[2].Accession
	remove(t, filepath.Join(h.dir, "archive"), lost.String())
	c := h.config(Options{Format: JSONL, Rows: Filings, Text: ItemText})
	var told []edgar.Accession
	c.Unread = func(a edgar.Accession, why error) {
		told = append(told, a)
		if !errors.Is(why, os.ErrNotExist) || !strings.Contains(why.Error(), a.String()) {
			t.Errorf("told %v", why)
		}
	}
	var b bytes.Buffer
	rep, err := c.Run(t.Context(), &b)
	if err != nil || rep.Unread != 1 || len(told) != 1 || told[0] != lost {
		t.Errorf("report %+v, told of %v, %v; want one unread", rep, told, err)
	}
	got := lines[filingLine](t, b.String())
	if len(got) != len(all) || got[2].Accession != lost || got[2].Items[0].Text != "" || got[2].Items[0].Snippet == "" {
		t.Errorf("%d lines, want %d, the third without text", len(got), len(all))
	}
}

// remove removes the file of a submission from an archive.
func remove(t *testing.T, archive, accession string) {
	t.Helper()
	found := false
	err := filepath.WalkDir(archive, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), accession) {
			found = true
			err = os.Remove(path)
		}
		return err
	})
	if err != nil || !found {
		t.Fatalf("%s: %v", accession, err)
	}
}

// fails is a Source that fails after some pages, or an output that is full.
type fails struct {
	Source
	after int
	err   error
}

func (f *fails) Find(q index.Query) (index.Page, error) {
	if f.after--; f.after < 0 {
		return index.Page{}, f.err
	}
	q.Limit = 3
	return f.Source.Find(q)
}

func (f *fails) Write(p []byte) (int, error) { return 0, f.err }

func TestAnExportEndsWithTheFirstFailure(t *testing.T) {
	h, broken := demoHouse(t), errors.New("broken")
	c := h.config(Options{Format: JSONL, Rows: Filings, Text: AllText})
	if _, err := c.Run(t.Context(), &fails{err: broken}); !errors.Is(err, broken) {
		t.Errorf("output: %v, want broken", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(broken)
	if _, err := c.Run(ctx, new(bytes.Buffer)); !errors.Is(err, broken) {
		t.Errorf("context: %v, want broken", err)
	}
	c.Source = &fails{Source: h.ix, after: 2, err: broken}
	if rep, err := c.Run(t.Context(), new(bytes.Buffer)); !errors.Is(err, broken) || rep.Filings > 6 {
		t.Errorf("source: %+v, %v, want broken", rep, err)
	}
}

func TestWhatCannotBeAskedForIsRefusedInWords(t *testing.T) {
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{"xml", Filings, ""}, `there is no format "xml": want one of jsonl, csv, parquet`},
		{Options{CSV, "pages", ""}, `there are no rows of "pages": want one of filings, items, exhibits`},
		{Options{CSV, Items, "some"}, `there is no text of "some": want one of items, exhibits, all`},
		{Options{CSV, Items, ExhibitText}, `rows of items have no text of exhibits`},
	} {
		if err := tt.o.Check(); err == nil || err.Error() != tt.want {
			t.Errorf("%+v: %v, want %s", tt.o, err, tt.want)
		}
	}
}

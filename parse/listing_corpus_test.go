package parse_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
)

// corpusListings returns the real listings by path, or skips the test.
func corpusListings(t *testing.T) map[string][]byte {
	t.Helper()
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	dir = filepath.Join(dir, "index")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpus of real listings: set EDGARD_CORPUS to read one")
	}
	files := make(map[string][]byte)
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".zip" {
			return err
		}
		files[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A row as edgar.ParseForm and the listing reader know nothing of it: from the
// right, with the form left in the head.
var simpleRow = regexp.MustCompile(`(?m)^(.*[ |])(\d{4}-?\d\d-?\d\d)[ |]+\S*edgar/data/(\d+)/(\d{10}-\d\d-\d{6})(\.txt|-index\.htm) *\r?$`)

func TestEveryRealListingIsReadInFull(t *testing.T) {
	for path, data := range corpusListings(t) {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			text := plainListing(t, data)
			simple := simpleRow.FindAllStringSubmatch(text, -1)
			got := readListing(bytes.NewReader(data))
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			if len(got.Rows) != len(simple) || got.Lines != len(got.Rows)+len(got.Bad) {
				t.Errorf("got %d rows and %d bad of %d lines, want %d rows", len(got.Rows), len(got.Bad), got.Lines, len(simple))
			}
			if cut := strings.Contains(path, "abridged"); len(got.Bad) > 0 && !cut || len(got.Bad) > 1 {
				t.Errorf("got bad lines %v, want at most a cut last one", got.Bad)
			}
			if got.LastData == "" {
				t.Error("got no day of last data")
			}
			compareRows(t, got.Rows, simple)
			checkForms(t, path, got.Rows)
		})
	}
}

// compareRows compares CIK, date and accession number with the simple reading,
// and the form with the one before, where bars tell it.
func compareRows(t *testing.T, rows []string, simple [][]string) {
	t.Helper()
	for i, s := range simple[:min(len(simple), len(rows))] {
		want := s[3] + "|" + strings.ReplaceAll(s[2], "-", "") + "|" + s[4]
		f := strings.Split(rows[i], "|")
		n := len(f)
		if got := f[n-3] + "|" + strings.ReplaceAll(f[n-2], "-", "") + "|" + f[n-1]; got != want {
			t.Fatalf("row %d: got %s, want %s", i+1, got, want)
		}
		if bars := strings.Split(s[1], "|"); len(bars) == 4 && (f[0] != bars[2] || f[1] != strings.TrimSpace(bars[1])) {
			t.Fatalf("row %d: got %q, want form and name of %q", i+1, rows[i], s[1])
		}
	}
}

// checkForms checks the order by form where it is the listing's, and elsewhere
// that no name has got into a form.
func checkForms(t *testing.T, path string, rows []string) {
	t.Helper()
	var forms []string
	for _, r := range rows {
		f, _, _ := strings.Cut(r, "|")
		if len(f) > 15 {
			t.Errorf("got form %q: EDGAR cuts at 15", f)
		}
		if len(forms) == 0 || forms[len(forms)-1] != f {
			forms = append(forms, f)
		}
	}
	if strings.Contains(path, "form.") && !strings.Contains(path, "excerpt") && !isSet(forms) {
		t.Error("a form is in more than one block")
	}
}

func isSet(s []string) bool {
	s = slices.Sorted(slices.Values(s))
	return len(slices.Compact(slices.Clone(s))) == len(s)
}

func TestRealQuarterHasAsManyCurrentReportsAsGrepCounts(t *testing.T) {
	data, ok := corpusListings(t)["full-index/2016/QTR3/master.gz"]
	if !ok {
		t.Skip("the corpus has no master of 2016Q3")
	}
	got := readListing(bytes.NewReader(data), edgar.CurrentReports()...)
	want := 0
	for _, f := range edgar.CurrentReports() {
		want += strings.Count(plainListing(t, data), "|"+f.String()+"|2016-")
	}
	if len(got.Rows) != want || got.Lines != 201_330 || got.Bad != nil || got.Err != nil {
		t.Errorf("got %d rows of %d lines, bad %v, error %v; want %d of 201330", len(got.Rows), got.Lines, got.Bad, got.Err, want)
	}
}

func plainListing(t *testing.T, data []byte) string {
	t.Helper()
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if data, err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return string(data)
}

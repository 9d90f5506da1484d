package crawl

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// at runs f in a bubble whose clock stands at an Eastern time such as
// "2024-06-20 12:00".
func at(t *testing.T, clock string, f func(*testing.T)) {
	t.Helper()
	start, err := time.ParseInLocation("2006-01-02 15:04", clock, edgar.Eastern())
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start))
		f(t)
	})
}

// house is a data directory with everything open, and the EDGAR it crawls.
type house struct {
	t     *testing.T
	dir   string
	world *edgartest.World
	ix    *index.Store
	ar    *archive.Store
}

func newHouse(t *testing.T, subs ...edgartest.Submission) *house {
	t.Helper()
	w := edgartest.New()
	if err := w.Add(subs...); err != nil {
		t.Fatal(err)
	}
	return houseIn(t, w)
}

func houseIn(t *testing.T, w *edgartest.World) *house {
	t.Helper()
	return houseOn(t, t.TempDir(), w)
}

func houseOn(t *testing.T, dir string, w *edgartest.World) *house {
	t.Helper()
	h := &house{t: t, dir: dir, world: w}
	h.open()
	t.Cleanup(h.close)
	return h
}

// inMemory returns a folder that no disk slows down, where the system has one.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "edgard-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (h *house) open() {
	h.t.Helper()
	var err error
	if h.ix, err = index.Open(h.dir); err != nil {
		h.t.Fatal(err)
	}
	if h.ar, err = archive.Open(h.dir + "/archive"); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) close() {
	h.ix.Close()
	h.ar.Close()
}

func (h *house) crawler(edit ...func(*Config)) *Crawler {
	h.t.Helper()
	cfg := Config{
		UserAgent: testAgent, BaseURL: "http://127.0.0.1:1", Transport: h.world,
		StateDir: h.dir + "/state", ListingsDir: h.dir + "/listings", Index: h.ix, Archive: h.ar,
	}
	for _, f := range edit {
		f(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// sync makes one pass, which must not fail, and returns its report and the
// requests it made as "path status".
func (h *house) sync(s Scope) (Report, []string) {
	h.t.Helper()
	before := len(h.world.Requests())
	r, err := h.crawler().Sync(h.t.Context(), s)
	if err != nil {
		h.t.Fatal(err)
	}
	var asked []string
	for _, q := range h.world.Requests()[before:] {
		asked = append(asked, q.Path)
	}
	return r, asked
}

// filings returns the recorded accessions with their forms.
func (h *house) filings() map[string]string {
	h.t.Helper()
	got := map[string]string{}
	for f, err := range h.ix.All(index.Query{}) {
		if err != nil {
			h.t.Fatal(err)
		}
		got[f.Accession.String()] = f.Form.String()
	}
	return got
}

func (h *house) entry(accession string) index.Entry {
	h.t.Helper()
	e, err := h.ix.Entry(acc(accession))
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func acc(s string) edgar.Accession { return must(edgar.ParseAccession(s)) }
func day(s string) edgar.Date      { return must(edgar.ParseDate(s)) }
func cik(s string) edgar.CIK       { return must(edgar.ParseCIK(s)) }

// made makes a submission of that form and day, filed by the companies given.
func made(accession, form, filed string, ciks ...string) edgartest.Submission {
	s := edgartest.Submission{
		Accession: acc(accession), Form: must(edgar.ParseForm(form)), Filed: day(filed), Items: []string{"8.01", "9.01"},
	}
	for _, c := range ciks {
		s.Filers = append(s.Filers, edgartest.Filer{CIK: cik(c), Name: "Tidewater Lens Works " + c})
	}
	return s
}

// fourReports are filings of 2024's first half and one of another form.
func fourReports() []edgartest.Submission {
	return []edgartest.Submission{
		made("0000900001-24-000001", "8-K", "2024-02-05", "900001"),
		made("0000900001-24-000002", "8-K/A", "2024-02-09", "900001"),
		made("0000900002-24-000007", "10-Q", "2024-05-09", "900002"),
		made("0000900009-24-000003", "8-K12B", "2024-06-18", "900003", "900004"),
		made("0000900001-24-000011", "8-K", "2024-06-20", "900001"),
	}
}

// reindex deletes the index and rebuilds it.
func (h *house) reindex() (r Report) {
	h.t.Helper()
	h.ix.Close()
	os.Remove(h.dir + "/index.db")
	return h.remake()
}

// remake rebuilds the index, which is closed, whatever is in its place.
func (h *house) remake() (r Report) {
	h.t.Helper()
	err := index.Rebuild(h.dir, func(ix *index.Store) (err error) {
		r, err = Reindex(h.t.Context(), Config{Index: ix, Archive: h.ar, ListingsDir: h.dir + "/listings"})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if h.ix, err = index.Open(h.dir); err != nil {
		h.t.Fatal(err)
	}
	return r
}

func formsOf(names ...string) (fs []edgar.Form, err error) {
	for _, n := range names {
		f, err := edgar.ParseForm(n)
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func ciksOf(digits ...string) (cs []edgar.CIK, err error) {
	for _, d := range digits {
		c, err := edgar.ParseCIK(d)
		if err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return cs, nil
}

// rowsOf are the rows that a listing has for a submission.
func rowsOf(s edgartest.Submission) (rows []parse.Row) {
	for _, f := range s.Filers {
		rows = append(rows, parse.Row{Form: s.Form, Name: f.Name, CIK: f.CIK, Filed: s.Filed, Accession: s.Accession})
	}
	return rows
}

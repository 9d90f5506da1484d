package mirror_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/parse"
)

const (
	quarterOne = "/Archives/edgar/full-index/2024/QTR1/"
	quarterTwo = "/Archives/edgar/full-index/2024/QTR2/"
)

// rows reads a listing that must be whole.
func rows(t *testing.T, text string) (all []parse.Row, last edgar.Date) {
	t.Helper()
	l := parse.NewListing(strings.NewReader(text))
	for r, err := range l.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all, l.LastData()
}

// mark is what a client goes by.
type mark struct{ etag, modified string }

func (h *house) mark(path string) mark {
	h.t.Helper()
	w := h.get(path)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s answers %d", path, w.Code)
	}
	return mark{w.Header().Get("ETag"), w.Header().Get("Last-Modified")}
}

func TestValidatorsChangeWhenAndOnlyWhenTheContentDoes(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		h := newHouse(t, w)
		h.sync("2024-01-01")
		daily := "/Archives/edgar/daily-index/2024/QTR2/master.20240618.idx"
		paths := []string{quarterOne + "master.idx", quarterOne + "form.gz", quarterTwo + "master.gz", daily}
		before := map[string]mark{}
		for _, p := range paths {
			before[p] = h.mark(p)
		}
		same := func(when string, changed ...string) {
			t.Helper()
			for _, p := range paths {
				now, was := h.mark(p), before[p]
				moved := slices.Contains(changed, p)
				if (now.etag != was.etag) != moved || (now.modified != was.modified) != moved {
					t.Errorf("%s, %s: %v, before %v; want a change: %t", when, p, now, was, moved)
				}
				before[p] = now
				for _, held := range [][2]string{{"If-None-Match", now.etag}, {"If-None-Match", "W/" + now.etag}, {"If-Modified-Since", now.modified}} {
					if w := h.get(p, held[0], held[1]); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
						t.Errorf("%s, %s with %v: %d, want 304", when, p, held, w.Code)
					}
				}
			}
		}
		same("at once")
		time.Sleep(time.Hour)
		h.restart()
		same("after a restart")
		h.sync("2024-01-01")
		same("after another pass")
		if err := w.Add(made("0000900002-24-000099", "8-K", "2024-06-18", "900002")); err != nil {
			t.Fatal(err)
		}
		h.sync("2024-01-01")
		same("after a filing more", quarterTwo+"master.gz", daily)
		if err := h.ix.Withdraw(acc("0000900001-24-000001"), "a test"); err != nil {
			t.Fatal(err)
		}
		same("after a withdrawal", quarterOne+"master.idx", quarterOne+"form.gz")
		if all, _ := rows(t, h.body(quarterOne+"master.idx")); len(all) != 1 {
			t.Errorf("rows %v, want one", all)
		}
	})
}

func TestListingsReachAsFarAsEDGARsWereRead(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, reports()...))
		h.sync("2024-02-07") // what is before is not wanted
		for path, want := range map[string]string{quarterOne + "master.idx": "2024-03-31", quarterTwo + "form.idx": "2024-06-18"} {
			if _, last := rows(t, h.body(path)); last.String() != want {
				t.Errorf("%s: last data received %s, want %s", path, last, want)
			}
		}
		all, _ := rows(t, h.body(quarterTwo+"company.idx"))
		if len(all) != 3 {
			t.Errorf("rows %v, want the joint one twice and the one of today", all)
		}
		for day, want := range map[string]int{"0205": 403, "0206": 403, "0207": 200, "0208": 200, "0209": 200} {
			if w := h.get("/Archives/edgar/daily-index/2024/QTR1/master.2024" + day + ".idx"); w.Code != want {
				t.Errorf("listing of %s answers %d, want %d", day, w.Code, want)
			}
		}
	})
}

func TestAPastQuarterThatIsBeingFilledIsAskedForInEveryPass(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		first := newHouse(t, w)
		w.Script("/Archives/edgar/data/900001/0000900001-24-000002.txt", edgartest.Empty)
		first.sync("2024-01-01")
		if _, last := rows(t, first.body(quarterOne+"master.idx")); last.String() != "2024-02-08" {
			t.Errorf("last data received %s, want the day before what is not there", last)
		}
		second := newHouse(t, first)
		if r := second.sync("2024-01-01"); r.Recorded != 3 {
			t.Errorf("first pass: %+v, want 3 recorded", r)
		}
		time.Sleep(24 * time.Hour)
		first.sync("2024-01-01")
		if r := second.sync("2024-01-01"); r.Recorded != 1 {
			t.Errorf("a day later: %+v, want the one that was missing", r)
		}
		if _, last := rows(t, first.body(quarterOne+"master.idx")); last.String() != "2024-03-31" {
			t.Errorf("filled, last data received %s, want the end of the quarter", last)
		}
	})
}

func TestFoldersListWhatThereIs(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, reports()...))
		h.sync("2024-02-07")
		for path, want := range map[string][]string{
			"full-index/":            {`"name":"2024"`},
			"full-index/2024/":       {`"name":"QTR1"`, `"name":"QTR2"`},
			"full-index/2024/QTR1/":  {`"name":"master.idx"`, `"name":"crawler.idx"`, `"name":"form.gz"`, `full-index\/2024\/QTR1\/`},
			"daily-index/2024/":      {`"name":"QTR1"`},
			"daily-index/2024/QTR1/": {`"name":"master.20240207.idx"`, `"name":"form.20240329.idx"`},
			"daily-index/2024/QTR2/": {`"name":"company.20240620.idx"`},
		} {
			got := h.body("/Archives/edgar/" + path + "index.json")
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: %s\nwant %s in it", path, got, w)
				}
			}
			for _, w := range []string{"QTR3", "20240206", "20240210", "20240621", "crawler.gz"} {
				if strings.Contains(got, w) {
					t.Errorf("%s: %s\nwant no %s in it", path, got, w)
				}
			}
		}
		for _, path := range []string{"full-index/2023/", "full-index/2024/QTR3/", "daily-index/2024/QTR4/", "full-index/20/"} {
			if w := h.get("/Archives/edgar/" + path + "index.json"); w.Code != http.StatusForbidden {
				t.Errorf("%s answers %d, want 403", path, w.Code)
			}
		}
	})
}

func TestCutCopiesAreNotTakenForWholeSubmissions(t *testing.T) {
	at(t, "2026-11-20 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		picture := made("0000900001-24-000030", "8-K", "2024-06-18", "900001")
		picture.Body = []byte(strings.Replace(string(picture.Text()), "</SEC-DOCUMENT>",
			"<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>9\n<FILENAME>logo.jpg\n<TEXT>\nbegin 644 logo.jpg\n"+strings.Repeat("M"+strings.Repeat("0V%T", 15)+"\n", 400)+"`\nend\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>", 1))
		if err := w.Add(picture); err != nil {
			t.Fatal(err)
		}
		h := newHouse(t, w)
		h.keep = true
		h.sync("2024-01-01")
		f, err := h.ix.Filing(picture.Accession)
		if err != nil {
			t.Fatal(err)
		}
		all, _ := rows(t, h.body("/Archives/edgar/full-index/"+strings.Replace(f.Filed.Quarter().String(), "Q", "/QTR", 1)+"/master.idx"))
		for _, r := range all {
			if r.Accession == picture.Accession {
				t.Errorf("%v is listed", r)
			}
		}
		folder := "/Archives/edgar/data/900001/" + picture.Accession.Digits() + "/"
		text := f.Documents[0].Filename
		for name, want := range map[string]int{"0000900001-24-000030.txt": 404, "logo.jpg": 404, text: 200, "index.json": 200} {
			if w := h.get(folder + name); w.Code != want {
				t.Errorf("%s answers %d, want %d", name, w.Code, want)
			}
		}
		if list := h.body(folder + "index.json"); strings.Contains(list, "logo.jpg") || strings.Contains(list, ".txt\",\"size") || !strings.Contains(list, text) {
			t.Errorf("folder lists %s", list)
		}
		h.keep = false
		if _, err := h.crawler().Sync(t.Context(), completing()); err != nil {
			t.Fatal(err)
		}
		if got := h.body(folder + "logo.jpg"); got != strings.Repeat("Cat", 6000) {
			t.Errorf("completed, logo.jpg has %d bytes", len(got))
		}
		if w := h.get(folder + "0000900001-24-000030.txt"); w.Body.String() != string(picture.Body) {
			t.Errorf("completed, the whole answers %d, %d bytes", w.Code, w.Body.Len())
		}
	})
}

func TestAShelfThatFollowsChangesIsAsOneFilledAnew(t *testing.T) {
	h := newHouse(t, nil)
	r := rand.New(rand.NewPCG(1, 2))
	const quarters = "/Archives/edgar/full-index/2024/QTR"
	for round := range 30 {
		for range 1 + r.IntN(20) {
			f := filing(1+r.IntN(300), "900001")
			f.Filed = day("2024-01-02").AddDays(r.IntN(170))
			if r.IntN(4) == 0 {
				f.Filers = append(f.Filers, parse.Filer{Role: "filer", CIK: cik("900002"), Name: fmt.Sprintf("Other|\x01 %d", round)})
			}
			if r.IntN(5) == 0 {
				_ = h.ix.Withdraw(f.Accession, "a test") // unless it is not there, or withdrawn
			} else if err := h.ix.Record(f); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"1/master.idx", "2/form.idx"} {
			followed := h.get(quarters + name)
			other := *h
			other.Mirror = fresh(h)
			if anew := other.get(quarters + name); anew.Body.String() != followed.Body.String() || anew.Code != followed.Code {
				t.Fatalf("round %d, %s: -followed %d +anew %d\n%s", round, name, followed.Code, anew.Code, cmp.Diff(followed.Body.String(), anew.Body.String()))
			}
		}
	}
}

func TestPackedListingsAreTheSameText(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, reports()...))
		h.sync("2024-01-01")
		for packed, plain := range map[string]string{
			quarterTwo + "form.gz": quarterTwo + "form.idx",
			"/Archives/edgar/daily-index/2024/QTR2/master.20240618.idx.gz": "/Archives/edgar/daily-index/2024/QTR2/master.20240618.idx",
		} {
			w := h.get(packed)
			z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(z)
			if want := h.body(plain); string(got) != want || err != nil || w.Header().Get("Content-Type") != "binary/octet-stream" || w.Header().Get("Content-Encoding") != "" {
				t.Errorf("%s: %q, %v, %v", packed, got, err, w.Header())
			}
		}
	})
}

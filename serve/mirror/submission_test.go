package mirror_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
)

func TestASubmissionIsServedUnderItsFilersAndNobodyElse(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, reports()...))
		h.sync("2024-01-01")
		const joint, folder = "0000900009-24-000003", "000090000924000003"
		for path, want := range map[string]int{
			"900003/" + joint + ".txt":                       200,
			"900004/" + joint + ".txt":                       200,
			"900004/" + folder + "/" + joint + ".txt":        200,
			"900004/" + folder + "/" + joint + "-index.htm":  200,
			"900004/" + joint + "-index.htm":                 200,
			"900004/" + folder + "/index.json":               200,
			"900004/index.json":                              200,
			"900001/" + joint + ".txt":                       404,
			"900001/" + folder + "/" + joint + ".txt":        404,
			"900009/" + joint + ".txt":                       404, // who transmitted it
			"0000900003/" + joint + ".txt":                   404,
			"900003/" + joint + ".TXT":                       404,
			"900003/" + joint:                                404,
			"900003/" + folder:                               404,
			"900003/" + folder + "/":                         404,
			"900003/" + folder + "/../" + joint + ".txt":     404,
			"900003/" + folder + "/0000900001-24-000001.txt": 404,
			"900003/0000900009-24-000004.txt":                404,
			"900777/index.json":                              404,
			"":                                               404,
		} {
			w := h.get("/Archives/edgar/data/" + path)
			if w.Code != want {
				t.Errorf("%s answers %d, want %d: %s", path, w.Code, want, w.Body)
			}
			if want == 404 && !strings.Contains(w.Body.String(), "<Code>NoSuchKey</Code>") {
				t.Errorf("%s answers %s, want the words of EDGAR's storage", path, w.Body)
			}
		}
	})
}

func TestASubmissionIsServedAsItWasFetchedWholeOrInPart(t *testing.T) {
	at(t, "2026-11-20 12:00", func(t *testing.T) {
		w := edgartest.Demo(edgartest.WithAnyUserAgent())
		h := newHouse(t, w)
		h.sync("2024-01-01")
		for _, s := range w.Submissions() {
			if !s.Form.IsCurrentReport() || s.Filed.Before(day("2024-01-01")) {
				continue
			}
			path := "/Archives/edgar/data/" + s.Filers[0].CIK.String() + "/" + s.Accession.String() + ".txt"
			want := fetch(t, w, path)
			got := h.get(path)
			if got.Body.String() != want || got.Header().Get("Content-Length") != strconv.Itoa(len(want)) || got.Header().Get("Content-Type") != "text/plain" {
				t.Errorf("%s: %d bytes, want %d; %v", path, got.Body.Len(), len(want), got.Header())
			}
			part := h.get(path, "Range", "bytes=100-199")
			if part.Code != http.StatusPartialContent || part.Body.String() != want[100:200] {
				t.Errorf("%s, bytes 100 to 199: %d, %q", path, part.Code, part.Body)
			}
			if rest := h.get(path, "Range", fmt.Sprintf("bytes=%d-", len(want)-7)); rest.Body.String() != want[len(want)-7:] {
				t.Errorf("%s, last 7 bytes: %d, %q", path, rest.Code, rest.Body)
			}
			if several := h.get(path, "Range", "bytes=1-2,5-6"); several.Code != http.StatusOK || several.Body.String() != want {
				t.Errorf("%s, two ranges: %d, %d bytes; want the whole", path, several.Code, several.Body.Len())
			}
			for _, held := range [][2]string{{"If-None-Match", got.Header().Get("ETag")}, {"If-Modified-Since", got.Header().Get("Last-Modified")}} {
				if again := h.get(path, held[0], held[1]); again.Code != http.StatusNotModified {
					t.Errorf("%s, %s %s: %d, want 304", path, held[0], held[1], again.Code)
				}
			}
		}
	})
}

func TestADamagedCopyIsNeverTakenForTheWhole(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, reports()...))
		h.sync("2024-01-01")
		files, err := filepath.Glob(h.dir + "/archive/submissions/*/*/*/*/*/0000900001-24-000001.txt.zst")
		if err != nil || len(files) != 1 {
			t.Fatalf("archived as %q, %v", files, err)
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 0x10
		if err := os.WriteFile(files[0], b, 0o600); err != nil {
			t.Fatal(err)
		}
		const path = "/Archives/edgar/data/900001/0000900001-24-000001.txt"
		if res, err := h.RoundTrip(must(http.NewRequest(http.MethodGet, path, nil))); err == nil && res.StatusCode == http.StatusOK {
			t.Errorf("whole: answers %d, want an answer broken off", res.StatusCode)
		}
		if w := h.get(path, "Range", "bytes=0-9"); w.Code != http.StatusServiceUnavailable || w.Header().Get("ETag") != "" {
			t.Errorf("a part: answers %d %v, want 503", w.Code, w.Header())
		}
		if len(h.faults) != 2 {
			t.Errorf("faults told of: %v, want two", h.faults)
		}
		second := newHouse(t, h)
		if r := second.sync("2024-01-01"); r.Recorded != 3 || r.Deferred != 1 {
			t.Errorf("a second archive: %+v, want 3 recorded and 1 deferred", r)
		}
	})
}

func TestDocumentsAreServedByNameAsEDGARDoes(t *testing.T) {
	at(t, "2026-11-20 12:00", func(t *testing.T) {
		w := edgartest.Demo(edgartest.WithAnyUserAgent())
		h := newHouse(t, w)
		h.sync("1994-01-01")
		served := 0
		for _, s := range w.Submissions() {
			if !s.Form.IsCurrentReport() {
				continue
			}
			f, err := h.ix.Filing(s.Accession)
			if err != nil {
				t.Fatal(err)
			}
			folder := "/Archives/edgar/data/" + s.Filers[0].CIK.String() + "/" + s.Accession.Digits() + "/"
			for _, d := range f.Documents {
				if d.Filename == "" {
					continue
				}
				served++
				got := h.get(folder + d.Filename)
				if diff := cmp.Diff(unstuffed(fetch(t, w, folder+d.Filename)), got.Body.String()); diff != "" || got.Code != http.StatusOK {
					t.Errorf("%s%s answers %d, -EDGAR +mirror:\n%s", folder, d.Filename, got.Code, diff)
				}
				if h := got.Header(); !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" {
					t.Errorf("%s%s has headers %v, want it harmless", folder, d.Filename, h)
				}
				if again := h.get(folder+d.Filename, "If-None-Match", got.Header().Get("ETag")); again.Code != http.StatusNotModified {
					t.Errorf("%s%s answers %d when it is had, want 304", folder, d.Filename, again.Code)
				}
			}
		}
		if served < 50 {
			t.Errorf("%d documents compared, want more", served)
		}
	})
}

// unstuffed is text without the dashes that a mail envelope adds, which edgartest
// leaves in.
func unstuffed(text string) string {
	return strings.TrimPrefix(strings.ReplaceAll("\n"+text, "\n- -", "\n-"), "\n")
}

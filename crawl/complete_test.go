package crawl

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// picture is a document that is no text, some bytes long.
func picture(size int) string {
	return "<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>2\n<FILENAME>logo.jpg\n<TEXT>\nbegin 644 logo.jpg\n" +
		strings.Repeat("M_]C_X  02D9)1@ ! 0$ 8 !@  #_X6A_17AI9@  34T *@    @ !@$\n", size/58) + "end\n</TEXT>\n</DOCUMENT>\n"
}

// illustrated is a report of that accession with a picture in it.
func illustrated(accession string, size int) edgartest.Submission {
	s := made(accession, "8-K", "2024-06-18", "900001")
	s.Body = bytes.Replace(s.Text(), []byte("</SEC-DOCUMENT>"), []byte(picture(size)+"</SEC-DOCUMENT>"), 1)
	return s
}

func keepText(cfg *Config) { cfg.KeepText = true }

func (h *house) syncWith(s Scope, edit ...func(*Config)) Report {
	h.t.Helper()
	r, err := h.crawler(edit...).Sync(h.t.Context(), s)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// withoutPlace strips a filing of what differs between a cut copy and the whole.
func withoutPlace(f *parse.Filing) string {
	g := *f
	g.Documents = nil
	g.Items = nil
	for _, it := range f.Items {
		it.Offset, it.Length = 0, 0
		g.Items = append(g.Items, it)
	}
	return string(must(json.MarshalIndent(g, "", " ")))
}

func TestASubmissionThatIsCutSaysWhatItWasAndIsCompletedByOneRequest(t *testing.T) {
	for _, size := range []int{20_000, 3 * pieceMax} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			sub := illustrated("0000900001-24-000001", size)
			plain := made("0000900001-24-000002", "8-K", "2024-06-18", "900001")
			h := newHouse(t, sub, plain)
			if r := h.syncWith(Scope{}, keepText); r.Recorded != 2 {
				t.Fatalf("report %+v", r)
			}
			info := must(h.ar.Stat(sub.Accession))
			if served, sum := info.Served(); !info.Cut || info.Size > 10_000 || served != int64(len(sub.Body)) || sum != sha256.Sum256(sub.Body) {
				t.Errorf("archived %+v of %d bytes", info, len(sub.Body))
			}
			cut := must(h.ix.Filing(sub.Accession))
			if cut.Size != int64(len(sub.Body)) || cut.SHA256 != fmt.Sprintf("%x", sha256.Sum256(sub.Body)) || len(cut.Documents) != 2 || cut.Documents[1].Cut == nil {
				t.Errorf("recorded %d bytes, %s, documents %+v", cut.Size, cut.SHA256, cut.Documents)
			}
			if !h.entry("0000900001-24-000001").Cut || h.entry("0000900001-24-000002").Cut {
				t.Error("the wrong entry is marked cut")
			}
			if v := must(Verify(t.Context(), h.offline(), Extent{Sample: 1})); v.Differs() {
				t.Errorf("verify finds %+v", v)
			}
			h.reindex()
			if st := must(h.ix.Status(sub.Filed.Midnight())); st.Cut != 1 {
				t.Errorf("%d cut after reindex, want 1", st.Cut)
			}

			r := h.syncWith(Scope{Complete: true})
			if r.FilingRequests != 1 || r.Completed != 1 || r.Differs() {
				t.Errorf("completing: %+v", r)
			}
			info = must(h.ar.Stat(sub.Accession))
			if info.Cut || info.Revision != 1 || info.SHA256 != sha256.Sum256(sub.Body) {
				t.Errorf("archived %+v", info)
			}
			whole := must(h.ix.Filing(sub.Accession))
			whole.Recorded = cut.Recorded
			if diff := cmp.Diff(withoutPlace(cut), withoutPlace(whole)); diff != "" {
				t.Errorf("the cut copy said otherwise (-cut +whole):\n%s", diff)
			}
			if r := h.syncWith(Scope{Complete: true}); r.FilingRequests != 0 {
				t.Errorf("again: %+v", r)
			}
		})
	}
}

func TestACutCopyStaysWhenItCannotBeCompleted(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		sub := illustrated("0000900001-24-000001", 20_000)
		h := newHouse(t, sub)
		h.syncWith(Scope{}, keepText)
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000001.txt", edgartest.Empty)
		if r := h.syncWith(Scope{Complete: true}); r.Deferred != 1 || r.Completed != 0 {
			t.Errorf("report %+v", r)
		}
		if e := h.entry("0000900001-24-000001"); e.State != index.Recorded || !e.Cut {
			t.Errorf("entry %+v", e)
		}
		if r := h.syncWith(Scope{Complete: true}); r.Completed != 1 {
			t.Errorf("the next pass: %+v", r)
		}
	})
}

func TestACorrectedSubmissionIsARevisionBesideItsCutCopy(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		sub := illustrated("0000900001-24-000001", 20_000)
		h := newHouse(t, sub)
		h.syncWith(Scope{}, keepText)
		corrected := sub
		corrected.Body = bytes.Replace(sub.Body, []byte("FORM 8-K\n"), []byte("FORM 8-K (corrected)\n"), 1)
		h.world = edgartest.New()
		must(0, h.world.Add(corrected))
		h.syncWith(Scope{Complete: true})
		if f := must(h.ix.Filing(sub.Accession)); f.Revision != 2 || f.Size != int64(len(corrected.Body)) || h.entry("0000900001-24-000001").Cut {
			t.Errorf("recorded revision %d of %d bytes", f.Revision, f.Size)
		}
	})
}

func TestNothingIsCompletedWhileTextAloneIsKept(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		if _, err := h.crawler(keepText).Sync(t.Context(), Scope{Complete: true}); err == nil || !strings.Contains(err.Error(), "archive.keep") {
			t.Errorf("got %v", err)
		}
	})
}

func TestAPlanKnowsWhatIsKept(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		full := h.syncWith(Scope{DryRun: true, From: day("2024-01-01")}).Plan
		text := h.syncWith(Scope{DryRun: true, From: day("2024-01-01")}, keepText).Plan
		if full.WireBytes != text.WireBytes || full.DiskBytes < 10*text.DiskBytes || text.DiskBytes == 0 {
			t.Errorf("full %+v, text %+v", full, text)
		}
	})
}

func TestAnImportIsCutAndCompletedAsWell(t *testing.T) {
	for _, size := range []int{20_000, 3 * pieceMax} {
		sub := illustrated("0000900001-24-000001", size)
		h := newHouse(t)
		path := h.file("a.txt", sub.Body)
		cfg := h.config()
		cfg.KeepText = true
		for _, want := range []Report{{Recorded: 1}, {Known: 1}} {
			if r, err := Import(t.Context(), cfg, []string{path}, Scope{}); err != nil || r.Recorded != want.Recorded || r.Known != want.Known {
				t.Errorf("%d bytes: %+v, %v; want %+v", size, r, err, want)
			}
		}
		if info := must(h.ar.Stat(sub.Accession)); !info.Cut || info.Size > 10_000 {
			t.Errorf("archived %+v", info)
		}
		other := bytes.Replace(sub.Body, []byte("FORM 8-K\n"), []byte("FORM 8-K, otherwise\n"), 1)
		if r := h.imports(Scope{}, h.file("b.txt", other)); r.Known != 1 || r.Recorded != 0 {
			t.Errorf("other bytes: %+v", r)
		}
		if r := h.imports(Scope{}, path); r.Recorded != 1 {
			t.Errorf("completing: %+v", r)
		}
		if info := must(h.ar.Stat(sub.Accession)); info.Cut || info.Revision != 1 || h.entry("0000900001-24-000001").Cut {
			t.Errorf("completed: %+v", info)
		}
	}
}

func TestACutCopyIsNotImportedAsIfItWereWhole(t *testing.T) {
	for _, size := range []int{20_000, 3 * pieceMax} {
		sub := illustrated("0000900001-24-000001", 20_000)
		var cut bytes.Buffer
		if _, err := parse.KeepText(&cut, bytes.NewReader(sub.Body)); err != nil {
			t.Fatal(err)
		}
		data := cut.Bytes()
		if size > pieceMax {
			data = bytes.Replace(data, []byte("SIGNATURE\n"), append(bytes.Repeat([]byte("and so on\n"), size/10), "SIGNATURE\n"...), 1)
		}
		h := newHouse(t)
		if r := h.imports(Scope{}, h.file("a.txt", data)); r.Rejected != 1 || !strings.Contains(r.Faults[0], "a cut copy") {
			t.Errorf("%d bytes: %+v", len(data), r)
		}
		said := bytes.Replace(sub.Body, []byte("SIGNATURE\n"), []byte("[edgard cut by hand]\nSIGNATURE\n"), 1)
		if r := h.imports(Scope{}, h.file("b.txt", said)); r.Recorded != 1 {
			t.Errorf("one that only speaks of it: %+v", r)
		}
	}
}

// A file that is named for its submission is read in pieces that end anywhere.
func TestACutCopyIsKnownWhereverAPieceOfItEnds(t *testing.T) {
	var cut bytes.Buffer
	if _, err := parse.KeepText(&cut, bytes.NewReader(illustrated("0000900001-24-000001", 20_000).Body)); err != nil {
		t.Fatal(err)
	}
	for _, split := range []int{1, 5, len(parse.CutMark) - 1} {
		fill := headKept - bytes.Index(cut.Bytes(), cutMark) - split
		text := bytes.Replace(cut.Bytes(), []byte("SIGNATURE\n"), append(bytes.Repeat([]byte("x"), fill-1), "\nSIGNATURE\n"...), 1)
		h := newHouse(t)
		if r := h.imports(Scope{}, h.file("0000900001-24-000001.txt", text)); r.Rejected != 1 || r.Recorded != 0 {
			t.Errorf("%d bytes of the mark in the first piece: %+v", split, r)
		}
	}
}

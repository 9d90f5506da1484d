package crawl

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// offline is what a check reads.
func (h *house) offline() Check {
	return Check{Index: index.Of(h.ix), Archive: h.ar, ListingsDir: h.dir + "/listings"}
}

// archiveFile returns the name of the archived file of a submission.
func archiveFile(t *testing.T, dir, accession string) (found string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "archive", "submissions"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), accession) {
			found = name
		}
		return err
	})
	if err != nil || found == "" {
		t.Fatalf("no archived file of %s: %v", accession, err)
	}
	return found
}

// put archives a submission behind the index's back.
func (h *house) put(accession string, body []byte) {
	h.t.Helper()
	w := must(h.ar.Create(acc(accession)))
	defer w.Abort()
	if _, err := w.Write(body); err != nil {
		h.t.Fatal(err)
	}
	must(w.Commit(day("2024-06-20").Midnight()))
}

// A breach breaks one promise between listings, index and archive.
type breach struct {
	do   func(*house)
	kind DifferenceKind
	of   string // accession or listing
}

// archiveBreaches are those between index and archive.
func archiveBreaches() map[string]breach {
	return map[string]breach{
		"a file deleted":   {func(h *house) { os.Remove(archiveFile(h.t, h.dir, ofJune)) }, NotArchived, ofJune},
		"a trailer broken": {func(h *house) { spoil(h.t, h.dir, ofJune, func(b []byte) []byte { return b[:len(b)-7] }) }, ArchiveDamaged, ofJune},
		"other bytes archived since": {func(h *house) {
			h.put(ofJune, []byte("-----BEGIN"))
		}, ArchiveDiffers, ofJune},
		"a file nobody recorded": {func(h *house) {
			h.put("0000900001-24-000077", []byte("-----BEGIN"))
		}, NotRecorded, "0000900001-24-000077"},
		"a file the index lost": {func(h *house) {
			h.world.Script("/Archives/edgar/data/900001/0000900001-24-000012.txt", edgartest.Unavailable)
			must(0, h.world.Add(made("0000900001-24-000012", "8-K", "2024-06-20", "900001")))
			h.sync(all2024())
			h.put("0000900001-24-000012", []byte("-----BEGIN"))
		}, NotRecorded, "0000900001-24-000012"},
	}
}

func TestVerifyFindsExactlyWhatIsBroken(t *testing.T) {
	breaches := archiveBreaches()
	breaches["a byte flipped"] = breach{func(h *house) {
		spoil(h.t, h.dir, ofJune, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
	}, ArchiveDamaged, ofJune}
	for name, b := range breaches {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := newHouse(t, fourReports()...)
				h.sync(all2024())
				b.do(h)
				r, err := Verify(t.Context(), h.offline(), Extent{Sample: 1})
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Named) != 1 || r.Named[0].Kind != b.kind || r.Named[0].Accession.String() != b.of || !r.Differs() {
					t.Errorf("found %+v, want one %s of %s", r.Named, b.kind, b.of)
				}
			})
		})
	}
}

func TestVerifyOfAGoodArchiveReadsAllAndIsReported(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		h.replace(made(ofFebruary, "8-K/A", "2024-02-05", "900001"))
		var last Progress
		cfg := h.offline()
		cfg.Progress = func(p Progress) { last = p }
		r, err := Verify(t.Context(), cfg, Extent{Sample: 1})
		if err != nil || r.Archived != 4 || r.Verified != 4 || r.Bytes == 0 || r.Differs() {
			t.Errorf("%+v, %v; want 4 archived and verified", r, err)
		}
		if last.Looked != 4 || last.Stage != StageDone {
			t.Errorf("progress %+v, want 4 looked at", last)
		}
		p := r.Pass(nil)
		if p.Command != "verify" || p.Outcome != "done" || p.Bytes != r.Bytes {
			t.Errorf("report kept: %+v", p)
		}
	})
}

func TestVerifyOfASampleReadsAShareAndStillCountsAll(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(100)...)
		h.sync(all2024())
		os.Remove(archiveFile(t, h.dir, "0000900001-24-100007"))
		r, err := Verify(t.Context(), h.offline(), Extent{Sample: 0.2})
		if err != nil || r.Archived != 199 || r.Verified == 0 || r.Verified > 100 {
			t.Errorf("%d archived, %d verified, %v; want 199 and about 40", r.Archived, r.Verified, err)
		}
		if r.Kinds[NotArchived] != 1 || r.Differences != 1 {
			t.Errorf("found %v, want the one that is gone", r.Kinds)
		}
	})
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r, err := Verify(ctx, h.offline(), Extent{Sample: 1})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it cancelled", err)
		}
		if p := r.Pass(err); p.Complete || p.Command != "verify" {
			t.Errorf("report %+v, want one of a verify that is not complete", p)
		}
	})
}

func TestASampleOfNothingOrOfMoreThanAllIsAMisuse(t *testing.T) {
	for _, sample := range []float64{0, -1, 1.01} {
		_, err := Verify(t.Context(), Check{}, Extent{Sample: sample})
		var misuse *MisuseError
		if !errors.As(err, &misuse) {
			t.Errorf("%v: got %v, want a MisuseError", sample, err)
		}
	}
}

func TestIndexAndArchiveAreWalkedSideBySide(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		os.Remove(archiveFile(t, h.dir, ofFebruary))
		h.put("0000900001-24-000005", []byte("x"))
		h.put("0001000000-24-000001", []byte("x"))
		var got []string
		for j, err := range must(h.offline().begin()).joints(edgar.Accession{}) {
			if err != nil {
				t.Fatal(err)
			}
			line := j.accession.String()
			if j.known {
				line += " known"
			}
			if j.archived {
				line += " archived"
			}
			got = append(got, line)
		}
		want := []string{
			ofFebruary + " known", "0000900001-24-000002 known archived", "0000900001-24-000005 archived", ofJune + " known archived",
			"0000900009-24-000003 known archived", "0001000000-24-000001 archived",
		}
		if diff := cmp.Diff(want, got); diff != "" || !slices.IsSorted(got) {
			t.Errorf("walked (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsRecordedWhileVerifyWalksIsNoDifference(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		v := newVerification(must(h.offline().begin()), Extent{Sample: 1})
		now, known, err := v.standing(acc(ofJune))
		if err != nil || !known {
			t.Fatalf("known: %v, %v", known, err)
		}
		info := must(h.ar.Stat(acc(ofJune)))
		listed := index.Standing{Entry: now.Entry}
		listed.State = index.Discovered
		for name, seen := range map[string]joint{
			"archived, then recorded": {accession: now.Accession, standing: listed, known: true, info: info, archived: true},
			"recorded, not archived":  {accession: now.Accession, standing: now, known: true},
		} {
			if f, err := v.verify(t.Context(), numbered{joint: seen}); err != nil || len(f.found) != 0 || !f.whole {
				t.Errorf("%s: found %v, read %v, %v; want nothing, and it read", name, f.found, f.whole, err)
			}
		}
	})
}

func TestAnUnreadableValueOfTheIndexIsNamed(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		u := must(h.offline().begin())
		for j, err := range u.joints(edgar.Accession{}) {
			if err != nil {
				t.Fatal(err)
			}
			j.standing.Fault = "filing value: malformed"
			if found := j.compare(); len(found) != 1 || found[0].Kind != IndexDamaged || found[0].Detail != j.standing.Fault {
				t.Errorf("found %+v, want it named", found)
			}
		}
	})
}

package crawl

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

// cutOff verifies until so many submissions were looked at.
func (h *house) cutOff(x Extent, after int) VerifyReport {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	defer cancel()
	what := h.offline()
	what.Progress = func(p Progress) {
		if p.Listing == "" && p.Looked >= after {
			cancel()
		}
	}
	r, err := Verify(ctx, what, x)
	if !errors.Is(err, context.Canceled) {
		h.t.Fatalf("%v, want it cut off", err)
	}
	return r
}

// resumable verifies all, with a bookmark, and returns what it told and how many
// submissions it read itself.
func (h *house) resumable(x Extent) (r VerifyReport, told []string, read int) {
	h.t.Helper()
	x.Sample, x.Bookmark = 1, filepath.Join(h.dir, "verify.json")
	x.Tell = func(s string) { told = append(told, s) }
	first := -1
	what := h.offline()
	what.Progress = func(p Progress) {
		if first < 0 && p.Listing == "" {
			first = p.Looked - 1
		}
	}
	r, err := Verify(h.t.Context(), what, x)
	if err != nil {
		h.t.Fatal(err)
	}
	return r, told, r.Verified - max(first, 0)
}

func TestAVerificationThatWasCutOffGoesOnWhereItStopped(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(100)...)
		h.sync(all2024())
		found := []string{"0000900001-24-100003", "0000900001-24-200050"}
		healed := "0000900001-24-100004"
		for _, a := range append(found, healed) {
			spoil(t, h.dir, a, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
		}
		x := Extent{Sample: 1, Bookmark: filepath.Join(h.dir, "verify.json")}
		cut := h.cutOff(x, 60)
		if cut.Verified < 60 || cut.Verified == 200 {
			t.Fatalf("%d read before it was cut off, want about 60", cut.Verified)
		}
		spoil(t, h.dir, healed, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
		time.Sleep(6 * 24 * time.Hour)
		r, told, read := h.resumable(Extent{})
		if len(told) != 1 || !strings.Contains(told[0], "going on where the verification of 2024-06-20 16:") {
			t.Errorf("told %q, want that it goes on", told)
		}
		if r.Archived != 200 || r.Verified != 200 || !r.Resumed || read > 201-cut.Verified {
			t.Errorf("%d archived, %d verified, %d of them now; want 200, those that were left now", r.Archived, r.Verified, read)
		}
		if got := accessionsOf(r.Named); !slices.Equal(got, found) {
			t.Errorf("found %q, want %q: one from before the cut, one from after it, and none that is healed", got, found)
		}
		if _, err := os.Stat(x.Bookmark); err == nil {
			t.Error("the bookmark is still there at the end")
		}
	})
}

func accessionsOf(ds []Difference) (as []string) {
	for _, d := range ds {
		as = append(as, d.Accession.String())
	}
	return as
}

func TestAVerificationBeginsAnew(t *testing.T) {
	for name, tt := range map[string]struct {
		x  Extent
		do func(h *house, file string)
	}{
		"when asked to":               {x: Extent{Anew: true}},
		"after a week":                {do: func(*house, string) { time.Sleep(bookmarkLife) }},
		"when its bookmark is broken": {do: func(h *house, file string) { must(0, os.WriteFile(file, []byte("{"), 0o600)) }},
		"when its bookmark is another's": {do: func(h *house, file string) {
			must(0, os.WriteFile(file, []byte(`{"version":99,"after":"0000900001-24-100150"}`), 0o600))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := newHouse(t, manyReports(20)...)
				h.sync(all2024())
				file := filepath.Join(h.dir, "verify.json")
				h.cutOff(Extent{Sample: 1, Bookmark: file}, 10)
				if tt.do != nil {
					tt.do(h, file)
				}
				r, told, read := h.resumable(tt.x)
				if r.Resumed || len(told) != 0 || read != 40 {
					t.Errorf("resumed %v, told %q, %d read; want all 40 and no word", r.Resumed, told, read)
				}
			})
		})
	}
}

func TestASampleNeitherNeedsNorMovesABookmark(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(20)...)
		h.sync(all2024())
		x := Extent{Sample: 1, Bookmark: filepath.Join(h.dir, "verify.json")}
		h.cutOff(x, 10)
		before := must(os.ReadFile(x.Bookmark))
		x.Sample = 0.5
		if r := must(Verify(t.Context(), h.offline(), x)); r.Resumed || r.Archived != 40 {
			t.Errorf("%+v, want a sample of all 40", r)
		}
		if after := must(os.ReadFile(x.Bookmark)); !slices.Equal(before, after) {
			t.Errorf("the bookmark was %s and is %s", before, after)
		}
	})
}

func TestWithoutAPlaceForItsBookmarkAVerificationSaysSoAndGoesOn(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(20)...)
		h.sync(all2024())
		var told []string
		v := newVerification(must(h.offline().begin()), Extent{Sample: 1, Bookmark: h.dir + "/nowhere/verify.json", Tell: func(s string) { told = append(told, s) }})
		v.every = 0
		for n := range 3 {
			v.enter(finding{numbered: numbered{n: n, joint: joint{accession: acc("0000900001-24-100003")}}})
		}
		if len(told) != 1 || !strings.Contains(told[0], "cannot go on later") {
			t.Errorf("told %q, want it said once", told)
		}
	})
}

// A kill leaves the bookmark of a few seconds before, and what it names holds.
func TestABookmarkSavedOnTheWayNamesOnlyWhatIsDone(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(20)...)
		h.sync(all2024())
		file := filepath.Join(h.dir, "verify.json")
		v := newVerification(must(h.offline().begin()), Extent{Sample: 1, Bookmark: file})
		v.every = 0
		done := make(chan finding, 4)
		first := numbered{joint: joint{accession: acc("0000900001-24-000001"), archived: true}}
		later := numbered{n: 2, joint: joint{accession: acc("0000900001-24-000003"), archived: true}}
		done <- finding{numbered: first}
		done <- finding{numbered: later}
		close(done)
		if err := v.record(done); err != nil {
			t.Fatal(err)
		}
		b, ok := readBookmark(file, time.Now())
		if !ok || b.After != first.accession || b.Archived != 1 {
			t.Errorf("%+v, %v; want it after the first: the second is not done", b, ok)
		}
	})
}

func TestWhatIsBeyondTheNamesIsCounted(t *testing.T) {
	h := newHouse(t)
	v := newVerification(must(h.offline().begin()), Extent{Sample: 1})
	v.most = 1
	done := make(chan finding, 3)
	for n, a := range []string{"0000900001-24-000001", "0000900001-24-000002", "0000900001-24-000003"} {
		done <- finding{numbered{n, joint{accession: acc(a)}}, false, []Difference{{Kind: NotArchived, Accession: acc(a)}}}
	}
	close(done)
	if err := v.record(done); err != nil {
		t.Fatal(err)
	}
	if r := v.report; r.Differences != 3 || len(v.mark.Again) != 1 || r.Beyond != 2 {
		t.Errorf("%d differences, %v named, %d beyond; want 3, one and 2", r.Differences, v.mark.Again, r.Beyond)
	}
}

func FuzzBookmark(f *testing.F) {
	f.Add([]byte(`{"version":1,"began":"2024-06-20T16:00:00Z","after":"0000900001-24-000001","archived":3,"verified":3,"bytes":9,"seconds":1,"again":["0000900001-24-000001"],"strays":["submissions/x"]}`))
	name := filepath.Join(f.TempDir(), "verify.json")
	now := time.Date(2024, 6, 21, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		b, ok := readBookmark(name, now)
		if ok && (b.Archived < 0 || b.Seconds < 0 || now.Sub(b.Began) >= bookmarkLife || slices.ContainsFunc(b.Strays, func(s string) bool { return !filepath.IsLocal(s) })) {
			t.Errorf("%+v is believed", b)
		}
		if !ok {
			b = bookmark{After: edgar.Accession{}}
		}
		if err := b.write(name); err != nil {
			t.Fatal(err)
		}
	})
}

package crawl

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/index/pages"
)

// mend verifies all, and does everything about what is found.
func (h *house) mend(edit ...func(*Config)) (r VerifyReport, m Mended, left Findings) {
	h.t.Helper()
	r, err := Verify(h.t.Context(), h.offline(), Extent{Sample: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	if m, err = Mend(h.t.Context(), Config{Index: h.ix, Archive: h.ar}, r, true); err != nil {
		h.t.Fatal(err)
	}
	if len(m.Missing) > 0 {
		if _, err := h.crawler(edit...).Refetch(h.t.Context(), m.Missing); err != nil {
			h.t.Fatal(err)
		}
	}
	if left, err = Recheck(h.t.Context(), h.offline(), r); err != nil {
		h.t.Fatal(err)
	}
	return r, m, left
}

// quarantined returns the names of what is in quarantine, reasons aside.
func (h *house) quarantined() (names []string) {
	h.t.Helper()
	found, err := filepath.Glob(h.dir + "/archive/quarantine/*.zst")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, name := range found {
		if _, err := os.Stat(name + ".reason"); err != nil {
			h.t.Errorf("nothing says why %s is there: %v", name, err)
		}
		names = append(names, strings.TrimSuffix(filepath.Base(name), ".txt.zst"))
	}
	return names
}

func TestWhatVerifyFindsIsMended(t *testing.T) {
	type trap struct {
		breach
		aside   []string // in quarantine in the end
		fetches int
	}
	flip := func(a string) func(*house) {
		return func(h *house) { spoil(h.t, h.dir, a, func(b []byte) []byte { b[len(b)/3] ^= 1; return b }) }
	}
	traps := map[string]trap{
		"a byte flipped":   {breach{do: flip(ofJune)}, []string{ofJune + ".1"}, 1},
		"a trailer broken": {archiveBreaches()["a trailer broken"], []string{ofJune + ".1"}, 1},
		"a file deleted":   {archiveBreaches()["a file deleted"], nil, 1},
		"another revision archived and not recorded": {breach{do: func(h *house) {
			body := made(ofJune, "8-K", "2024-06-20", "900001")
			h.put(ofJune, bytes.Replace(body.Text(), []byte("</SEC-DOCUMENT>"), []byte("\n</SEC-DOCUMENT>"), 1))
		}}, nil, 0},
		"what is no submission archived since":    {archiveBreaches()["other bytes archived since"], []string{ofJune + ".2"}, 0},
		"what is no submission, nobody knows why": {archiveBreaches()["a file nobody recorded"], []string{"0000900001-24-000077.1"}, 0},
		"a submission nobody recorded": {breach{do: func(h *house) {
			body := made("0000900001-24-000078", "8-K", "2024-06-20", "900001")
			h.put("0000900001-24-000078", body.Text())
		}}, nil, 0},
		"a stray": {breach{do: func(h *house) {
			must(0, os.WriteFile(h.dir+"/archive/submissions/000/"+ofJune+".txt.zst", []byte("x"), 0o600))
		}}, []string{ofJune}, 0},
		"the newer of two revisions damaged": {breach{do: func(h *house) {
			h.replace(made(ofFebruary, "8-K/A", "2024-02-05", "900001"))
			h.reread(ofFebruary)
			file := h.dir + "/archive/revisions/000/090/000/124/000/" + ofFebruary + "/2.txt.zst"
			b := must(os.ReadFile(file))
			b[len(b)/3] ^= 1
			must(0, os.WriteFile(file, b, 0o600))
		}}, []string{ofFebruary + ".2"}, 1},
		"a byte flipped, and the index built anew": {breach{do: func(h *house) {
			flip(ofJune)(h)
			h.reindex()
		}}, []string{ofJune + ".1"}, 1},
		"the older of two revisions damaged": {breach{do: func(h *house) {
			h.replace(made(ofFebruary, "8-K/A", "2024-02-05", "900001"))
			h.reread(ofFebruary)
			flip(ofFebruary + ".txt")(h)
		}}, []string{ofFebruary + ".1"}, 0},
	}
	for name, tt := range traps {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := newHouse(t, fourReports()...)
				h.sync(all2024())
				tt.do(h)
				before := len(h.world.Requests())
				r, m, left := h.mend()
				if !r.Differs() || left.Differences != 0 {
					t.Errorf("found %+v, left %+v; want something found and nothing left", r.Named, left.Named)
				}
				if again, err := Verify(t.Context(), h.offline(), Extent{Sample: 1}); err != nil || again.Differs() {
					t.Errorf("a second verification: %+v, %v; want no difference", again.Named, err)
				}
				if got := h.quarantined(); !slices.Equal(got, tt.aside) || len(m.Quarantined) != len(tt.aside) {
					t.Errorf("in quarantine are %q, want %q", got, tt.aside)
				}
				fetched := 0
				for _, q := range h.world.Requests()[before:] {
					if strings.HasSuffix(q.Path, ".txt") && q.Path != "/robots.txt" {
						fetched++
					}
				}
				if fetched != tt.fetches {
					t.Errorf("%d submissions fetched, want %d", fetched, tt.fetches)
				}
			})
		})
	}
}

// reread has the next pass fetch what EDGAR has by now of a submission that is
// recorded.
func (h *house) reread(accession string) {
	h.t.Helper()
	if _, err := h.crawler().Refetch(h.t.Context(), []edgar.Accession{acc(accession)}); err != nil {
		h.t.Fatal(err)
	}
}

func TestADamagedCutCopyIsFetchedAndCutAgain(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		sub := illustrated("0000900001-24-000001", 20_000)
		h := newHouse(t, sub)
		h.syncWith(Scope{}, keepText)
		if r := must(Verify(t.Context(), h.offline(), Extent{Sample: 1})); r.Differs() {
			t.Fatalf("a sound cut copy: %+v", r.Named)
		}
		before := must(h.ix.Filing(sub.Accession))
		spoil(t, h.dir, sub.Accession.String(), func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
		if _, _, left := h.mend(keepText); left.Differences != 0 {
			t.Errorf("left %+v", left.Named)
		}
		after, info := must(h.ix.Filing(sub.Accession)), must(h.ar.Stat(sub.Accession))
		if !info.Cut || info.Revision != 1 || after.SHA256 != before.SHA256 || after.Size != before.Size || !h.entry(sub.Accession.String()).Cut {
			t.Errorf("archived %+v, recorded %+v; want it cut, as it was", info, after)
		}
	})
}

func TestWhatCannotBeFetchedAgainIsLeftAndNamedAndLosesNothing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		spoil(t, h.dir, ofJune, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
		h.world.Script("/Archives/edgar/data/900001/"+ofJune+".txt", edgartest.NoSuchKey)
		_, _, left := h.mend()
		if left.Differences != 1 || left.Named[0].Kind != NotArchived {
			t.Errorf("left %+v, want the one that is not archived", left.Named)
		}
		if e := h.entry(ofJune); e.State != index.Recorded {
			t.Errorf("its entry is %+v, want it recorded still", e)
		}
		if got := h.quarantined(); !slices.Equal(got, []string{ofJune + ".1"}) {
			t.Errorf("in quarantine are %q", got)
		}
		h.world.ClearScript()
		if _, m, left := h.mend(); left.Differences != 0 || len(m.Missing) != 1 {
			t.Errorf("when it can be had again: %+v left, %d fetched", left.Named, len(m.Missing))
		}
	})
}

func TestQuarantineAloneLeavesTheIndexAsItIs(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		spoil(t, h.dir, ofJune, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
		h.put("0000900001-24-000078", []byte("-----BEGIN"))
		r := must(Verify(t.Context(), h.offline(), Extent{Sample: 1}))
		m, err := Mend(t.Context(), Config{Index: h.ix, Archive: h.ar}, r, false)
		if err != nil || len(m.Quarantined) != 1 || m.Rerecorded != 0 || len(m.Missing) != 0 {
			t.Errorf("%+v, %v; want one quarantined and nothing else", m, err)
		}
	})
}

func TestABitFlippedInTheIndexIsRepairedFromTheArchiveAlone(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		before := h.dump()
		h.tamper("filing", acc(ofJune).AppendKey(nil), func(v []byte) { v[len(v)-9] ^= 4 })
		asked := len(h.world.Requests())
		r, m, left := h.mend()
		if r.Kinds[IndexDamaged] != 1 || left.Differences != 0 || m.Rerecorded != 1 || len(h.world.Requests()) != asked {
			t.Errorf("found %+v, did %+v, left %+v; want one, recorded anew without a request", r.Named, m, left.Named)
		}
		if diff := cmp.Diff(before, h.dump()); diff != "" {
			t.Errorf("the index is not as it was (-want +got):\n%s", diff)
		}
	})
}

func TestAnEntryThatCannotBeReadIsLeftToAReindex(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		before := h.dump()
		h.tamper("entry", acc(ofJune).AppendKey(nil), func(v []byte) { v[0] = 0xff })
		r, m, left := h.mend()
		if r.Kinds[IndexDamaged] != 1 || m.Rerecorded != 0 || left.Kinds[IndexDamaged] != 1 {
			t.Errorf("found %+v, did %+v, left %+v; want the entry named and left", r.Named, m, left.Named)
		}
		h.reindex()
		if diff := cmp.Diff(before, h.dump()); diff != "" {
			t.Errorf("the rebuilt index is not as it was (-want +got):\n%s", diff)
		}
	})
}

func TestAKeyThatIsLostIsPutBack(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		before := h.dump()
		h.tamper("item", nil, nil)
		r, m, left := h.mend()
		if r.Kinds[KeyDiffers] == 0 || left.Differences != 0 || m.Rekeyed != r.Kinds[KeyDiffers] || m.Rerecorded != 0 {
			t.Errorf("found %+v, did %+v, left %+v; want keys repaired", r.Named, m, left.Named)
		}
		if diff := cmp.Diff(before, h.dump()); diff != "" {
			t.Errorf("the index is not as it was (-want +got):\n%s", diff)
		}
	})
}

// tamper changes the value under a key of a bucket, behind the index's back, or
// deletes the first key of it. The seal says that nobody wrote, as when a disk rots.
func (h *house) tamper(bucket string, key []byte, change func([]byte)) {
	h.t.Helper()
	h.ix.Close()
	db := must(bolt.Open(h.dir+"/index.db", 0o600, nil))
	err := db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		if key == nil {
			k, _ := b.Cursor().First()
			return b.Delete(k)
		}
		v := bytes.Clone(b.Get(key))
		change(v)
		return b.Put(key, v)
	})
	if err := errors.Join(err, db.Close(), h.reseal()); err != nil {
		h.t.Fatal(err)
	}
	h.ix = must(index.Open(h.dir))
}

// reseal makes the seal of the index say that it was closed as it is now.
func (h *house) reseal() error {
	f := must(os.Open(h.dir + "/index.db"))
	defer f.Close()
	info := must(f.Stat())
	seal := map[string]any{"size": info.Size(), "modified": info.ModTime().UTC(), "transaction": must(pages.Transaction(f))}
	return os.WriteFile(h.dir+"/index.db.seal", must(json.Marshal(seal)), 0o600)
}

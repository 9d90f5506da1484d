package crawl

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/index"
)

func TestWhatVerifyFindsIsHealedByARebuildAndAPass(t *testing.T) {
	breaches := archiveBreaches()
	delete(breaches, "a trailer broken") // nobody knows what bytes they were: the file stays named until it is moved away
	breaches["a byte flipped"] = breach{do: func(h *house) {
		spoil(h.t, h.dir, ofJune, func(b []byte) []byte { b[len(b)/3] ^= 1; return b })
	}}
	delete(breaches, "a file nobody recorded") // and nobody lists
	for name, b := range breaches {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := newHouse(t, fourReports()...)
				h.sync(all2024())
				b.do(h)
				h.reindex()
				h.world.ClearScript()
				s := all2024()
				s.RetryNow = true
				h.sync(s)
				if r, err := Verify(t.Context(), h.offline(), Extent{Sample: 1}); err != nil || r.Differs() {
					t.Errorf("%+v, %v; want no difference", r.Findings, err)
				}
			})
		})
	}
}

// An entry that was never fetched has nobody but the listing to tell what it is.
func TestADamagedListingIsFetchedAgainAfterARebuild(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"a byte flipped": func(b []byte) []byte { b[len(b)/2] ^= 0x40; return b },
		"cut off":        func(b []byte) []byte { return b[:len(b)/2] },
		"zeros":          func(b []byte) []byte { return make([]byte, len(b)) },
	} {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := newHouse(t, fourReports()...)
				s := all2024()
				s.Limit = 2
				h.sync(s)
				before := h.entry(ofFebruary)
				file := h.dir + "/listings/full-index/2024/QTR1/master.gz"
				if err := os.WriteFile(file, damage(bytes.Clone(must(os.ReadFile(file)))), 0o600); err != nil {
					t.Fatal(err)
				}
				h.reindex()
				h.sync(s)
				if diff := cmp.Diff(index.Recorded, h.entry(ofFebruary).State); diff != "" {
					t.Errorf("%s\n-want +got of what was %+v", diff, before)
				}
				if r := h.audit(); r.Differs() {
					t.Errorf("audit: %q", named(r))
				}
			})
		})
	}
}

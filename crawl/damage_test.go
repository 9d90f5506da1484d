package crawl

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/index"
)

// Whatever page of the index is damaged, the rest of the data directory suffices to
// make it again, entry for entry and filing for filing.
func TestADamagedIndexComesBackFromArchiveListingsAndJournal(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		time.Sleep(time.Hour)
		want := h.holdings()
		if err := h.ix.Close(); err != nil {
			t.Fatal(err)
		}
		path := h.dir + "/index.db"
		sound := must(os.ReadFile(path))
		size := int(binary.NativeEndian.Uint32(sound[24:]))
		refused := 0
		for at := 2*size + 8; at < len(sound); at += size { // where a page says what kind it is
			if bytes.Count(sound[at-8:at-8+size], []byte{0}) == size {
				continue // it was never used
			}
			b := append([]byte(nil), sound...)
			b[at] ^= 0x10
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			ix, err := index.OpenReadOnly(h.dir)
			if err == nil {
				ix.Close()
				continue
			}
			if !errors.Is(err, index.ErrDamaged) {
				t.Errorf("byte %d: %v, want ErrDamaged", at, err)
			}
			if refused++; refused%4 == 1 {
				h.remake()
				if diff := cmp.Diff(want, h.holdings()); diff != "" {
					t.Errorf("byte %d (-want +got):\n%s", at, diff)
				}
				h.ix.Close()
			}
		}
		if refused == 0 {
			t.Error("no damage was found")
		}
		h.remake()
	})
}

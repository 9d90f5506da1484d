package crawl

import (
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
		for page := 2; page < len(sound)/size; page += 3 {
			for _, at := range []int{8} {
				b := append([]byte(nil), sound...)
				b[page*size+at] ^= 0x10
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
				ix, err := index.OpenReadOnly(h.dir)
				if err == nil {
					ix.Close()
					continue
				}
				if !errors.Is(err, index.ErrDamaged) {
					t.Errorf("byte %d of page %d: %v, want ErrDamaged", at, page, err)
				}
				if refused++; refused%4 == 1 {
					h.remake()
					if diff := cmp.Diff(want, h.holdings()); diff != "" {
						t.Errorf("byte %d of page %d (-want +got):\n%s", at, page, diff)
					}
					h.ix.Close()
				}
			}
		}
		if refused == 0 {
			t.Error("no damage was found")
		}
		h.remake()
	})
}

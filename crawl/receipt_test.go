package crawl

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
)

func TestASubmissionIsArchivedAndReadAlikeWhateverItsSize(t *testing.T) {
	for _, size := range []int{0, pieceMax - 5_000, pieceMax + 1, 3 * pieceMax} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			s := made("0000900001-24-000001", "8-K", "2024-02-05", "900001")
			w := edgartest.New()
			if err := w.Add(s); err != nil {
				t.Fatal(err)
			}
			page := must(w.Body(s.Accession))
			line := []byte("<p>and so on, in one more line of the exhibit</p>\n")
			s.Body = bytes.Replace(page, []byte("</TEXT>"), append(bytes.Repeat(line, size/len(line)), "</TEXT>"...), 1)
			h := newHouse(t, s)
			if r, _ := h.sync(all2024()); r.Recorded != 1 {
				t.Fatalf("%d bytes: recorded %d, want 1", len(s.Body), r.Recorded)
			}
			r, _, err := h.ar.Open(s.Accession, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, s.Body) {
				t.Errorf("%d bytes: archived %d, %v", len(s.Body), len(got), err)
			}
			want := h.dump()
			h.reindex()
			if diff := cmp.Diff(want, h.dump()); diff != "" {
				t.Errorf("%d bytes: recorded, and read again from the archive (-want +got):\n%s", len(s.Body), diff)
			}
		})
	}
}

package crawl

import (
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// numbers are the numbers of the last changes, by accession.
func numbers(t *testing.T, ix *index.Store) (epoch string, last uint64, of map[edgar.Accession]uint64) {
	t.Helper()
	p := must(ix.Changes(0, 0))
	of = map[edgar.Accession]uint64{}
	for _, c := range p.Changes {
		of[c.Filing.Accession] = c.Sequence
	}
	return p.Epoch, p.Last, of
}

func TestWhatReindexReadsAlikeKeepsItsChangeNumberAndWhatItChangesIsNew(t *testing.T) {
	h := synced(t)
	h.older(func(f *parse.Filing) { f.Cover = nil }, second)
	epoch, last, before := numbers(t, h.ix)
	if _, err := h.compared(); err != nil {
		t.Fatal(err)
	}
	again, _, after := numbers(t, h.ix)
	if again != epoch || len(after) != len(before) {
		t.Fatalf("epoch %s became %s, %d filings %d", epoch, again, len(before), len(after))
	}
	for a, n := range after {
		if changed := a == acc(second); changed != (n > last) || !changed && n != before[a] {
			t.Errorf("%s had number %d and has %d; the last was %d", a, before[a], n, last)
		}
	}
}

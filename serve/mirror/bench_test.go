package mirror_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"example.com/edgard/parse"
)

// BenchmarkListing makes the master.gz of a quarter of 20,000 filings: of a mirror
// that knows nothing yet, after one more filing, and of one that has it.
func BenchmarkListing(b *testing.B) {
	h := newHouse(b, nil)
	var fs []*parse.Filing
	for n := range 20_000 {
		f := filing(n+1, fmt.Sprint(900001+n%5000))
		f.Filed = day("2024-01-02").AddDays(n / 230)
		if fs = append(fs, f); len(fs) == 1000 {
			if err := h.ix.Record(fs...); err != nil {
				b.Fatal(err)
			}
			fs = nil
		}
	}
	ask := func(b *testing.B) {
		if w := h.get(quarterOne + "master.gz"); w.Code != http.StatusOK {
			b.Fatalf("answers %d", w.Code)
		}
	}
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			h.restart()
			ask(b)
		}
	})
	b.Run("grown", func(b *testing.B) {
		n := 20_000
		for b.Loop() {
			b.StopTimer()
			n++
			f := filing(n, "900001")
			f.Filed = day("2024-03-29")
			if err := h.ix.Record(f); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			ask(b)
		}
	})
	b.Run("had", func(b *testing.B) {
		for b.Loop() {
			ask(b)
		}
	})
}

// BenchmarkSubmission serves one of 200 KB.
func BenchmarkSubmission(b *testing.B) {
	h := newHouse(b, nil)
	sub := withDocuments("0000900001-24-000001", "text.txt", strings.Repeat("Shipments of lenses rose by a third in the quarter.\n", 4000))
	h.put(sub)
	b.SetBytes(int64(len(sub.Body)))
	for b.Loop() {
		h.get("/Archives/edgar/data/900001/0000900001-24-000001.txt")
	}
}

package index_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// BenchmarkCheckIndex checks the keys of as many made filings as EDGARD_FILINGS
// says: 100,000 unless given.
func BenchmarkCheckIndex(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("EDGARD_FILINGS"))
	if err != nil {
		n = 100_000
	}
	s, err := index.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	made := indextest.NewPopulation(n)
	for first := 0; first < n; first += 1000 {
		var fs []*parse.Filing
		for i := first; i < min(first+1000, n); i++ {
			fs = append(fs, made.At(i))
		}
		if err := s.Record(fs...); err != nil {
			b.Fatal(err)
		}
	}
	began, keys := time.Now(), 0
	for b.Loop() {
		r, err := index.CheckIndex(b.Context(), func(ask func(index.Reader) error) error { return ask(s) }, func(int) {})
		if err != nil || r.Faults != 0 || r.Filings != n {
			b.Fatalf("%+v, %v", r, err)
		}
		keys = r.Keys
	}
	took := time.Since(began).Seconds() / float64(b.N)
	b.ReportMetric(float64(n)/took, "filings/s")
	b.ReportMetric(float64(keys)/float64(n), "keys/filing")
}

package edgartest

import (
	"fmt"
	"net/http"
	"testing"
)

// many is a world of n submissions in one quarter.
func many(b *testing.B, n int) *World {
	b.Helper()
	w := New(WithNow(newClock("2024-04-15").now))
	for i := range n {
		err := w.Add(Submission{
			Accession: acc(fmt.Sprintf("0009900001-24-%06d", i+1)), Form: form("8-K"), Filed: date("2024-01-16"), Items: []string{"8.01"},
			Filers: []Filer{{CIK: cik(9000000 + int64(i)), Name: fmt.Sprintf("Company %d", i)}},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return w
}

func BenchmarkAdd(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		many(b, 1000)
	}
}

func BenchmarkQuarterlyListing(b *testing.B) {
	w := many(b, 10000)
	for b.Loop() {
		see(&http.Client{Transport: w}, "https://www.sec.gov/Archives/edgar/full-index/2024/QTR1/master.gz")
	}
}

func BenchmarkFiling(b *testing.B) {
	w := many(b, 1)
	for b.Loop() {
		see(&http.Client{Transport: w}, "https://www.sec.gov/Archives/edgar/data/9000000/0009900001-24-000001.txt")
	}
}

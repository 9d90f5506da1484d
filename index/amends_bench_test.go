package index

import (
	"fmt"
	"testing"

	"example.com/edgard/parse"
)

// BenchmarkFilingLinked reads an amendment with what it amends, and the original
// with its amendments, beside so many other filings of the same issuer and event.
func BenchmarkFilingLinked(b *testing.B) {
	for _, others := range []int{0, 1, 8, maxCandidates} {
		s := openTemp(b)
		for from := range 20 {
			var fs []*parse.Filing
			for n := range 1000 {
				fs = append(fs, report{n: 1000*from + n + 1000, ciks: []int{1 + n}, filed: "2024-03-04", items: "8.01"}.filing())
			}
			must(b, s.Record(fs...))
		}
		fs := []*parse.Filing{report{n: 999, form: "8-K/A", ciks: []int{5000}, filed: "2024-03-20", period: "2024-03-01", items: "8.01 9.01", note: said("2024-03-04", "", 1)}.filing()}
		for n := range others + 1 {
			fs = append(fs, report{n: 1 + n, ciks: []int{5000}, filed: "2024-03-04", period: "2024-03-01", items: "8.01 9.01"}.filing())
		}
		must(b, s.Record(fs...))
		for name, read := range map[string]func() error{
			"amendment":  func() error { _, err := s.Filing(acc(999)); return err },
			"original":   func() error { _, err := s.Filing(acc(1)); return err },
			"amended by": func() error { _, err := s.Amendments(acc(1)); return err },
		} {
			b.Run(fmt.Sprintf("%s/%d others", name, others), func(b *testing.B) {
				for b.Loop() {
					must(b, read())
				}
			})
		}
	}
}

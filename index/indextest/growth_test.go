package indextest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// BenchmarkGrowth tells what the file of an index takes that grew by the day, agents
// in no order, or into the past, and what Compact makes of it.
func BenchmarkGrowth(b *testing.B) {
	for _, grown := range []struct {
		filings, batch int
		order          string
	}{{3_000, 1, "oldest first"}, {50_000, 500, "oldest first"}, {50_000, 500, "newest first"}} {
		b.Run(fmt.Sprintf("%d filings by %d, %s", grown.filings, grown.batch, grown.order), func(b *testing.B) {
			dir, p := b.TempDir(), indextest.NewPopulation(grown.filings)
			s, err := index.Open(dir)
			must(b, err)
			arrivals := p.Arrivals()
			if grown.order == "newest first" {
				slices.Reverse(arrivals)
			}
			for batch := range slices.Chunk(arrivals, grown.batch) {
				var fs []*parse.Filing
				for _, i := range batch {
					fs = append(fs, p.At(i))
				}
				must(b, s.Record(fs...))
			}
			must(b, s.Close())
			b.ReportMetric(bytesEach(b, dir, p), "bytes/filing-grown")
			if testing.Verbose() {
				sizes(b, dir, p.Len())
			}
			_, err = index.Compact(b.Context(), dir, nil)
			must(b, err)
			b.ReportMetric(bytesEach(b, dir, p), "bytes/filing-compacted")
			if testing.Verbose() {
				sizes(b, dir, p.Len())
			}
		})
	}
}

func bytesEach(b *testing.B, dir string, p *indextest.Population) float64 {
	b.Helper()
	info, err := os.Stat(filepath.Join(dir, "index.db"))
	must(b, err)
	return float64(info.Size()) / float64(p.Len())
}

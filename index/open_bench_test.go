package index_test

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// BenchmarkOpening opens an index of 200,000 made filings: closed as it should be,
// after a kill, and with every page looked at.
func BenchmarkOpening(b *testing.B) {
	const filings = 200_000
	dir := b.TempDir()
	if err := index.Rebuild(dir, func(s *index.Store) error { return load(s, indextest.NewPopulation(filings)) }); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "index.db"))
	if err != nil {
		b.Fatal(err)
	}
	open := func(b *testing.B) *index.Store {
		s, err := index.OpenReadOnly(dir)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	b.Run("closed", func(b *testing.B) {
		for b.Loop() {
			open(b).Close()
		}
	})
	b.Run("killed", func(b *testing.B) {
		if err := os.Remove(filepath.Join(dir, "index.db.seal")); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			open(b).Close()
		}
	})
	b.Run("killed, for writing", func(b *testing.B) {
		for b.Loop() {
			s, err := index.Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			s.Close()
			os.Remove(filepath.Join(dir, "index.db.seal"))
			b.StartTimer()
		}
	})
	b.Run("every page", func(b *testing.B) {
		s := open(b)
		defer s.Close()
		for b.Loop() {
			rep, err := s.CheckPages(b.Context(), nil)
			if err != nil || rep.Keys["filing"] != filings {
				b.Fatal(rep, err)
			}
		}
		b.ReportMetric(float64(info.Size())/filings, "bytes/filing")
	})
}

// load fills a new index with a population.
func load(s *index.Store, p *indextest.Population) error {
	for batch := range inBatches(p.All(), 1000) {
		if err := s.Record(batch...); err != nil {
			return err
		}
	}
	return nil
}

func inBatches(fs iter.Seq[*parse.Filing], n int) iter.Seq[[]*parse.Filing] {
	return func(yield func([]*parse.Filing) bool) {
		var batch []*parse.Filing
		for f := range fs {
			if batch = append(batch, f); len(batch) < n {
				continue
			}
			if !yield(batch) {
				return
			}
			batch = batch[:0]
		}
		if len(batch) > 0 {
			yield(slices.Clip(batch))
		}
	}
}

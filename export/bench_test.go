package export

import (
	"io"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// BenchmarkMadeFilings exports 5,000 made filings of all years, without text.
func BenchmarkMadeFilings(b *testing.B) {
	const n = 5000
	ix, err := index.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	p := indextest.NewPopulation(n)
	for i := 0; i < n; i += 500 {
		var fs []*parse.Filing
		for j := range 500 {
			fs = append(fs, p.At(i+j))
		}
		if err := ix.Record(fs...); err != nil {
			b.Fatal(err)
		}
	}
	for _, rows := range RowKinds() {
		for _, f := range Formats() {
			benchmark(b, Config{Options: Options{f, rows, NoText}, Source: ix})
		}
	}
}

// BenchmarkRealFilings exports those of the corpus with all their text.
func BenchmarkRealFilings(b *testing.B) {
	h := newHouse(b, corpus(b))
	for _, x := range []Text{ItemText, AllText} {
		for _, f := range Formats() {
			benchmark(b, h.config(Options{f, Filings, x}))
		}
	}
}

func benchmark(b *testing.B, c Config) {
	b.Run(string(c.Format)+" "+string(c.Rows)+" "+string(c.Text), func(b *testing.B) {
		filings := 0
		for b.Loop() {
			rep, err := c.Run(b.Context(), io.Discard)
			if err != nil {
				b.Fatal(err)
			}
			filings += rep.Filings
		}
		b.ReportMetric(float64(filings)/b.Elapsed().Seconds(), "filings/s")
	})
}

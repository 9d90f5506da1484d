package crawl

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// BenchmarkReconcile compares twelve quarters of 4,000 reports each with the index,
// of which every one was read anew ("equal"), or lost one report ("less"), as after
// a rebuild. Two million entries take forty times as long.
func BenchmarkReconcile(b *testing.B) {
	dir := b.TempDir()
	ix := must(index.Open(dir))
	defer ix.Close()
	ar := must(archive.Open(dir + "/archive"))
	defer ar.Close()
	c := must(New(Config{UserAgent: testAgent, BaseURL: "http://127.0.0.1:1", StateDir: dir, ListingsDir: dir + "/listings", Index: ix, Archive: ar}))
	var quarters []taken
	for q, n := must(edgar.ParseQuarter("2021Q1")), 0; n < 12; q, n = q.Next(), n+1 {
		quarters = append(quarters, benchQuarter(b, c, q, 4000))
	}
	now := time.Now()
	for name, lost := range map[string]int{"equal": 0, "less": 1} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p := &pass{Crawler: c, now: now, taken: slices.Clone(quarters)}
				p.scope = must(Scope{From: day("2021-01-01"), DryRun: true}.resolve(ix, now))
				for i := range p.taken {
					p.taken[i].wanted.sum += uint64(lost)
				}
				if err := p.reconcile(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchQuarter keeps and discovers a listing of n reports among as many other forms.
func benchQuarter(b *testing.B, c *Crawler, q edgar.Quarter, n int) taken {
	var text strings.Builder
	fmt.Fprintf(&text, "Last Data Received:    January 1, 2026\n\nCIK|Company Name|Form Type|Date Filed|Filename\n%s\n", strings.Repeat("-", 80))
	var rows []parse.Row
	for i := range n {
		a := acc(fmt.Sprintf("%010d-%02d-%06d", 900001+i%500, q.Year()%100, q.Number()*100_000+i))
		r := parse.Row{Form: edgar.CurrentReports()[0], Name: "Tidewater", CIK: cik("900001"), Filed: q.First().AddDays(i % 90), Accession: a}
		rows = append(rows, r)
		fmt.Fprintf(&text, "900001|Tidewater|%s|%s|edgar/data/900001/%s.txt\n900001|Tidewater|4|%s|edgar/data/900001/%s.txt\n", r.Form, r.Filed, a, r.Filed, a)
	}
	file := q.String() + ".idx"
	if err := os.MkdirAll(c.ListingsDir, 0o700); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.ListingsDir, file), []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	l := index.Listing{Key: q.String(), File: file, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text.String()))), Size: int64(text.Len()), LastData: q.Last(), Checked: time.Now(), Fetched: time.Now()}
	if _, err := c.Index.Discover(l, slices.Values(rows), q.Last().Midnight()); err != nil {
		b.Fatal(err)
	}
	s := Scope{From: q.First(), To: q.Last(), Forms: edgar.CurrentReports()}
	return taken{Listing: l, src: source{name: l.Key, first: q.First(), last: q.Last()}, extent: s.of(q.First(), q.Last()), fresh: true, wanted: tallyOf(rows)}
}

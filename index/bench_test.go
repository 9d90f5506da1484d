package index

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"
)

// BenchmarkEncoding is where the table in the package doc comes from.
func BenchmarkEncoding(b *testing.B) {
	fs := corpus(b)
	c, err := newCodec()
	must(b, err)
	frame := func(opts ...zstd.EOption) func([]byte) []byte {
		w, err := zstd.NewWriter(nil, append([]zstd.EOption{zstd.WithEncoderConcurrency(1), zstd.WithSingleSegment(true)}, opts...)...)
		must(b, err)
		return func(v []byte) []byte { return w.EncodeAll(v, nil) }
	}
	plain, fast := frame(), zstd.WithEncoderLevel(zstd.SpeedFastest)
	first := frame(fast, zstd.WithEncoderDictRaw(1, firstDictionary()))
	slow := frame(zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderDict(dictionary()))
	asJSON := func(f *parse.Filing) []byte {
		v, err := json.Marshal(withoutText(f))
		must(b, err)
		return v
	}
	coded := func(f *parse.Filing) coder {
		x, g := coder{}, withoutText(f)
		x.fields(func() { x.filing(g) })
		return x
	}
	for _, rival := range []struct {
		name   string
		encode func(f *parse.Filing) []byte
	}{
		{"JSON", asJSON},
		{"fields", func(f *parse.Filing) []byte { x := coded(f); return append(x.numbers, x.text...) }},
		{"JSON, zstd", func(f *parse.Filing) []byte { return plain(asJSON(f)) }},
		{"fields, zstd", func(f *parse.Filing) []byte { x := coded(f); return append(x.numbers, plain(x.text)...) }},
		{"JSON, zstd, dictionary", func(f *parse.Filing) []byte {
			return append(appendString([]byte{1}, foldedNames(f)), first(asJSON(f))...)
		}},
		{"value", func(f *parse.Filing) []byte {
			v, err := c.encode(f)
			must(b, err)
			return v
		}},
		{"value, better zstd", func(f *parse.Filing) []byte {
			x := coded(f)
			return append(append([]byte(foldedNames(f)), x.numbers...), slow(x.text)...)
		}},
	} {
		b.Run(rival.name, func(b *testing.B) { measure(b, fs, rival.encode) })
	}
}

func measure(b *testing.B, fs []*parse.Filing, encode func(f *parse.Filing) []byte) {
	var sizes []int
	for b.Loop() {
		sizes = sizes[:0]
		for _, f := range fs {
			sizes = append(sizes, len(encode(f)))
		}
	}
	slices.Sort(sizes)
	sum := 0
	for _, n := range sizes {
		sum += n
	}
	b.ReportMetric(float64(sum)/float64(len(sizes)), "mean-bytes")
	b.ReportMetric(float64(sizes[len(sizes)/2]), "median-bytes")
	b.ReportMetric(float64(sizes[len(sizes)*9/10]), "p90-bytes")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(fs)), "µs/filing")
}

func BenchmarkDecode(b *testing.B) {
	s := openTemp(b)
	var values [][]byte
	for _, f := range corpus(b) {
		v, err := s.codec.encode(f)
		must(b, err)
		values = append(values, v)
	}
	for b.Loop() {
		for _, v := range values {
			_, err := s.codec.decode(v)
			must(b, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(values)), "µs/filing")
}

func BenchmarkRecord(b *testing.B) {
	for _, size := range []int{1, 500} {
		b.Run(fmt.Sprintf("%d a transaction", size), func(b *testing.B) {
			s := openTemp(b)
			n := 0
			for b.Loop() {
				var fs []*parse.Filing
				for range size {
					n++
					fs = append(fs, made(n%900_000, day("2024-01-02").AddDays(n%90).String(), 10+n%5000))
				}
				must(b, s.Record(fs...))
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/filing")
		})
	}
}

func BenchmarkFind(b *testing.B) {
	s := openTemp(b)
	s.db.NoSync = true
	var fs []*parse.Filing
	for n := range 20_000 {
		fs = append(fs, made(n+1, day("2024-01-02").AddDays(n%300).String(), 10+n%500))
		if len(fs) == 1000 {
			must(b, s.Record(fs...))
			fs = fs[:0]
		}
	}
	for name, q := range map[string]Query{
		"newest":  {},
		"by cik":  {CIKs: []edgar.CIK{cik(77)}},
		"by item": {Items: []string{"2.02"}},
		"by name": {Name: "company 499"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p, err := s.Find(q)
				must(b, err)
				if len(p.Filings) == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}

func BenchmarkDiscover(b *testing.B) {
	const rows = 30_000
	for b.Loop() {
		s := openTemp(b)
		_, err := s.Discover(kept("2024Q1"), manyRows(0, rows), noon)
		must(b, err)
		must(b, s.Close())
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*rows), "µs/row")
}

// manyRows yields n rows of distinct accessions from some 300 agents, in no order
// of accession, filed over 30 years.
func manyRows(first, n int) func(yield func(parse.Row) bool) {
	return func(yield func(parse.Row) bool) {
		for i := first; i < first+n; i++ {
			x := uint64(i) * 0x9e3779b97f4a7c15 // distinct, scattered
			a, err := edgar.ParseAccession(fmt.Sprintf("%010d-%02d-%06d", 900_000+x>>32%300*4321, i/70_000, i%70_000*14))
			r := row(1, 1_000_000+int(x>>40%40_000), day("1995-01-01").AddDays(i/200).String())
			if r.Accession = a; err != nil || !yield(r) {
				return
			}
		}
	}
}

// BenchmarkEntries measures what reads every entry, with as many as EDGARD_ENTRIES
// says: 100,000 unless given.
func BenchmarkEntries(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("EDGARD_ENTRIES"))
	if err != nil {
		n = 100_000
	}
	s := openTemp(b)
	s.db.NoSync = true
	start := time.Now()
	for first := 0; first < n; first += 20_000 {
		_, err := s.Discover(kept(fmt.Sprint("quarter ", first)), manyRows(first, min(20_000, n-first)), noon)
		must(b, err)
	}
	b.Logf("discovered %d in %v", n, time.Since(start))
	info, err := os.Stat(filepath.Join(s.dir, databaseName))
	must(b, err)
	b.Logf("%d MB", info.Size()>>20)
	must(b, s.db.View(func(tx *bolt.Tx) error {
		st := tx.Bucket(bucketEntry).Stats()
		b.Logf("entries: %d, %d bytes each in use, %d on disk", st.KeyN, st.LeafInuse/st.KeyN, st.LeafAlloc/st.KeyN)
		return nil
	}))
	b.Run("status", func(b *testing.B) {
		for b.Loop() {
			_, err := s.Status(noon)
			must(b, err)
		}
	})
	b.Run("due", func(b *testing.B) {
		for b.Loop() {
			got := 0
			for _, err := range s.Due(noon) {
				must(b, err)
				got++
			}
			if got != n {
				b.Fatalf("%d due, want %d", got, n)
			}
		}
	})
}

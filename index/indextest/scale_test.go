package indextest_test

import (
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/index/remote"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// BenchmarkScale loads as many made filings as EDGARD_FILINGS says, 20,000 unless
// given, and asks the index, at the file and through the socket, beside one of a
// tenth of the size: what takes no longer there costs what it answers and not what
// the index holds. With all of EDGAR's 2,100,000 it takes some 4 GB of disk.
//
//	EDGARD_FILINGS=2100000 go test ./index/indextest -run '^$' -bench Scale -timeout 1h
func BenchmarkScale(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("EDGARD_FILINGS"))
	if err != nil {
		n = 20_000
	}
	for _, n := range []int{n / 10, n} {
		b.Run(fmt.Sprintf("%d filings", n), func(b *testing.B) { measure(b, n) })
	}
}

func measure(b *testing.B, n int) {
	dir, p := b.TempDir(), indextest.NewPopulation(n)
	must(b, load(b, dir, p))
	sizes(b, dir, n)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s, err := index.Open(dir)
			must(b, err)
			must(b, s.Close())
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms")
	})
	s, err := index.Open(dir)
	must(b, err)
	defer s.Close()
	ask(b, s, p)
	server, err := remote.Serve(dir, s, "v1", log.New(io.Discard, "", 0))
	must(b, err)
	defer server.Close()
	c, err := remote.Dial(dir, "v1")
	must(b, err)
	defer c.Close()
	b.Run("socket", func(b *testing.B) { ask(b, c, p) })
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// load rebuilds the index of dir with all filings of p.
func load(b testing.TB, dir string, p *indextest.Population) error {
	var adding time.Duration
	start := time.Now()
	err := index.Rebuild(dir, func(s *index.Store) error {
		l, err := s.Loader()
		if err != nil {
			return err
		}
		for batch := range made(p) {
			start := time.Now()
			if err := l.Add(batch...); err != nil {
				return err
			}
			adding += time.Since(start)
		}
		start := time.Now()
		err = l.Finish()
		adding += time.Since(start)
		b.Logf("finished in %.1f s", time.Since(start).Seconds())
		return err
	})
	b.Logf("loaded %.0f filings/s, %.0f/s with their making", float64(p.Len())/adding.Seconds(), float64(p.Len())/time.Since(start).Seconds())
	return err
}

// made yields batches of the filings of p in order, each made on all cores.
func made(p *indextest.Population) func(yield func([]*parse.Filing) bool) {
	const size = 1000
	return func(yield func([]*parse.Filing) bool) {
		for first := 0; first < p.Len(); first += size {
			fs, done, cores := make([]*parse.Filing, min(size, p.Len()-first)), make(chan struct{}), runtime.GOMAXPROCS(0)
			for core := range cores {
				go func() {
					for i := core; i < len(fs); i += cores {
						fs[i] = p.At(first + i)
					}
					done <- struct{}{}
				}()
			}
			for range cores {
				<-done
			}
			if !yield(fs) {
				return
			}
		}
	}
}

// sizes tells what the file takes, by bucket.
func sizes(b *testing.B, dir string, n int) {
	path := filepath.Join(dir, "index.db")
	info, err := os.Stat(path)
	must(b, err)
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	must(b, err)
	defer db.Close()
	b.Logf("%.0f bytes a filing in the file of %d MB, pages of %d bytes", float64(info.Size())/float64(n), info.Size()>>20, db.Info().PageSize)
	must(b, db.View(func(tx *bolt.Tx) error {
		used := int64(0)
		err := tx.ForEach(func(name []byte, bucket *bolt.Bucket) error {
			st := bucket.Stats()
			alloc := st.LeafAlloc + st.BranchAlloc
			used += int64(alloc)
			b.Logf("%-9s %9d keys %7.1f bytes a filing, %5.1f %% in use", name, st.KeyN, float64(alloc)/float64(n), 100*float64(st.LeafInuse+st.BranchInuse)/float64(max(alloc, 1)))
			return nil
		})
		b.Logf("%-9s %14s %7.1f bytes a filing", "free", "", float64(info.Size()-used)/float64(n))
		return err
	}))
}

// question asks r something, which differs from try to try, and says how many
// filings the answer has.
type question struct {
	name string
	ask  func(r index.Reader, x *rand.Rand) (int, error)
}

// ask measures each question: its median and 99th percentile in milliseconds.
func ask(b *testing.B, r index.Reader, p *indextest.Population) {
	for _, q := range questions(p) {
		b.Run(q.name, func(b *testing.B) {
			x := rand.New(rand.NewPCG(1, 2))
			for range 20 { // to read the pages once
				_, err := q.ask(r, x)
				must(b, err)
			}
			var took []time.Duration
			answers := 0
			for b.Loop() {
				start := time.Now()
				n, err := q.ask(r, x)
				took = append(took, time.Since(start))
				must(b, err)
				answers += n
			}
			slices.Sort(took)
			b.ReportMetric(float64(answers)/float64(len(took)), "filings")
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "ms-median")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "ms-p99")
		})
	}
}

func questions(p *indextest.Population) []question {
	busy := busyIssuers(p)
	find := func(name string, query func(x *rand.Rand) index.Query) question {
		return question{name, func(r index.Reader, x *rand.Rand) (int, error) {
			page, err := r.Find(query(x))
			return len(page.Filings), err
		}}
	}
	return []question{
		{"one filing", func(r index.Reader, x *rand.Rand) (int, error) {
			_, err := r.Filing(p.Accession(x.IntN(p.Len())))
			return 1, err
		}},
		find("newest", func(*rand.Rand) index.Query { return index.Query{} }),
		find("issuer", func(x *rand.Rand) index.Query { return index.Query{CIKs: busy[x.IntN(len(busy)):][:1]} }),
		find("issuer, oldest", func(x *rand.Rand) index.Query {
			return index.Query{CIKs: busy[x.IntN(len(busy)):][:1], OldestFirst: true}
		}),
		find("item, dates", func(x *rand.Rand) index.Query { return within(x, index.Query{Items: oneOf(x, "2.02", "5.02", "8.01")}) }),
		find("rare item, dates", func(x *rand.Rand) index.Query { return within(x, index.Query{Items: oneOf(x, "1.03", "4.02", "5.01")}) }),
		find("item, oldest", func(x *rand.Rand) index.Query {
			return within(x, index.Query{Items: oneOf(x, "2.02", "5.02", "8.01"), OldestFirst: true})
		}),
		find("exhibit, dates", func(x *rand.Rand) index.Query { return within(x, index.Query{Exhibits: oneOf(x, "99.1", "10", "2.1")}) }),
		find("SIC", func(x *rand.Rand) index.Query { return within(x, index.Query{SICs: oneOf(x, "6022", "28", "3674")}) }),
		find("state, item", func(x *rand.Rand) index.Query {
			return within(x, index.Query{States: oneOf(x, "DE", "MN", "NY"), Items: oneOf(x, "2.02", "5.02")})
		}),
		find("period", func(x *rand.Rand) index.Query {
			q := within(x, index.Query{})
			return index.Query{PeriodFrom: q.From, PeriodTo: q.From.AddDays(5)}
		}),
		find("form, dates", func(x *rand.Rand) index.Query {
			return within(x, index.Query{Forms: []edgar.Form{known(edgar.ParseForm("8-K/A"))}})
		}),
		find("name", func(x *rand.Rand) index.Query {
			return index.Query{Name: oneOf(x, "kelp", "lodestar", "tundra", "quill")[0] + " " + oneOf(x, "ban", "res", "tech")[0]}
		}),
		find("name, item", func(x *rand.Rand) index.Query {
			return index.Query{Name: oneOf(x, "kelp", "lodestar", "tundra")[0], Items: oneOf(x, "2.02", "5.02")}
		}),
		{"edition", func(r index.Reader, _ *rand.Rand) (int, error) { _, err := r.Edition(); return 0, err }},
		{"issuer as such", func(r index.Reader, x *rand.Rand) (int, error) {
			_, err := r.Issuer(busy[x.IntN(len(busy))])
			return 1, err
		}},
		suggest("suggestions, one letter", "a", "s", "t"),
		suggest("suggestions, two letters", "in", "co", "te"),
		suggest("suggestions", "kelp ban", "lodestar", "tundra re", "kelp inc"),
		{"tally of a year", func(r index.Reader, x *rand.Rand) (int, error) {
			from := known(edgar.NewDate(1994+x.IntN(32), 1, 1))
			p, err := r.Tally(index.TallyQuestion{From: from, To: from.AddDays(364)})
			return p.Tally.Filings, err
		}},
		{"tally of all", func(r index.Reader, _ *rand.Rand) (int, error) {
			t, err := tallyAll(r, index.TallyQuestion{})
			return t.Filings, err
		}},
		{"counts", func(r index.Reader, _ *rand.Rand) (int, error) { c, err := r.Counts(); return len(c.Items), err }},
		{"status", func(r index.Reader, _ *rand.Rand) (int, error) { _, err := r.Status(time.Now()); return 0, err }},
		{"changes", func(r index.Reader, x *rand.Rand) (int, error) {
			c, err := r.Changes(uint64(x.IntN(p.Len())), 100)
			return len(c.Changes), err
		}},
	}
}

func suggest(name string, words ...string) question {
	return question{name, func(r index.Reader, x *rand.Rand) (int, error) {
		is, err := r.Suggest(oneOf(x, words...)[0], 0)
		return len(is), err
	}}
}

func known[T any](v T, err error) T {
	if err != nil {
		panic(err) // a constant of the benchmark
	}
	return v
}

func oneOf(x *rand.Rand, of ...string) []string { return of[x.IntN(len(of)):][:1] }

// within limits q to ninety days of the last twenty years.
func within(x *rand.Rand, q index.Query) index.Query {
	q.From = known(edgar.ParseDate("2005-01-01")).AddDays(x.IntN(20 * 365))
	q.To = q.From.AddDays(90)
	return q
}

// busyIssuers are a thousand or fewer with a hundred filings or more, as far as a
// sample tells.
func busyIssuers(p *indextest.Population) (busy []edgar.CIK) {
	seen := map[edgar.CIK]int{}
	step := max(p.Len()/100_000, 1)
	for i := 0; i < p.Len(); i += step {
		for _, f := range p.At(i).Filers {
			seen[f.CIK]++
		}
	}
	for c, n := range seen {
		if n*step >= 130 {
			busy = append(busy, c)
		}
	}
	slices.SortFunc(busy, edgar.CIK.Compare)
	return busy[:min(len(busy), 1000)]
}

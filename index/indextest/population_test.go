package indextest_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"github.com/google/go-cmp/cmp"
)

func TestMadeFilingsAscendAndAreTheSameAgain(t *testing.T) {
	const n = 5000
	p, again := indextest.NewPopulation(n), indextest.NewPopulation(n)
	if p.Len() != n {
		t.Fatalf("%d filings, want %d", p.Len(), n)
	}
	i, last := 0, ""
	for f := range p.All() {
		key := string(f.Accession.AppendKey(nil))
		if key <= last {
			t.Fatalf("filing %d is %s, which does not ascend", i, f.Accession)
		}
		if f.Accession != p.Accession(i) || f.Filed != p.Filed(i) {
			t.Fatalf("filing %d is %s of %s, told to be %s of %s", i, f.Accession, f.Filed, p.Accession(i), p.Filed(i))
		}
		if diff := cmp.Diff(fmt.Sprintf("%+v", again.At(i).Items), fmt.Sprintf("%+v", f.Items)); diff != "" {
			t.Fatalf("filing %d differs when made again:\n%s", i, diff)
		}
		i, last = i+1, key
	}
	if i != n {
		t.Errorf("%d filings came, want %d", i, n)
	}
}

func TestMadeFilingsArriveByTheDay(t *testing.T) {
	p := indextest.NewPopulation(2000)
	order := p.Arrivals()
	for i := 1; i < len(order); i++ {
		if p.Filed(order[i]).Before(p.Filed(order[i-1])) {
			t.Fatalf("%s comes after %s", p.Filed(order[i]), p.Filed(order[i-1]))
		}
	}
	slices.Sort(order)
	for i, at := range order {
		if i != at {
			t.Fatalf("place %d is not there once", i)
		}
	}
}

func TestMadeFilingsHaveTheProportionsOfRealOnes(t *testing.T) {
	real := corpus(t)
	p := indextest.NewPopulation(4000)
	want, got := shapeOf(t, slices.Values(real)), shapeOf(t, p.All())
	for _, f := range figures() {
		verdict := t.Logf
		if math.Abs(got[f.name]-want[f.name]) > f.tolerance*want[f.name] {
			verdict = t.Errorf
		}
		verdict("%-14s real %8.2f, made %8.2f", f.name, want[f.name], got[f.name])
	}
}

func BenchmarkMaking(b *testing.B) {
	p, i := indextest.NewPopulation(2_100_000), 0
	for b.Loop() {
		p.At(i * 7919 % p.Len())
		i++
	}
}

func TestMadeFilingsAreLoadedAsTheyAreRecorded(t *testing.T) {
	p := indextest.NewPopulation(1500)
	want := dumpOf(t, func(s *index.Store) error {
		for batch := range batches(p.All(), 500) {
			if err := s.Record(batch...); err != nil {
				return err
			}
		}
		return nil
	})
	got := dumpOf(t, func(s *index.Store) error {
		l, err := s.Loader()
		if err != nil {
			return err
		}
		for batch := range batches(p.All(), 500) {
			if err := l.Add(batch...); err != nil {
				return err
			}
		}
		return l.Finish()
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-recorded +loaded):\n%s", diff)
	}
}

// dumpOf is the dump of an index that fill rebuilt, but for its identity.
func dumpOf(t *testing.T, fill func(*index.Store) error) (lines []string) {
	t.Helper()
	dir := t.TempDir()
	if err := index.Rebuild(dir, fill); err != nil {
		t.Fatal(err)
	}
	s, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for k, v := range s.Dump() {
		if k != `meta/"identity"` {
			lines = append(lines, fmt.Sprintf("%s = %q", k, v))
		}
	}
	return lines
}

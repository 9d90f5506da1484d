package indextest_test

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// figure is one number about many filings, and by how much of it made ones may
// differ from real ones.
type figure struct {
	name      string
	tolerance float64
}

func figures() []figure {
	return []figure{
		{"filers", 0.1}, {"items", 0.1}, {"exhibits", 0.2}, {"documents", 0.2}, {"signatures", 0.1}, {"registrants", 0.1},
		{"former names", 0.3}, {"securities", 0.5}, {"addresses", 0.1}, {"accepted", 0.2},
		{"mean bytes", 0.1}, {"median bytes", 0.1}, {"90 % bytes", 0.1},
	}
}

// shapeOf returns the figures of filings: of most the mean, of the bytes of a value in
// the index mean, median and the one that nine of ten do not exceed.
func shapeOf(t *testing.T, fs iter.Seq[*parse.Filing]) map[string]float64 {
	sums, n := map[string]int{}, 0
	s, err := index.Open(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for batch := range batches(fs, 1000) {
		for _, f := range batch {
			n++
			count(sums, f)
		}
		if err := s.Record(batch...); err != nil {
			t.Fatal(err)
		}
	}
	shape := map[string]float64{}
	for name, sum := range sums {
		shape[name] = float64(sum) / float64(n)
	}
	sizes := valueSizes(s)
	shape["mean bytes"] = float64(total(sizes)) / float64(n)
	shape["median bytes"], shape["90 % bytes"] = float64(sizes[n/2]), float64(sizes[n*9/10])
	return shape
}

func count(sums map[string]int, f *parse.Filing) {
	sums["filers"] += len(f.Filers)
	sums["items"] += len(f.Items)
	sums["exhibits"] += len(f.Exhibits)
	sums["documents"] += len(f.Documents)
	sums["signatures"] += len(f.Signatures)
	if f.Cover != nil {
		sums["registrants"] += len(f.Cover.Registrants)
		sums["securities"] += len(f.Cover.Securities)
	}
	for _, x := range f.Filers {
		sums["former names"] += len(x.FormerNames)
		if x.BusinessAddress != nil && x.MailAddress != nil {
			sums["addresses"]++
		}
	}
	if !f.Accepted.IsZero() {
		sums["accepted"]++
	}
}

// valueSizes returns the lengths of the filings' values, ascending.
func valueSizes(s *index.Store) (sizes []int) {
	for k, v := range s.Dump() {
		if strings.HasPrefix(k, "filing/") {
			sizes = append(sizes, len(v))
		}
	}
	slices.Sort(sizes)
	return sizes
}

func total(ns []int) (sum int) {
	for _, n := range ns {
		sum += n
	}
	return sum
}

func batches(fs iter.Seq[*parse.Filing], size int) iter.Seq[[]*parse.Filing] {
	return func(yield func([]*parse.Filing) bool) {
		var batch []*parse.Filing
		for f := range fs {
			if batch = append(batch, f); len(batch) == size {
				if !yield(batch) {
					return
				}
				batch = nil
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// corpus reads the real submissions, as the crawl would record them.
func corpus(t *testing.T) (fs []*parse.Filing) {
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	paths, err := filepath.Glob(filepath.Join(dir, "submissions", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Skipf("no corpus at %s", dir)
	}
	for i, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sub, err := parse.ParseSubmission(b)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		f, like := parse.EightK(sub), indextest.NewPopulation(len(paths)).At(i)
		f.Size, f.Revision, f.SHA256 = sub.Size, 1, like.SHA256
		f.Seen, f.Recorded = like.Seen, like.Recorded
		fs = append(fs, f)
	}
	return fs
}

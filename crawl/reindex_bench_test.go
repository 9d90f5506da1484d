package crawl

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
)

// BenchmarkReindex rebuilds the index of an archive that has every submission of the
// corpus eight times, under accession numbers of its own: one operation is one
// filing, and all of them are read however few are asked for.
func BenchmarkReindex(b *testing.B) {
	dir := b.TempDir()
	n := archiveCorpus(b, dir, 8)
	ar := must(archive.Open(dir + "/archive"))
	defer ar.Close()
	rounds := 0
	var took, cpu time.Duration
	for b.Loop() {
		d, c := measured(func() {
			err := index.Rebuild(dir, func(ix *index.Store) error {
				r, err := Reindex(b.Context(), Config{Index: ix, Archive: ar, ListingsDir: dir + "/listings"})
				if err == nil && r.Recorded != n {
					err = fmt.Errorf("recorded %d of %d", r.Recorded, n)
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		})
		took, cpu, rounds = took+d, cpu+c, rounds+1
	}
	all := float64(n * rounds)
	b.ReportMetric(all/took.Seconds(), "filings/s")
	b.ReportMetric(cpu.Seconds()*1000/all, "cpu-ms/filing")
	b.ReportMetric(took.Seconds()*float64(runtime.GOMAXPROCS(0))/cpu.Seconds(), "wall-of-cpu") // above 1: others had the cores, too
}

// archiveCorpus fills the archive below dir with copies of each submission of the
// corpus, and returns how many there are.
func archiveCorpus(b *testing.B, dir string, copies int) (n int) {
	b.Helper()
	files := corpusSubmissions(b)
	ar := must(archive.Open(dir + "/archive"))
	defer ar.Close()
	for range copies {
		for _, name := range files {
			n++
			w := must(ar.Create(acc(fmt.Sprintf("%010d-24-%06d", 900000+n%40, n))))
			must(w.Write(must(os.ReadFile(name))))
			must(w.Commit(time.Now()))
		}
	}
	return n
}

// corpusSubmissions are the files of the real submissions.
func corpusSubmissions(b *testing.B) []string {
	b.Helper()
	root := os.Getenv("EDGARD_CORPUS")
	if root == "" {
		root = "../../shared/corpus"
	}
	files, err := filepath.Glob(filepath.Join(root, "submissions", "*"))
	if err != nil || len(files) == 0 {
		b.Skipf("no corpus at %s (EDGARD_CORPUS names another place): %v", root, err)
	}
	return files
}

package crawl

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
)

// BenchmarkImportCorpus imports the submissions of the corpus into new data
// directories. Beside it, in the same run and as many at a time, their bytes alone
// are read, written into a file each, flushed and renamed: what the disk makes of it.
// CPU is all of the process, the kernel's part included.
func BenchmarkImportCorpus(b *testing.B) {
	files := corpusSubmissions(b)
	root := filepath.Dir(files[0])
	var took, cpu, bare, bareCPU time.Duration
	for b.Loop() {
		dir := b.TempDir()
		d, c := measured(func() { bareCopies(b, dir, files) })
		bare, bareCPU = bare+d, bareCPU+c
		ix, ar := must(index.Open(dir)), must(archive.Open(dir+"/archive"))
		d, c = measured(func() {
			r, err := Import(b.Context(), Config{Index: ix, Archive: ar}, []string{root}, Scope{})
			if err != nil || r.Recorded != len(files) {
				b.Fatalf("recorded %d of %d: %v", r.Recorded, len(files), err)
			}
		})
		took, cpu = took+d, cpu+c
		ix.Close()
		ar.Close()
		os.RemoveAll(dir)
	}
	all := float64(b.N * len(files))
	b.ReportMetric(all/took.Seconds(), "filings/s")
	b.ReportMetric(cpu.Seconds()*1000/all, "cpu-ms/filing")
	b.ReportMetric(all/bare.Seconds(), "bare-filings/s")
	b.ReportMetric(bareCPU.Seconds()*1000/all, "bare-cpu-ms/filing")
	b.ReportMetric(bare.Seconds()/took.Seconds(), "of-bare")
}

// bareCopies keeps copies of files durably, with the standard library alone.
func bareCopies(b *testing.B, dir string, files []string) {
	b.Helper()
	names := make(chan string)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for name := range names {
				data := must(os.ReadFile(name))
				if err := writeBare(bytes.NewReader(data), filepath.Join(dir, filepath.Base(name))); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, name := range files {
		names <- name
	}
	close(names)
	all.Wait()
}

// writeBare makes a file durable, with the standard library alone.
func writeBare(r io.Reader, name string) error {
	f, err := os.Create(name + ".tmp")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(name+".tmp", name)
}

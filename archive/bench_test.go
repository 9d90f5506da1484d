//go:build unix

package archive

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time this process has used so far.
func cpu(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func perSubmission(b *testing.B, op func(n int64)) {
	var n atomic.Int64
	b.SetBytes(200_000)
	b.SetParallelism(4)
	start := cpu(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			op(n.Add(1))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "submissions/s")
	b.ReportMetric((cpu(b)-start).Seconds()*1e3/float64(b.N), "cpu-ms/op")
}

// BenchmarkCommit200KB archives submissions of 200 KB, eight at a time: of one
// filer agent in sequence, of a filer and folder of its own each, and beside
// them what the disk alone allows: the same bytes written, flushed and renamed.
//
// On ext4 the first of them after five idle minutes tells most: the kernel steps
// over inodes deleted shortly before, as benchmarks leave by the thousand, at up
// to 1 ms of CPU for each new file.
func BenchmarkCommit200KB(b *testing.B) {
	body := []byte(invented(200_000, 11))
	commit := func(format string) func(b *testing.B) {
		return func(b *testing.B) {
			s := openTest(b, b.TempDir())
			perSubmission(b, func(n int64) {
				w, err := s.Create(mustAccession(b, fmt.Sprintf(format, n)))
				if err != nil {
					b.Error(err)
					return
				}
				defer w.Abort()
				for part := range slices.Chunk(body, 32<<10) { // as io.Copy does
					w.Write(part)
				}
				if info, err := w.Commit(noon); err != nil || !info.Created {
					b.Error(info, err)
				}
			})
		}
	}
	b.Run("one agent", commit("0001628280-25-%06d"))
	b.Run("every filer alone", commit("%010d-25-000001"))
	b.Run("bare", func(b *testing.B) {
		dir := b.TempDir()
		perSubmission(b, func(n int64) {
			temp, final := filepath.Join(dir, fmt.Sprint(n, ".tmp")), filepath.Join(dir, fmt.Sprint(n))
			f, err := os.Create(temp)
			if err != nil {
				b.Error(err)
				return
			}
			f.Write(body)
			f.Sync()
			f.Close()
			if err := os.Rename(temp, final); err != nil {
				b.Error(err)
			}
			if err := syncOutside(dir); err != nil {
				b.Error(err)
			}
		})
	})
}

func BenchmarkStat(b *testing.B) {
	s := openTest(b, b.TempDir())
	a := mustAccession(b, "0001628280-25-058337")
	mustPut(b, s, a, "body")
	for b.Loop() {
		if _, err := s.Stat(a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen200KB(b *testing.B) {
	s := openTest(b, b.TempDir())
	a := mustAccession(b, "0001628280-25-058337")
	mustPut(b, s, a, invented(200_000, 12))
	b.SetBytes(200_000)
	for b.Loop() {
		if err := s.Verify(a, 0); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSHA256 is the part of a commit that no level of compression saves.
func BenchmarkSHA256(b *testing.B) {
	body := []byte(invented(200_000, 13))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		sha256.Sum256(body)
	}
}

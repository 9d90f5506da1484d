package parse

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkParseSubmission goes over every submission of the corpus: header and
// documents, no text.
func BenchmarkParseSubmission(b *testing.B) {
	var all [][]byte
	size := int64(0)
	for _, file := range corpusFiles(b, "submissions", "submissions_neg") {
		raw := mustRead(b, file)
		all = append(all, raw)
		size += int64(len(raw))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, raw := range all {
			if _, err := ParseSubmission(raw); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(all)), "µs/submission")
}

// BenchmarkParseSubmissionBySize shows that time grows as the bytes do.
func BenchmarkParseSubmissionBySize(b *testing.B) {
	for _, mb := range []int{1, 4, 16, 64} {
		b.Run(fmt.Sprintf("%dMB", mb), func(b *testing.B) {
			raw, err := io.ReadAll(pictureBook(mb << 20))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := ParseSubmission(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReadSubmission streams 60 MB, nearly all of it pictures, and reports
// the most heap in use on the way.
func BenchmarkReadSubmission(b *testing.B) {
	const size = 60 << 20
	b.SetBytes(size)
	peak := uint64(0)
	for b.Loop() {
		r := &heapWatcher{r: pictureBook(size)}
		if _, err := ReadSubmission(r); err != nil {
			b.Fatal(err)
		}
		peak = max(peak, r.peak-r.first)
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}

// pictureBook makes a submission of about size bytes: one short report and
// uuencoded pictures.
func pictureBook(size int) io.Reader {
	const open = "<SEC-DOCUMENT>0009999999-24-000001.txt : 20240201\n<SEC-HEADER>0009999999-24-000001.hdr.sgml : 20240201\n" +
		"ACCESSION NUMBER:\t\t0009999999-24-000001\nCONFORMED SUBMISSION TYPE:\t8-K\n</SEC-HEADER>\n" +
		"<DOCUMENT>\n<TYPE>8-K\n<FILENAME>d8k.htm\n<TEXT>\n<html><body><p>Item 8.01. Other Events.</p></body></html>\n</TEXT>\n</DOCUMENT>\n"
	row := "M" + strings.Repeat("<5_#8", 12) + "\n"
	picture := "<DOCUMENT>\n<TYPE>GRAPHIC\n<FILENAME>p.jpg\n<TEXT>\nbegin 644 p.jpg\n" + strings.Repeat(row, 1<<14) + "`\nend\n</TEXT>\n</DOCUMENT>\n"
	parts := []io.Reader{strings.NewReader(open)}
	for n := len(open); n < size; n += len(picture) {
		parts = append(parts, strings.NewReader(picture))
	}
	return io.MultiReader(append(parts, strings.NewReader("</SEC-DOCUMENT>\n"))...)
}

// A heapWatcher measures the heap now and then while it is read.
type heapWatcher struct {
	r           io.Reader
	reads       int
	first, peak uint64
}

func (w *heapWatcher) Read(b []byte) (int, error) {
	if w.reads%64 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if w.reads == 0 {
			w.first = m.HeapAlloc
		}
		w.peak = max(w.peak, m.HeapAlloc)
	}
	w.reads++
	return w.r.Read(b)
}

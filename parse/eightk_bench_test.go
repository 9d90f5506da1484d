package parse

import (
	"bytes"
	"io"
	"os"
	"testing"

	"golang.org/x/net/html"
)

// BenchmarkEightK reads items, cover, exhibits and signatures of html main
// documents; BenchmarkTokenizer is a bare pass of the tokenizer over the same
// bytes, the yardstick for it.
func BenchmarkEightK(b *testing.B) {
	bodies, size := htmlBodies(b)
	subs := make([]*Submission, len(bodies))
	for i, body := range bodies {
		d := Document{Sequence: 1, Type: "8-K", Media: mediaHTML, Length: int64(len(body)), body: body}
		subs[i] = &Submission{Header: Header{Form: titleForm(d.page())}, Documents: []Document{d}}
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range subs {
			EightK(s)
		}
	}
}

func BenchmarkFlatten(b *testing.B) {
	bodies, size := htmlBodies(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, body := range bodies {
			flatten(body, false)
		}
	}
}

func BenchmarkTokenizer(b *testing.B) {
	bodies, size := htmlBodies(b)
	b.SetBytes(size)
	for b.Loop() {
		for _, body := range bodies {
			z := html.NewTokenizer(bytes.NewReader(body))
			for z.Next() != html.ErrorToken {
			}
			if z.Err() != io.EOF {
				b.Fatal(z.Err())
			}
		}
	}
}

// htmlBodies returns the html main documents of the corpus.
func htmlBodies(b *testing.B) (bodies [][]byte, size int64) {
	b.Helper()
	for _, name := range corpusFiles(b, "primary") {
		body, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if looksHTML(body) {
			bodies = append(bodies, body)
			size += int64(len(body))
		}
	}
	return bodies, size
}

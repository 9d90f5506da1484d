package parse

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.com/edgard/edgar"
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

// BenchmarkEightKBySize reads hostile pages that grow fourfold: the time per
// byte must not grow with them.
func BenchmarkEightKBySize(b *testing.B) {
	units := map[string]string{
		"headings":   "<p>Item 8.01 Other Events",
		"references": "<p>Item 5.02 of <p>Items 1.01, 2.03 and",
		"clauses":    "<p>has duly caused this report to be signed <p>SIGNATURE",
		"cells":      "<td>2<td>Item 5",
		"nested":     "<div><b><table><tr><td>x",
		"numbers":    "<p>2<hr>",
		"heads":      "<hr><p>MADE HARBOR CORP.<p>FORM 8-K",
		"exhibits":   "EXHIBIT 99.1 or EXHIBIT ",
	}
	for name, unit := range units {
		for _, n := range []int{1000, 4000, 16000} {
			body := []byte("<html><p>FORM 8-K<table><tr>" + strings.Repeat(unit, n))
			s := &Submission{Header: Header{Form: edgar.CurrentReports()[0]}, Documents: []Document{{Type: "8-K", Media: mediaHTML, body: body}}}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					EightK(s)
				}
			})
		}
	}
}

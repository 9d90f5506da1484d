package parse_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// madeMaster returns a quarterly master listing of n rows, a tenth of them
// 8-Ks, with names and paths of the usual lengths.
func madeMaster(n int) []byte {
	forms := []string{"4", "10-Q", "424B2", "8-K", "SC 13G/A", "3", "4", "497K", "D", "13F-HR"}
	names := []string{"ALDER CREEK BANCORP INC", "Brightwater Holdings, L.P.", "QUARRY HILL TRUST 2016-4", "Oakum & Sons Ltd", "PIKE MARTHA J", "NORTHERN LANTERN MUTUAL FUNDS SERIES III"}
	var b bytes.Buffer
	b.WriteString(masterHead)
	for i := range n {
		cik := 1000032 + i*3
		fmt.Fprintf(&b, "%d|%s|%s|2016-%02d-%02d|edgar/data/%d/%010d-16-%06d.txt\n",
			cik, names[i%len(names)], forms[i%len(forms)], 7+i%3, 1+i%28, cik, 1104659+i%900, 100000+i)
	}
	return b.Bytes()
}

func BenchmarkListingMaster200k(b *testing.B) {
	data := madeMaster(200_000)
	for _, bm := range []struct {
		name string
		want []edgar.Form
		rows int
	}{
		{"8-K", edgar.CurrentReports(), 20_000},
		{"all", nil, 200_000},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				countRows(b, data, bm.want, bm.rows)
			}
		})
	}
}

func BenchmarkListingMaster200kGzip(b *testing.B) {
	data := madeMaster(200_000)
	packed := gzipped(b, data)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		countRows(b, packed, edgar.CurrentReports(), 20_000)
	}
}

func BenchmarkListingForm200k(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(formHead)
	for i := range 200_000 {
		fmt.Fprintf(&data, "%-12s%-62s%-12d2016-07-%02d  edgar/data/%d/%010d-16-%06d.txt\n",
			[]string{"10-Q", "4", "8-K", "SC 13G/A"}[i/50_000], "Brightwater Holdings, L.P.", 1000032+i, 1+i%28, 1000032+i, 1104659+i%900, 100000+i)
	}
	b.SetBytes(int64(data.Len()))
	b.ReportAllocs()
	for b.Loop() {
		countRows(b, data.Bytes(), edgar.CurrentReports(), 50_000)
	}
}

func countRows(tb testing.TB, data []byte, want []edgar.Form, rows int) {
	tb.Helper()
	n := 0
	for _, err := range parse.NewListing(bytes.NewReader(data), want...).Rows() {
		if err != nil {
			tb.Fatal(err)
		}
		n++
	}
	if n != rows {
		tb.Fatalf("got %d rows, want %d", n, rows)
	}
}

func gzipped(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

package crawl

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// BenchmarkSync crawls filings of about 200 KB from a server on loopback with the
// rate lifted, everything included: listing, fetch, hash, compression, fsync,
// parse, index. One operation is one filing.
func BenchmarkSync(b *testing.B) {
	w := edgartest.New()
	words := strings.Fields("the registrant announced that its board of directors approved an agreement with holders of lens works and tidal power under section")
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range b.N {
		var body bytes.Buffer
		for body.Len() < 200<<10 {
			body.WriteString("<p>")
			for range 60 {
				body.WriteString(words[rng.IntN(len(words))])
				fmt.Fprintf(&body, " %d ", rng.IntN(1000))
			}
			body.WriteString("</p>\n")
		}
		a := fmt.Sprintf("%010d-24-%06d", 900001+i%50, i+1)
		text := "<SEC-DOCUMENT>" + a + ".txt : 20240205\n<SEC-HEADER>" + a + ".hdr.sgml : 20240205\n<ACCEPTANCE-DATETIME>20240205160000\nACCESSION NUMBER:\t\t" + a +
			"\nCONFORMED SUBMISSION TYPE:\t8-K\nPUBLIC DOCUMENT COUNT:\t\t1\nCONFORMED PERIOD OF REPORT:\t20240204\nITEM INFORMATION:\t\tOther Events\nFILED AS OF DATE:\t\t20240205\n\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\tTIDEWATER LENS WORKS\n\t\tCENTRAL INDEX KEY:\t\t\t0000900001\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<FILENAME>a.htm\n<TEXT>\n<html><body><p><b>Item 8.01. Other Events.</b></p>" +
			body.String() + "<p>SIGNATURES</p></body></html>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
		if err := w.Add(edgartest.Submission{Body: []byte(text)}); err != nil {
			b.Fatal(err)
		}
	}
	srv := httptest.NewServer(w)
	defer srv.Close()
	dir := b.TempDir()
	ix, err := index.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	ar, err := archive.Open(dir + "/archive")
	if err != nil {
		b.Fatal(err)
	}
	defer ar.Close()
	c, err := New(Config{UserAgent: testAgent, BaseURL: srv.URL, StateDir: dir + "/state", ListingsDir: dir + "/listings", Index: ix, Archive: ar})
	if err != nil {
		b.Fatal(err)
	}
	day, _ := edgar.ParseDate("2024-02-05")
	b.SetBytes(200 << 10)
	cpu := cpuTime()
	b.ResetTimer()
	r, err := c.Sync(b.Context(), Scope{From: day, To: day})
	b.StopTimer()
	if err != nil || r.Recorded != b.N {
		b.Fatalf("recorded %d of %d: %v", r.Recorded, b.N, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "filings/s")
	b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms/filing") // the server's share included
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

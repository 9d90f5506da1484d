package synthetic

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
)

// packed is a body as it is served: one gzip member, so many times over.
type packed struct {
	gzip  []byte
	times int
	size  int // bytes before compression, in all
}

func pack(b []byte) packed {
	var out bytes.Buffer
	zw := gzip.NewWriter(&out)
	zw.Write(b) // into memory
	zw.Close()
	return packed{gzip: out.Bytes(), times: 1, size: len(b)}
}

// album makes the pictures of a large submission, about size bytes. They repeat,
// but farther apart than a compressor looks back.
func album(size int) packed {
	const page = 4 << 20
	g := generator{seed: 99}
	g.pictures(min(size, page))
	p := pack(g.Bytes())
	p.times = max(1, size/page)
	p.size *= p.times
	return p
}

// isLarge reports whether the i-th report of a quarter is a large one. Large ones
// come in twos, for several are to be under way at once.
func (s *EDGAR) isLarge(i int) bool {
	every := s.plan.LargeEvery
	return every > 0 && i/2%every == every/2
}

const closing = "</SEC-DOCUMENT>\n"

func (s *EDGAR) serveSubmission(w http.ResponseWriter, n, i int) {
	h := w.Header()
	h.Set("Content-Type", "text/plain")
	h.Set("Content-Encoding", "gzip")
	head := pack([]byte(s.report(n, i).header()))
	w.Write(head.gzip) // who went away is gone
	w.Write(s.bodies[mix(uint64(i))%variants].gzip)
	if s.isLarge(i) {
		for range s.large.times {
			w.Write(s.large.gzip)
		}
	}
	w.Write(pack([]byte(closing)).gzip)
}

// header is a submission's text before its first document.
func (r row) header() string {
	a, day := r.accession(), strings.ReplaceAll(r.day, "-", "")
	return "<SEC-DOCUMENT>" + a + ".txt : " + day + "\n<SEC-HEADER>" + a + ".hdr.sgml : " + day + "\n<ACCEPTANCE-DATETIME>" + day + "160105\n" +
		"ACCESSION NUMBER:\t\t" + a + "\nCONFORMED SUBMISSION TYPE:\t" + r.form + "\nPUBLIC DOCUMENT COUNT:\t\t6\nCONFORMED PERIOD OF REPORT:\t" + day +
		"\nITEM INFORMATION:\t\tResults of Operations and Financial Condition\nITEM INFORMATION:\t\tFinancial Statements and Exhibits\nFILED AS OF DATE:\t\t" + day +
		"\nDATE AS OF CHANGE:\t\t" + day + "\n\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t" + r.name() +
		fmt.Sprintf("\n\t\tCENTRAL INDEX KEY:\t\t\t%010d", r.cik) + "\n\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tOPTICAL INSTRUMENTS & LENSES [3827]\n" +
		"\t\tIRS NUMBER:\t\t\t\t990000000\n\t\tSTATE OF INCORPORATION:\t\t\tDE\n\t\tFISCAL YEAR END:\t\t\t1231\n\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t" + r.form +
		"\n\t\tSEC ACT:\t\t1934 Act\n\t\tSEC FILE NUMBER:\t001-99999\n\t\tFILM NUMBER:\t\t24999999\n\n\tBUSINESS ADDRESS:\t\n\t\tSTREET 1:\t\t1 LANTERN QUAY\n" +
		"\t\tCITY:\t\t\tWILMINGTON\n\t\tSTATE:\t\t\tDE\n\t\tZIP:\t\t\t19801\n\t\tBUSINESS PHONE:\t\t302-555-0100\n</SEC-HEADER>\n"
}

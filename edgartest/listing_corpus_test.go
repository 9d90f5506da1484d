package edgartest

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// corpusFile reads a real file, or skips the test where there is none.
func corpusFile(t *testing.T, name string) []byte {
	t.Helper()
	corpus := os.Getenv("EDGARD_CORPUS")
	if corpus == "" {
		corpus = "../../shared/corpus"
	}
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("no corpus of real filings at %s", corpus)
	}
	b, err := os.ReadFile(corpus + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// lineEnd is the part of a fixed-width row that is the same in all kinds.
var lineEnd = regexp.MustCompile(`(\d+) +(\d{4}-?\d\d-?\d\d) +\S*edgar/data/\d+/(\d{10}-\d\d-\d{6})\S* *$`)

// readRow reads a row of a real listing.
func readRow(t *testing.T, kind, line string, width int) row {
	t.Helper()
	if kind == "master" {
		f := strings.Split(line, "|")
		c, err := edgar.ParseCIK(f[0])
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		return row{form(f[2]), f[1], c, date(f[3]), rowsIn([]byte(line))[0]}
	}
	at := lineEnd.FindStringSubmatchIndex(line)
	if at == nil {
		t.Fatalf("%q is no row", line)
	}
	c, err := edgar.ParseCIK(line[at[2]:at[3]])
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	r := row{cik: c, date: date(line[at[4]:at[5]]), acc: acc(line[at[6]:at[7]])}
	name, kindOf := line[:62], line[62:62+width]
	if kind == "form" {
		kindOf, name = line[:width], line[width:width+62]
	}
	r.form, r.name = form(strings.TrimRight(kindOf, " ")), strings.TrimRight(name, " ")
	return r
}

// TestRealListingsAreWrittenAgainAsTheyWere reads the rows of real listings and
// has them laid out again: head and rows must come out byte for byte.
func TestRealListingsAreWrittenAgainAsTheyWere(t *testing.T) {
	for _, c := range []struct {
		file, kind string
		daily      bool
		width      int
		last       string
	}{
		{"daily-index/2020/QTR1/master.20200103.idx", "master", true, 0, "2020-01-03"},
		{"daily-index/2020/QTR1/form.20200318.idx", "form", true, 12, "2020-03-18"},
		{"daily-index/2014/QTR1/company.20140102.idx", "company", true, 12, "2014-01-02"},
		{"daily-index/2023/QTR3/crawler.20230703.idx", "crawler", true, 12, "2023-07-03"},
		{"full-index/2016/QTR3/master.gz", "master", false, 0, "2016-09-30"},
		{"full-index/2022/QTR1/company.abridged.idx", "company", false, 17, "2022-03-31"},
	} {
		text := string(corpusFile(t, "index/"+c.file))
		head, rest, ok := strings.Cut(text, "\n---")
		if !ok {
			t.Fatalf("%s: no dashes", c.file)
		}
		_, rest, _ = strings.Cut(rest, "\n")
		l := listing{daily: c.daily, wide: c.width == 17, last: date(c.last)}
		var want []string
		for line := range strings.Lines(rest) {
			line, whole := strings.CutSuffix(line, "\n")
			if !whole || len(l.rows) == 5000 {
				break // abridged, or enough
			}
			l.rows = append(l.rows, readRow(t, c.kind, line, c.width))
			want = append(want, line)
		}
		gotHead, gotRest, _ := strings.Cut(string(l.write(c.kind)), "\n---")
		if diff := cmp.Diff(head, gotHead); diff != "" {
			t.Errorf("%s: head (-real +made):\n%s", c.file, diff)
		}
		_, gotRest, _ = strings.Cut(gotRest, "\n")
		got := make(map[string]bool)
		for line := range strings.Lines(gotRest) {
			got[strings.TrimSuffix(line, "\n")] = true
		}
		for _, line := range want {
			if !got[line] {
				t.Errorf("%s: not written: %q", c.file, line)
				break
			}
		}
	}
}

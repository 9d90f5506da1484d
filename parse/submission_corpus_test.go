package parse

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// corpusRoot is where the corpus is, if it is.
func corpusRoot() string {
	if root := os.Getenv("EDGARD_CORPUS"); root != "" {
		return root
	}
	return "../../shared/corpus"
}

// corpusFiles returns the files in the named folders of the corpus, and skips
// the test where there is no corpus.
func corpusFiles(tb testing.TB, folders ...string) []string {
	tb.Helper()
	root := corpusRoot()
	var files []string
	for _, folder := range folders {
		found, err := filepath.Glob(filepath.Join(root, folder, "*"))
		if err != nil {
			tb.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		tb.Skipf("no corpus at %s (EDGARD_CORPUS names another place)", root)
	}
	return files
}

func mustRead(tb testing.TB, file string) []byte {
	tb.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// Every real submission is checked against what plain patterns find in its
// bytes, which know nothing of the reader.
func TestRealSubmissionsSayWhatPlainPatternsFind(t *testing.T) {
	for _, file := range corpusFiles(t, "submissions", "submissions_neg") {
		raw := mustRead(t, file)
		s, err := ParseSubmission(raw)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		name := filepath.Base(file)
		checkHeader(t, name, raw, &s.Header)
		checkDocuments(t, name, raw, s)
		if !s.Complete || len(s.Warnings) > 0 {
			t.Errorf("%s: complete %v, warnings %v", name, s.Complete, s.Warnings)
		}
		streamed, err := ReadSubmission(iotest.HalfReader(bytes.NewReader(raw)))
		if err != nil {
			t.Errorf("%s, streamed: %v", name, err)
		} else if diff := cmp.Diff(s, streamed, compareSubmissions); diff != "" {
			t.Errorf("%s: parsed and streamed differ (-parsed +streamed)\n%s", name, diff)
		}
	}
}

var compareSubmissions = cmp.Options{
	cmp.AllowUnexported(Document{}),
	cmp.Comparer(bytes.Equal),
	cmp.Comparer(func(a, b edgar.Date) bool { return a == b }),
	cmp.Comparer(func(a, b edgar.CIK) bool { return a == b }),
	cmp.Comparer(func(a, b edgar.Accession) bool { return a == b }),
	cmp.Comparer(func(a, b edgar.Form) bool { return a == b }),
}

// tabOrTag finds the values of a key in either dialect.
func tabOrTag(head, tab, tag string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^\]?[ \t]*(?:`+tab+`:|<`+tag+`>)[ \t]*(\S.*?)[ \t]*$`).FindAllStringSubmatch(head, -1) {
		if m[1] != "000000000" {
			out = append(out, m[1])
		}
	}
	return out
}

func checkHeader(t *testing.T, name string, raw []byte, h *Header) {
	t.Helper()
	head, _, _ := bytes.Cut(raw, []byte("<DOCUMENT>"))
	text := strings.ReplaceAll(string(head), "\r", "\n")
	one := func(tab, tag string) string {
		if v := tabOrTag(text, tab, tag); len(v) > 0 {
			return v[0]
		}
		return ""
	}
	same := func(what, want, got string) {
		t.Helper()
		if want != got {
			t.Errorf("%s: %s: want %q, got %q", name, what, want, got)
		}
	}
	same("accession", name[:20], h.Accession.String())
	same("form", one("CONFORMED SUBMISSION TYPE", "TYPE"), h.Form.String())
	same("filed", one("FILED AS OF DATE", "FILING-DATE"), h.Filed.Compact())
	same("period", one("CONFORMED PERIOD OF REPORT", "PERIOD"), h.Period.Compact())
	same("changed", one("DATE AS OF CHANGE", "DATE-OF-FILING-DATE-CHANGE"), h.Changed.Compact())
	accepted := ""
	if !h.Accepted.IsZero() {
		accepted = h.Accepted.Format("20060102150405")
	}
	same("accepted", one("-", "ACCEPTANCE-DATETIME"), accepted)
	var ciks, names, former, files, eins []string
	for _, f := range h.Filers {
		ciks, names = append(ciks, f.CIK.Padded()), append(names, f.Name)
		for _, n := range f.FormerNames {
			former = append(former, n.Name)
		}
		if f.FileNumber != "" {
			files = append(files, f.FileNumber)
		}
		if f.EIN != "" {
			eins = append(eins, f.EIN)
		}
	}
	all := func(what, tab, tag string, got []string) {
		t.Helper()
		if diff := cmp.Diff(tabOrTag(text, tab, tag), got); diff != "" {
			t.Errorf("%s: %s (-want +got)\n%s", name, what, diff)
		}
	}
	all("CIKs", "CENTRAL INDEX KEY", "CIK", ciks)
	all("names", "COMPANY CONFORMED NAME", "CONFORMED-NAME", names)
	all("former names", "FORMER CONFORMED NAME", "FORMER-CONFORMED-NAME", former)
	all("file numbers", "SEC FILE NUMBER", "FILE-NUMBER", files)
	all("EINs", "(?:IRS NUMBER|EIN)", "IRS-NUMBER", eins)
	var items []string
	for _, i := range h.Items {
		if v := i.Number + i.Text; v != "" {
			items = append(items, v)
		}
	}
	all("items", "ITEM INFORMATION", "ITEMS", items)
}

var documentLine = regexp.MustCompile(`(?m)(?:^|\r)<DOCUMENT>`)

func checkDocuments(t *testing.T, name string, raw []byte, s *Submission) {
	t.Helper()
	marks := documentLine.FindAllIndex(raw, -1)
	if len(marks) != len(s.Documents) {
		t.Errorf("%s: %d <DOCUMENT> marks, %d documents", name, len(marks), len(s.Documents))
		return
	}
	for i, d := range s.Documents {
		rest := raw[marks[i][1]:]
		if i+1 < len(marks) {
			rest = raw[marks[i][1]:marks[i+1][0]]
		}
		from, to := bytes.Index(rest, []byte("<TEXT>"))+6, bytes.LastIndex(rest, []byte("</TEXT>"))
		at := int64(marks[i][1] + from)
		if d.Offset != at || d.Length != int64(to-from) {
			t.Errorf("%s: document %d: want %d+%d, got %d+%d", name, i+1, at, to-from, d.Offset, d.Length)
		}
		if d.body != nil && !bytes.Equal(d.body, rest[from:to]) {
			t.Errorf("%s: document %d: body is not what stands at its offset", name, i+1)
		}
	}
	if s.Size != int64(len(raw)) {
		t.Errorf("%s: size %d, want %d", name, s.Size, len(raw))
	}
}

func TestAReportReadAloneIsTheWholeSubmissionsReport(t *testing.T) {
	for _, file := range corpusFiles(t, "submissions", "submissions_neg") {
		raw := mustRead(t, file)
		whole, err := ReadSubmission(bytes.NewReader(raw))
		if err != nil {
			continue // told by others
		}
		alone, err := ReadReport(bytes.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if diff := cmp.Diff(asJSON(t, EightK(whole)), asJSON(t, EightK(alone))); diff != "" {
			t.Errorf("%s: the report alone differs (-whole +alone):\n%s", file, diff)
		}
	}
}

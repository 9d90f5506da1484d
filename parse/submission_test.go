package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden is a submission as the golden files show it.
type golden struct {
	Complete  bool
	Size      int64
	Warnings  []Warning `json:",omitempty"`
	Header    Header
	Documents []goldenDocument
}

type goldenDocument struct {
	Document
	Stuffed bool    `json:",omitempty"`
	Body    *string // null when passed over
}

func goldenOf(s *Submission) golden {
	g := golden{s.Complete, s.Size, s.Warnings, s.Header, []goldenDocument{}}
	for _, d := range s.Documents {
		gd := goldenDocument{Document: d, Stuffed: d.stuffed}
		if d.body != nil {
			body := string(d.body)
			gd.Body = &body
		}
		g.Documents = append(g.Documents, gd)
	}
	return g
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func fixtures(tb testing.TB) map[string][]byte {
	tb.Helper()
	files, err := filepath.Glob("testdata/submission/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no fixtures: %v", err)
	}
	all := make(map[string][]byte)
	for _, file := range files {
		all[strings.TrimSuffix(file, ".txt")] = mustRead(tb, file)
	}
	return all
}

func fixture(tb testing.TB, name string) []byte {
	tb.Helper()
	return mustRead(tb, "testdata/submission/"+name+".txt")
}

func TestEverySubmissionReadsAsItsGoldenFileSays(t *testing.T) {
	for name, raw := range fixtures(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			s, err := ParseSubmission(raw)
			if err != nil {
				t.Fatal(err)
			}
			got := marshal(t, goldenOf(s))
			if *update {
				if err := os.WriteFile(name+".json", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want := string(mustRead(t, name+".json"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestAStreamReadsAsTheBytesDo(t *testing.T) {
	long := strings.Replace(string(fixture(t, "inline_xbrl_2025")), "nor this </TEXT>", strings.Repeat("line upon line\n", 20_000), 1)
	all := fixtures(t)
	all["a body longer than the window"] = []byte(long)
	for name, raw := range all {
		want, err := ParseSubmission(raw)
		if err != nil {
			t.Fatal(err)
		}
		for way, r := range map[string]io.Reader{
			"byte by byte":      iotest.OneByteReader(bytes.NewReader(raw)),
			"half by half":      iotest.HalfReader(bytes.NewReader(raw)),
			"data with the EOF": iotest.DataErrReader(bytes.NewReader(raw)),
		} {
			got, err := ReadSubmission(r)
			if err != nil {
				t.Errorf("%s, %s: %v", name, way, err)
				continue
			}
			if diff := cmp.Diff(marshal(t, goldenOf(want)), marshal(t, goldenOf(got))); diff != "" {
				t.Errorf("%s, %s: -bytes +stream\n%s", name, way, diff)
			}
		}
	}
}

func TestABodyStandsAtItsOffset(t *testing.T) {
	for name, raw := range fixtures(t) {
		s, err := ParseSubmission(raw)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range s.Documents {
			if span := raw[d.Offset : d.Offset+d.Length]; d.body != nil && !bytes.Equal(span, d.body) {
				t.Errorf("%s, document %d: at its offset %q, body %q", name, i+1, span, d.body)
			}
		}
	}
}

func TestParsedBodiesAreSlicesOfTheInput(t *testing.T) {
	raw := bytes.Clone(fixture(t, "sec_1996_pem"))
	s, err := ParseSubmission(raw)
	if err != nil {
		t.Fatal(err)
	}
	d := s.Documents[1]
	raw[d.Offset] = '!'
	if d.body[0] != '!' || cap(d.body) != len(d.body) {
		t.Errorf("body %q with capacity %d is no slice of the input", d.body, cap(d.body))
	}
}

func TestOtherBytesAreNoSubmission(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":                     "",
		"blanks":                      " \n\t\n",
		"a page that says no":         "<!DOCTYPE html>\n<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title>",
		"an object that is not there": "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>",
		"a listing":                   "Description:           Master Index of EDGAR Dissemination Feed\n",
		"a bare report":               "<HTML><BODY>FORM 8-K</BODY></HTML>",
		"a signed letter":             "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\nDear all,\n",
		"a header without end":        "<SEC-HEADER>\n" + strings.Repeat("GROUP MEMBERS:\tA\n", 300_000),
	} {
		if _, err := ParseSubmission([]byte(s)); !errors.Is(err, ErrNotSubmission) {
			t.Errorf("%s, parsed: error %v, want %v", name, err, ErrNotSubmission)
		}
		if _, err := ReadSubmission(strings.NewReader(s)); !errors.Is(err, ErrNotSubmission) {
			t.Errorf("%s, read: error %v, want %v", name, err, ErrNotSubmission)
		}
	}
}

func TestAFailingReaderIsAnErrorAndNoSubmission(t *testing.T) {
	broken := errors.New("line dropped")
	raw := fixture(t, "inline_xbrl_2025")
	for _, n := range []int{0, 10, 500, 2500, len(raw) - 5, len(raw)} {
		s, err := ReadSubmission(io.MultiReader(bytes.NewReader(raw[:n]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) || s != nil {
			t.Errorf("broken after %d bytes: got %v, error %v, want %v", n, s, err, broken)
		}
	}
	if _, err := ReadSubmission(idle{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that brings nothing: error %v, want %v", err, io.ErrNoProgress)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestASubmissionCutAnywhereIsNotComplete(t *testing.T) {
	for _, name := range []string{"ims_1994_pem", "crlf", "tags_nc", "tags_cr"} {
		raw := bytes.TrimRight(fixture(t, name), "\r\n")
		for n := range len(raw) {
			s, err := ParseSubmission(raw[:n])
			if err == nil && (s.Complete || !hasWarning(s, CodeCut)) {
				t.Fatalf("%s cut at %d of %d: complete %v, warnings %v", name, n, len(raw), s.Complete, s.Warnings)
			}
		}
		if s, err := ParseSubmission(raw); err != nil || !s.Complete {
			t.Errorf("%s whole: complete %v, error %v", name, s != nil && s.Complete, err)
		}
	}
}

func hasWarning(s *Submission, code Code) bool {
	for _, w := range s.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

func TestThereIsAnEndToEverything(t *testing.T) {
	many := func(open, part string, n int) string { return open + strings.Repeat(part, n) }
	for name, in := range map[string]string{
		"documents": many("", "<DOCUMENT>\n</DOCUMENT>\n", maxDocuments+10),
		"filers":    many("<SUBMISSION>\n", "<FILER><COMPANY-DATA><CIK>1</COMPANY-DATA></FILER>\n", maxFilers+10) + "<DOCUMENT>\n",
		"fields":    many("<SUBMISSION>\n", "<A>\n", maxFields+10) + "<DOCUMENT>\n",
		"warnings":  many("<SUBMISSION>\n", "<PERIOD>x\n", 10_000) + "<DOCUMENT>\n",
		"blocks":    many("<SUBMISSION>\n", "", 0) + nested(1000) + "<DOCUMENT>\n",
	} {
		s, err := ParseSubmission([]byte(in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(s.Documents) > maxDocuments || len(s.Header.Filers) > maxFilers || len(s.Header.Fields) > maxFields || len(s.Warnings) > maxWarnings+3 {
			t.Errorf("%s: %d documents, %d filers, %d fields, %d warnings", name, len(s.Documents), len(s.Header.Filers), len(s.Header.Fields), len(s.Warnings))
		}
		limited := name == "documents" || name == "filers" || name == "fields"
		if limited && !hasWarning(s, CodeLimit) {
			t.Errorf("%s: no warning that some are left out", name)
		}
	}
}

// nested opens n blocks, one inside the other.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<B%d>\n", i)
	}
	for i := range n {
		fmt.Fprintf(&b, "</B%d>\n", n-1-i)
	}
	return b.String()
}

func TestBlanksAndAByteOrderMarkMayComeFirst(t *testing.T) {
	raw := fixture(t, "tags_nc")
	want, err := ParseSubmission(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, before := range []string{"\uFEFF", "\r\n\n", "\uFEFF \n"} {
		got, err := ParseSubmission(append([]byte(before), raw...))
		if err != nil {
			t.Errorf("%q before: %v", before, err)
			continue
		}
		moved := got.Documents[0].Offset - want.Documents[0].Offset
		if diff := cmp.Diff(want.Header, got.Header, compareSubmissions); diff != "" || moved != int64(len(before)) {
			t.Errorf("%q before: document moved by %d, header -want +got\n%s", before, moved, diff)
		}
	}
}

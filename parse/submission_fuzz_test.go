package parse

import (
	"bytes"
	"path/filepath"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzSubmission holds that no bytes make the reader fail otherwise than by
// saying so, that streams read as bytes do, that a report read alone says what it
// says in its submission, and that offsets hold.
func FuzzSubmission(f *testing.F) {
	for _, raw := range fixtures(f) {
		f.Add(raw)
	}
	real, err := filepath.Glob(filepath.Join(corpusRoot(), "submissions*", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range real {
		if raw := mustRead(f, file); len(raw) < 16<<10 {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ParseSubmission(raw)
		streamed, streamErr := ReadSubmission(iotest.HalfReader(bytes.NewReader(raw)))
		if (err == nil) != (streamErr == nil) {
			t.Fatalf("parsed: error %v, streamed: error %v", err, streamErr)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(s, streamed, compareSubmissions); diff != "" {
			t.Fatalf("-parsed +streamed\n%s", diff)
		}
		alone, err := ReadReport(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("the report alone: %v", err)
		}
		if diff := cmp.Diff(asJSON(t, EightK(s)), asJSON(t, EightK(alone))); diff != "" {
			t.Errorf("-in its submission +alone\n%s", diff)
		}
		checkSpans(t, raw, s)
		checkStrings(t, s)
		if s.Complete == hasWarning(s, CodeCut) {
			t.Errorf("complete %v, warnings %v", s.Complete, s.Warnings)
		}
	})
}

// checkSpans checks that documents follow each other inside raw, with their
// bodies at their offsets.
func checkSpans(t *testing.T, raw []byte, s *Submission) {
	t.Helper()
	at := int64(0)
	for i, d := range s.Documents {
		if d.Offset < at || d.Length < 0 || d.Offset+d.Length > int64(len(raw)) {
			t.Fatalf("document %d at %d+%d of %d bytes, after %d", i+1, d.Offset, d.Length, len(raw), at)
		}
		at = d.Offset + d.Length
		if d.body != nil && !bytes.Equal(d.body, raw[d.Offset:at]) {
			t.Errorf("document %d: its body is not what stands at its offset", i+1)
		}
	}
	if s.Size != int64(len(raw)) {
		t.Errorf("size %d, want %d", s.Size, len(raw))
	}
}

// checkStrings checks that what becomes JSON is UTF-8.
func checkStrings(t *testing.T, s *Submission) {
	t.Helper()
	var all []string
	for _, d := range s.Documents {
		all = append(all, d.Type, d.Filename, d.Description)
	}
	for _, f := range s.Header.Filers {
		all = append(all, f.Role, f.Name, f.EIN, f.FileNumber)
	}
	for _, f := range s.Header.Fields {
		all = append(all, f.Path, f.Key, f.Value)
	}
	for _, w := range s.Warnings {
		all = append(all, w.Detail)
	}
	for _, v := range all {
		if !utf8.ValidString(v) {
			t.Errorf("%q is not UTF-8", v)
		}
	}
}

package parse

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// signedLabel is what a person read in the exhibit lists and the signature part
// of a real filing.
type signedLabel struct {
	Accession  string
	Exhibits   []struct{ Number string } `json:"exhibits_listed"`
	Signatures []struct{ Name, Title, Date string }
}

// lines returns the label as the test compares it.
func (l *signedLabel) lines() []string {
	var lines []string
	for _, e := range l.Exhibits {
		lines = append(lines, exhibitKey(e.Number))
	}
	for _, s := range l.Signatures {
		lines = append(lines, foldWords(s.Name)+"|"+foldWords(s.Title)+"|"+s.Date)
	}
	return lines
}

func TestRealListsAndSignaturesSayWhatPeopleRead(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(corpusRoot(), "gold.jsonl"))
	if err != nil {
		t.Skipf("no labels: %v (EDGARD_CORPUS names another place)", err)
	}
	for line := range bytes.Lines(raw) {
		var want signedLabel
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		p := labelledPage(t, want.Accession)
		if p == nil {
			continue
		}
		s := &Submission{}
		readItems(p, &s.Header, 0)
		exhibits, _ := readExhibits(p, s)
		signatures, _ := readSignatures(p, s)
		var got []string
		for _, e := range exhibits {
			got = append(got, exhibitKey(e.Number))
		}
		for _, sig := range signatures {
			line := foldWords(sig.Name) + "|" + foldWords(sig.Title) + "|"
			if !sig.Date.IsZero() {
				line += sig.Date.String()
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want.lines(), got); diff != "" {
			t.Errorf("%s (-person +parser):\n%s", want.Accession, diff)
		}
	}
}

// Lists read wrongly show as documents that no list has, or as exhibits that no
// document is.
func TestListsOfRealSubmissionsAgreeWithTheirDocuments(t *testing.T) {
	amiss := 0
	for _, file := range corpusFiles(t, "submissions") {
		s, err := ParseSubmission(mustRead(t, file))
		if err != nil || !s.Header.Form.IsCurrentReport() {
			continue
		}
		for _, w := range EightK(s).Warnings {
			switch w.Code {
			case CodeExhibitNotAttached, CodeExhibitNotListed, CodeNoSignature:
				t.Logf("%s: %s %s", filepath.Base(file), w.Code, w.Detail)
				amiss++
			}
		}
	}
	if amiss > 1 { // one report of 2000 says "None." and attaches one
		t.Errorf("%d exhibits amiss, want at most 1", amiss)
	}
}

package parse

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// coverLabel is what a person read on the cover of a real filing.
type coverLabel struct {
	Accession string
	Cover     struct {
		Registrants []struct {
			Name, State, EIN string
			FileNumber       string `json:"file_number"`
		}
		Date   string `json:"date_of_report"`
		Phone  string
		Former string `json:"former_name"`
		Boxes  *struct {
			Written    *bool `json:"written_communications"`
			Soliciting *bool `json:"soliciting_material"`
			Tender     *bool `json:"pre_commencement_tender_offer"`
			Issuer     *bool `json:"pre_commencement_issuer_tender_offer"`
		}
		Growth     *bool `json:"emerging_growth_company"`
		Securities []struct{ Symbol string }
	}
}

// coverLabels returns the labels of the corpus, and skips the test without them.
func coverLabels(t *testing.T) (labels []coverLabel) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(corpusRoot(), "gold.jsonl"))
	if err != nil {
		t.Skipf("no labels: %v (EDGARD_CORPUS names another place)", err)
	}
	for line := range bytes.Lines(raw) {
		var l coverLabel
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		labels = append(labels, l)
	}
	return labels
}

// labelledPage returns the real document of a label.
func labelledPage(t *testing.T, accession string) *page {
	t.Helper()
	for _, pattern := range []string{"submissions/" + accession + ".txt", "primary/*_" + accession + ".htm"} {
		files, _ := filepath.Glob(filepath.Join(corpusRoot(), pattern))
		if len(files) == 0 {
			continue
		}
		raw := mustRead(t, files[0])
		if s, err := ParseSubmission(raw); err == nil && mainDocument(s) != nil {
			raw = mainDocument(s).body
		}
		return flatten(raw, false)
	}
	return nil
}

// Every labelled cover is read without its header, and with its facts taken
// away: captions and boxes alone must tell what a person reads.
func TestRealCoversSayWhatPeopleRead(t *testing.T) {
	for _, l := range coverLabels(t) {
		p := labelledPage(t, l.Accession)
		if p == nil {
			continue
		}
		p.facts, p.contexts = nil, nil
		got, _ := readCover(p, &Submission{})
		if got == nil {
			t.Errorf("%s: no cover", l.Accession)
			continue
		}
		compare := func(what, want, got string) {
			if want != got {
				t.Errorf("%s: %s: got %q, want %q", l.Accession, what, got, want)
			}
		}
		var want, have []string
		for _, r := range l.Cover.Registrants {
			want = append(want, squash(r.Name), r.State, r.FileNumber, r.EIN)
		}
		for _, r := range got.Registrants {
			have = append(have, squash(r.Name), r.State, r.FileNumber, r.EIN)
		}
		compare("registrants", squash(strings.Join(want, "|")), squash(strings.Join(have, "|")))
		compare("date of report", l.Cover.Date, got.DateOfReport.String())
		compare("phone", digitsOf(l.Cover.Phone), digitsOf(got.Phone))
		compare("former name", squash(l.Cover.Former), squash(got.FormerName))
		compare("emerging growth box", deref(l.Cover.Growth), deref(got.EmergingGrowthCompany))
		if b := l.Cover.Boxes; b != nil {
			compare("boxes", boxes(&Cover{WrittenCommunications: b.Written, SolicitingMaterial: b.Soliciting,
				PreCommencementTenderOffer: b.Tender, PreCommencementIssuerTenderOffer: b.Issuer}), boxes(got))
		} else {
			compare("boxes", "----", boxes(got))
		}
		want, have = nil, nil
		for _, s := range l.Cover.Securities {
			want = append(want, s.Symbol)
		}
		for _, s := range got.Securities {
			have = append(have, s.Symbol)
		}
		compare("symbols", strings.Join(want, " "), strings.Join(have, " "))
	}
}

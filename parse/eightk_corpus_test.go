package parse

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A labelled report is what a person found in a real filing.
type labelledReport struct {
	Accession string `json:"accession"`
	Items     []struct {
		Number string `json:"number"`
		Start  string `json:"start"`
		End    string `json:"end"`
	} `json:"items"`
}

// Floors, not goals: a change that falls below one of them broke something.
const (
	floorSequences = 0.98
	floorBegins    = 0.98
	floorEnds      = 0.97
)

func TestRealReportsReadAsPeopleReadThem(t *testing.T) {
	files := map[string]string{}
	accession := regexp.MustCompile(`\d{10}-\d{2}-\d{6}`)
	for _, file := range corpusFiles(t, "primary", "submissions") {
		if a := accession.FindString(filepath.Base(file)); a != "" {
			files[a] = file
		}
	}
	var sequences, begins, ends tally
	for _, l := range readLabels(t) {
		file, ok := files[l.Accession]
		if !ok {
			continue
		}
		f, err := ReadFiling(bytes.NewReader(mustRead(t, file)))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		items := slices.DeleteFunc(slices.Clone(f.Items), func(it Item) bool { return it.Source == SourceHeader })
		same := len(items) == len(l.Items)
		for i := 0; same && i < len(items); i++ {
			same = items[i].Number == l.Items[i].Number
		}
		sequences.add(same)
		if !same {
			t.Logf("%s: items differ", l.Accession)
			continue
		}
		for i, it := range items {
			text := lettersAndDigits(it.Text)
			begins.add(strings.HasPrefix(text, head(lettersAndDigits(l.Items[i].Start), 50)))
			ends.add(strings.HasSuffix(text, tail(lettersAndDigits(l.Items[i].End), 50)))
		}
	}
	sequences.check(t, "exact item sequences", floorSequences)
	begins.check(t, "bodies that begin right", floorBegins)
	ends.check(t, "bodies that end right", floorEnds)
}

func readLabels(t *testing.T) []labelledReport {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(corpusRoot(), "gold.jsonl"))
	if err != nil {
		t.Skip("no labels in the corpus")
	}
	var labels []labelledReport
	for line := range bytes.Lines(raw) {
		var l labelledReport
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		labels = append(labels, l)
	}
	return labels
}

type tally struct{ right, all int }

func (y *tally) add(right bool) {
	y.all++
	if right {
		y.right++
	}
}

func (y *tally) check(t *testing.T, what string, floor float64) {
	t.Helper()
	if share := float64(y.right) / float64(max(1, y.all)); share < floor {
		t.Errorf("%s: %d of %d, %.4f, want at least %.2f", what, y.right, y.all, share, floor)
	}
}

// lettersAndDigits leaves the letters and digits of a text, as the labels are compared.
func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

func head(s string, n int) string { return s[:min(n, len(s))] }
func tail(s string, n int) string { return s[max(0, len(s)-n):] }

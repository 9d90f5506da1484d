package reading_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
	"example.com/edgard/serve/reading"
)

// corpus returns the paths of real submissions, or skips.
func corpus(t testing.TB, pattern ...string) []string {
	t.Helper()
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	paths, _ := filepath.Glob(filepath.Join(append([]string{dir}, pattern...)...))
	if len(paths) == 0 {
		t.Skip("no corpus of real submissions: set EDGARD_CORPUS to read one")
	}
	return paths
}

// pictures links everything that looks like a file.
func pictures(name string) string {
	return "/filings/0000900001-24-000007/documents/" + strings.Map(func(r rune) rune {
		if r < '!' || r > 'z' || strings.ContainsRune(`<>"'\?#%&`, r) {
			return -1
		}
		return r
	}, name)
}

func TestEveryRealDocumentIsMadeHarmlessAndKeepsItsWords(t *testing.T) {
	for _, path := range corpus(t, "submissions", "*") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s, err := parse.ParseSubmission(data)
		if err != nil {
			continue
		}
		r := content.NewReader(bytes.NewReader(data))
		for i := range s.Documents {
			d := &s.Documents[i]
			if d.Type == "XML" {
				continue
			}
			var body bytes.Buffer
			b, err := r.Open(d)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Decode(&body); err != nil {
				continue
			}
			name := filepath.Base(path) + " " + d.Type
			switch d.Media {
			case "text/html":
				safe, _ := reading.HTML(body.Bytes(), pictures)
				harmless(t, name, string(safe))
				sameWords(t, name, body.Bytes(), string(safe))
			case "text/plain":
				set, _ := reading.Plain(body.Bytes())
				harmless(t, name, string(set))
			}
		}
		for _, it := range parse.EightK(s).Items {
			set, _ := reading.Text(it.Text)
			harmless(t, filepath.Base(path)+" item "+it.Number, string(set))
		}
	}
}

package parse

import (
	"path/filepath"
	"strings"
	"testing"
)

// goldenSigned is what a golden file of testdata/signed holds.
type goldenSigned struct {
	Exhibits   []Exhibit   `json:"exhibits"`
	Signatures []Signature `json:"signatures"`
	Warnings   []Warning   `json:"warnings"`
}

func TestExhibitsAndSignaturesOfEveryEraReadAsTheirGoldenFilesSay(t *testing.T) {
	files, err := filepath.Glob("testdata/signed/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			s, err := ParseSubmission(mustRead(t, file))
			if err != nil {
				t.Fatal(err)
			}
			f := EightK(s)
			got := goldenSigned{f.Exhibits, f.Signatures, []Warning{}}
			for _, w := range f.Warnings {
				switch w.Code {
				case CodeExhibitNotAttached, CodeExhibitNotListed, CodeNoSignature:
					got.Warnings = append(got.Warnings, w)
				}
			}
			checkGolden(t, "testdata/signed/"+name+".json", got)
		})
	}
}

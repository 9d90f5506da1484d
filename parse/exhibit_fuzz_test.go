package parse

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzSeeds are pages whose lists and signatures are easily misread.
var fuzzSeeds = []string{
	nineOhOne("<table><tr><td>99</td><td>.1</td><td>Press release</td></tr></table><p>EX-99.(A) x</p><p>(99)</p>"),
	nineOhOne("<p>Exhibit 16, the letter</p>") + "<p>EXHIBIT INDEX</p><p>1.</p><p>3(a)(i) Charter . . . . 4</p>",
	"Item 7.  Exhibits\n\n(c) Exhibits\n\n  4.1   Debenture dated April\n        14, 1999\n" + textClause + "\n<PAGE>\nINDEX TO EXHIBITS\n99 x\n",
	beforeSignature + "<table><tr><td>By: /s/ A</td><td>By: /s/ B</td></tr></table><p>Name:</p><p>Title:</p><p>Date:</p>",
	beforeTextSignature + "QUILL, INC.     NIB LLC\n\nBy: \\s\\ A, Jr.    By: ______\nthis 5th day of May, 1997\n",
}

func FuzzExhibits(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed), "EX-99.1")
	}
	f.Fuzz(func(t *testing.T, body []byte, documentType string) {
		p := flatten(body, false)
		s := &Submission{Documents: documentsOf(documentType, "EX-10", documentType)}
		readItems(p, &s.Header, 0)
		exhibits, _ := readExhibits(p, s)
		seen := map[string]bool{}
		for _, e := range exhibits {
			switch {
			case e.Number == "" || !isDigit(e.Number[0]) || strings.ContainsAny(e.Number, " \t\n"):
				t.Errorf("number %q", e.Number)
			case e.Attached != (e.Document > 0) || e.Document > len(s.Documents):
				t.Errorf("%+v: document out of place", e)
			case !e.Listed && !e.Attached:
				t.Errorf("%+v: neither listed nor attached", e)
			case e.Listed && seen[exhibitKey(e.Number)]:
				t.Errorf("%q listed twice", e.Number)
			}
			if e.Listed {
				seen[exhibitKey(e.Number)] = true
			}
		}
	})
}

func FuzzSignatures(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed), "Quill Works, Inc.")
	}
	f.Fuzz(func(t *testing.T, body []byte, filer string) {
		p := flatten(body, false)
		s := &Submission{Header: Header{Filers: []Filer{{Name: filer}}}}
		readItems(p, &s.Header, 0)
		signatures, _ := readSignatures(p, s)
		for _, sig := range signatures {
			if sig.Name == "" {
				t.Errorf("%+v has no name", sig)
			}
			if utf8.ValidString(p.text) && !utf8.ValidString(sig.Company+sig.Name+sig.Title) {
				t.Errorf("%+q cuts a character", sig)
			}
		}
	})
}

package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func TestWordsOfNames(t *testing.T) {
	for name, want := range map[string][]string{
		"":                          nil,
		" & / - ":                   nil,
		"AT&T INC.":                 {"at", "t", "inc"},
		"O'Neil’s Kelp-Works (Del)": {"oneils", "kelp", "works", "del"},
		"Österreich 3M":             {"österreich", "3m"},
		"'Quoted' Co":               {"quoted", "co"},
		strings.Repeat("x ", 100):   slices.Repeat([]string{"x"}, maxWords),
	} {
		if got := nameWords(name); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
		for _, w := range want {
			if !hasWord(name, w) {
				t.Errorf("%q has no word that begins with %q", name, w)
			}
		}
	}
}

func TestEveryWordMustBeginAWordOfTheSameName(t *testing.T) {
	for _, tt := range []struct {
		wanted string
		want   bool
	}{
		{"meridian", true}, {"KELP meri", true}, {"mer kel w", true}, {"erid", false}, {"meridian osprey", false},
		{"osprey", true}, {"o'neil", true}, {"oneil’s", true}, {"oneill", false}, {"meridian kelp works inc x", false},
	} {
		if got := namesMatch("meridian kelp works inc\nosprey o'neil's co", nameWords(tt.wanted)); got != tt.want {
			t.Errorf("%q: %t, want %t", tt.wanted, got, tt.want)
		}
	}
}

func TestANameOfManyIsFoundAsOneOfFewIs(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	for n := 0; n < 5000; n += 1000 {
		var fs []*parse.Filing
		for i := range 1000 {
			f := &parse.Filing{Accession: acc(n + i + 1), Form: form("8-K"), Filed: day("2024-01-02").AddDays(i % 50), Recorded: noon, SHA256: strings.Repeat("0f", 32), Size: 1, Revision: 1}
			f.Filers = []parse.Filer{{Role: "filer", CIK: cik(100 + n + i), Name: fmt.Sprintf("MANY OF THEM %d", n+i)}}
			fs = append(fs, f)
		}
		must(t, s.Record(fs...))
	}
	nobody := made(9000, "2024-01-05", 1)
	nobody.Filers[0] = parse.Filer{Role: "filer", Name: "NAMELESS NUMBER OF MANY"} // no CIK
	must(t, s.Record(nobody))
	for name, want := range map[string]int{"many": 5001, "them many of": 5000, "many 4999": 1, "many 499": 11, "many number": 1, "nameless": 1, "manyx": 0} {
		if got := len(all(t, s, Query{Name: name})); got != want {
			t.Errorf("%q: %d filings, want %d", name, got, want)
		}
		if got := len(all(t, s, Query{Name: name, From: day("2024-01-05"), CIKs: []edgar.CIK{cik(5099)}})); got > 1 {
			t.Errorf("%q of one issuer: %d filings", name, got)
		}
	}
}

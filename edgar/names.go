package edgar

import (
	_ "embed"
	"strings"
)

// The tables: a comment, then a line of a code, a tab and its name for each code, in
// the order of the codes.
var (
	//go:embed industries.tsv
	industries string

	//go:embed states.tsv
	states string
)

// IndustryName is the name of a Standard Industrial Classification code as SEC
// assigns them to registrants: IndustryName("3826") is "Laboratory Analytical
// Instruments". It is empty for a code that SEC's list does not have ("0000", which
// old headers call unknown), and for anything that is not a code of four digits.
func IndustryName(sic string) string { return named(industries, sic, len("3826")) }

// StateName is the name of one of EDGAR's codes of states, provinces and countries:
// StateName("DE") is "Delaware", StateName("A6") "Ontario, Canada" and StateName("E9")
// "Cayman Islands". They are not those of ISO 3166: "CA" is California and "DE" is
// not Germany. It is empty for a code that EDGAR's list does not have.
func StateName(code string) string { return named(states, code, len("E9")) }

// named finds the name of a code of so many letters.
func named(table, code string, letters int) string {
	if len(code) != letters {
		return ""
	}
	_, rest, _ := strings.Cut(table, "\n"+code+"\t")
	name, _, _ := strings.Cut(rest, "\n")
	return name
}

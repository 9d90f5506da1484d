package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// lexicon holds the words, split once.
type lexicon struct {
	first, second, ending, given, family, place, street, streetKind, sic, sentence, job []string
	state                                                                               []state
	modern, early                                                                       []captioned
}

func newLexicon() *lexicon {
	return &lexicon{firstWords(), secondWords(), endings(), givenNames(), familyNames(), places(), streets(), streetKinds(), sics(), sentenceWords(), jobs(), states(), modern(), early()}
}

// company is an invented issuer, the same whenever it is asked for.
type company struct {
	cik        edgar.CIK
	name       string // as the header has it
	printed    string // as the cover has it
	sic        string
	state      state
	year       string // MMDD
	ein, file  string
	street     string
	city, zip  string
	phone      string
	former     []parse.FormerName
	symbol     string
	securities int
	officer    string
	job        string
}

func (p *Population) company(n int) *company {
	w, r := p.lexicon, rand.New(rand.NewPCG(uint64(n), 3))
	c := &company{
		cik: known(edgar.CIKFromInt(int64(700_000 + n*37 + r.IntN(37)))), sic: pick(r, w.sic), state: pick(r, w.state), year: "1231",
		ein: fmt.Sprintf("%09d", 10_000_000+r.IntN(980_000_000)), file: fmt.Sprintf("%s-%05d", pick(r, []string{"000", "001", "001", "333", "814"}), r.IntN(41_000)),
		street: fmt.Sprintf("%d %s %s", 1+r.IntN(9900), pick(r, w.street), pick(r, w.streetKind)), city: strings.ToUpper(spaced(pick(r, w.place))),
		zip: fmt.Sprintf("%05d", 1000+r.IntN(98_000)), phone: fmt.Sprintf("%d%07d", 201+r.IntN(780), r.IntN(10_000_000)),
		officer: person(r, w), job: pick(r, w.job), securities: 1,
	}
	c.printed, c.name = w.name(r)
	if chance(r, 0.25) {
		c.year = pick(r, []string{"0630", "0930", "0331", "0131", "0228"})
	}
	if chance(r, 0.2) {
		c.street += fmt.Sprintf(" SUITE %d", 100+r.IntN(2900))
	}
	for chance(r, 0.4) && len(c.former) < 3 {
		_, was := w.name(r)
		c.former = append(c.former, parse.FormerName{Name: was, Changed: known(edgar.NewDate(1990+r.IntN(15), 1, 1)).AddDays(r.IntN(365))})
	}
	for chance(r, 0.75) && c.securities < 8 {
		c.securities++
	}
	for range 3 + r.IntN(2) {
		c.symbol += string(rune('A' + r.IntN(26)))
	}
	return c
}

// name returns a company's name as it prints it and as EDGAR conforms it.
func (w *lexicon) name(r *rand.Rand) (printed, conformed string) {
	root := pick(r, w.first) + " " + pick(r, w.second)
	if chance(r, 0.3) {
		root = pick(r, w.first) + " " + root
	}
	if chance(r, 0.06) { // securitisations
		return fmt.Sprintf("%s Trust %d-%c", root, 1998+r.IntN(28), 'A'+r.IntN(6)), fmt.Sprintf("%s TRUST %d-%c", strings.ToUpper(root), 1998+r.IntN(28), 'A'+r.IntN(6))
	}
	ending := pick(r, w.ending)
	first, _, _ := strings.Cut(ending, "/")
	return root + " " + first[:1] + strings.ToLower(first[1:]) + pick(r, []string{".", ".", ""}), strings.ToUpper(root) + " " + strings.TrimSuffix(spaced(ending), " ")
}

func spaced(s string) string { return strings.ReplaceAll(s, "/", " ") }

func person(r *rand.Rand, w *lexicon) string {
	if chance(r, 0.6) {
		return pick(r, w.given) + " " + string(rune('A'+r.IntN(26))) + ". " + pick(r, w.family)
	}
	return pick(r, w.given) + " " + pick(r, w.family)
}

// filer is the company as the header of a filing has it.
func (c *company) filer(r *rand.Rand, filed edgar.Date) parse.Filer {
	f := parse.Filer{
		Role: "filer", CIK: c.cik, Name: c.name, SIC: c.sic, StateOfIncorporation: c.state.code, FiscalYearEnd: c.year, EIN: c.ein,
		FileNumber: c.file, FilmNumber: fmt.Sprintf("%02d%06d", filed.Year()%100, r.IntN(1_000_000)), Act: "34",
		BusinessAddress: &parse.Address{Street1: c.street, City: c.city, State: c.state.code, Zip: c.zip, Phone: c.phone},
	}
	if chance(r, 0.97) {
		f.MailAddress = &parse.Address{Street1: c.street, City: c.city, State: c.state.code, Zip: c.zip}
	}
	for _, was := range c.former {
		if was.Changed.Before(filed) {
			f.FormerNames = append(f.FormerNames, was)
		}
	}
	return f
}

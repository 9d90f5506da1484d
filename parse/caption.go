package parse

import (
	"iter"
	"math"
	"strings"
)

// A caption is one item of Form 8-K: its number, its official title and other
// wordings in which filings and headers print it.
type caption struct {
	number string
	title  string
	others []string
}

// captions lists the items of both numbering systems: with a dot since 23 August
// 2004 (Release 33-8400 and its amendments), without one before.
//
// Source: Form 8-K (SEC 873) and the ITEM INFORMATION lines of submission headers.
var captions = fold([]caption{
	{number: "1.01", title: "Entry into a Material Definitive Agreement", others: []string{"Amendment of a Material Definitive Agreement"}},
	{number: "1.02", title: "Termination of a Material Definitive Agreement"},
	{number: "1.03", title: "Bankruptcy or Receivership"},
	{number: "1.04", title: "Mine Safety – Reporting of Shutdowns and Patterns of Violations"},
	{number: "1.05", title: "Material Cybersecurity Incidents"},
	{number: "2.01", title: "Completion of Acquisition or Disposition of Assets"},
	{number: "2.02", title: "Results of Operations and Financial Condition"},
	{number: "2.03", title: "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant"},
	{number: "2.04", title: "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement"},
	{number: "2.05", title: "Costs Associated with Exit or Disposal Activities", others: []string{"Cost Associated with Exit or Disposal Activities"}},
	{number: "2.06", title: "Material Impairments"},
	{number: "3.01", title: "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing"},
	{number: "3.02", title: "Unregistered Sales of Equity Securities"},
	{number: "3.03", title: "Material Modification to Rights of Security Holders", others: []string{"Material Modifications to Rights of Security Holders"}},
	{number: "4.01", title: "Changes in Registrant's Certifying Accountant"},
	{number: "4.02", title: "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review"},
	{number: "5.01", title: "Changes in Control of Registrant"},
	{number: "5.02", title: "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; Compensatory Arrangements of Certain Officers",
		others: []string{"Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers"}},
	{number: "5.03", title: "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year"},
	{number: "5.04", title: "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"},
	{number: "5.05", title: "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics"},
	{number: "5.06", title: "Change in Shell Company Status"},
	{number: "5.07", title: "Submission of Matters to a Vote of Security Holders"},
	{number: "5.08", title: "Shareholder Director Nominations", others: []string{"Shareholder Nominations Pursuant to Exchange Act Rule 14a-11"}},
	{number: "6.01", title: "ABS Informational and Computational Material"},
	{number: "6.02", title: "Change of Servicer or Trustee"},
	{number: "6.03", title: "Change in Credit Enhancement or Other External Support"},
	{number: "6.04", title: "Failure to Make a Required Distribution"},
	{number: "6.05", title: "Securities Act Updating Disclosure"},
	{number: "6.06", title: "Static Pool"},
	{number: "7.01", title: "Regulation FD Disclosure"},
	{number: "8.01", title: "Other Events"},
	{number: "9.01", title: "Financial Statements and Exhibits", others: []string{"Financial Statements, Pro Forma Financial Information and Exhibits"}},

	{number: "1", title: "Changes in Control of Registrant"},
	{number: "2", title: "Acquisition or Disposition of Assets"},
	{number: "3", title: "Bankruptcy or Receivership"},
	{number: "4", title: "Changes in Registrant's Certifying Accountant"},
	{number: "5", title: "Other Events", others: []string{"Other Events and Regulation FD Disclosure", "Other Materially Important Events"}},
	{number: "6", title: "Resignations of Registrant's Directors", others: []string{"Resignation of Directors"}},
	{number: "7", title: "Financial Statements and Exhibits", others: []string{"Financial Statements, Pro Forma Financial Information and Exhibits"}},
	{number: "8", title: "Change in Fiscal Year"},
	{number: "9", title: "Regulation FD Disclosure", others: []string{"Sales of Equity Securities Pursuant to Regulation S"}},
	{number: "10", title: "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics", others: []string{"Amendments to the Registrant's Code of Ethics"}},
	{number: "11", title: "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"},
	{number: "12", title: "Results of Operations and Financial Condition"},
	{number: "13", title: "Receipt of an Attorney's Written Notice Pursuant to 17 CFR 205.3(d)"},
})

// A wording is one way to print a caption, folded for comparison.
type wording struct {
	text  string   // words in lower case, one blank between
	words []string // those words
}

// captionTable is captions with their wordings, made once and never changed.
type captionTable struct {
	all      []caption
	wordings [][]wording // of all[i]
}

func fold(all []caption) captionTable {
	t := captionTable{all: all, wordings: make([][]wording, len(all))}
	for i, c := range all {
		for _, s := range append([]string{c.title}, c.others...) {
			text := foldWords(s)
			t.wordings[i] = append(t.wordings[i], wording{text, strings.Fields(text)})
		}
	}
	return t
}

// lookup returns the index of an item number, -1 for one that never was.
func (t captionTable) lookup(number string) int {
	for i := range t.all {
		if t.all[i].number == number {
			return i
		}
	}
	return -1
}

// ItemTitle returns the official title of an item, of those that it had the last,
// "" for a number that Form 8-K does not know.
func ItemTitle(number string) string { return titleOf(number, math.MaxInt) }

// titleOf returns the official title of an item as of a filing date, "" for an
// unknown number. Two captions of the old form changed with the years: Item 5
// gained Regulation FD on 23 October 2000, and Item 9 was Regulation S sales
// until the end of 1998.
func titleOf(number string, filed int) string {
	i := captions.lookup(number)
	switch {
	case i < 0:
		return ""
	case number == "5" && filed >= 20001023:
		return captions.all[i].others[0]
	case number == "9" && filed > 0 && filed < 19990101:
		return captions.all[i].others[0]
	}
	return captions.all[i].title
}

// Captions yields the number and the official title of every item there ever was:
// those with a dot, since 23 August 2004, and then those without, from before.
func Captions() iter.Seq2[string, string] {
	return func(yield func(number, title string) bool) {
		for _, c := range captions.all {
			if !yield(c.number, c.title) {
				return
			}
		}
	}
}

// numberOf returns the item that a header's ITEM INFORMATION line names, "" when
// none does. Titles of both systems coincide: dotted says which one is meant.
func numberOf(text string, dotted bool) string {
	if number := headerCode(text); number != "" {
		return number
	}
	line := foldWords(text)
	if line == "" {
		return ""
	}
	for i, c := range captions.all {
		if strings.Contains(c.number, ".") != dotted {
			continue
		}
		for _, w := range captions.wordings[i] {
			// EDGAR cut some of its longer titles, and lengthened others
			if w.text == line || len(line) >= 12 && strings.HasPrefix(w.text, line) || len(w.text) >= 20 && strings.HasPrefix(line, w.text) {
				return c.number
			}
		}
	}
	return ""
}

// headerCode returns a bare code such as "5", "2.02" or "Item 5", which is what
// headers of the IMS years and of the tag dialect hold.
func headerCode(text string) string {
	s := strings.TrimSuffix(strings.TrimSpace(text), ".")
	s = trimFold(trimFold(s, "<items>"), "item") // some headers keep the tag
	if len(s) == 2 && s[0] == '0' {
		s = s[1:]
	}
	if captions.lookup(s) >= 0 {
		return s
	}
	return ""
}

// foldWords lowers a text and leaves of its punctuation one blank between words.
// Apostrophes vanish: registrant's, registrant’s and the header's "registrant.s".
func foldWords(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isLetter(c) || isDigit(c):
			b = append(b, lower(c))
		case c == '\'' || c == '.' && i > 0 && isLetter(s[i-1]) && i+2 < len(s) && s[i+1] == 's' && s[i+2] == ' ' || strings.HasPrefix(s[i:], "’"):
			if c >= 0x80 {
				i += len("’") - 1
			}
		case len(b) > 0 && b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	return strings.TrimRight(string(b), " ")
}

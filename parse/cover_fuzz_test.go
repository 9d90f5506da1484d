package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzCover reads the cover of arbitrary bytes: nothing may panic, and whatever
// is read is on the page.
func FuzzCover(f *testing.F) {
	for _, seed := range []string{
		withCover("<p>Registrant's telephone number: (937) 555-0100</p>"), withBoxes("[X] %s", "☐ %s", "%s |_|", "%s"), withSecurities(stackedRows),
		"Delaware 1-1234 12-3456789\n(State of Incorporation) (Commission File Number) (IRS Employer Identification No.)\n",
		"Date of Report: May 10,\n1996\n\tCommission   File Number\n1-3526   Registrant; State of Incorporation\n", "(((((", "Yes No emerging growth company _", "\xff\xfe(Commission", "A<td>Commission <td>0-00<td>0-01",
	} {
		f.Add([]byte(seed))
	}
	covers, _ := filepath.Glob(filepath.Join(corpusRoot(), "primary", "*_2007_*.htm"))
	for _, name := range covers[:min(len(covers), 4)] {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b[:min(len(b), 1<<15)])
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p := flatten(body, false)
		c, _ := readCover(p, &Submission{})
		if c == nil || len(p.facts) > 0 {
			return
		}
		for _, r := range c.Registrants {
			for _, v := range []string{r.State, r.FileNumber, r.EIN} {
				for word := range strings.FieldsSeq(v) { // of numbers stacked in a cell, of states wrapped in theirs
					if !strings.Contains(plainDashes(p.text), plainDashes(strings.Trim(word, ","))) {
						t.Errorf("%q is not on the page", v)
					}
				}
			}
		}
	})
}

func BenchmarkCover(b *testing.B) {
	p := flatten([]byte(withSecurities(stackedRows)), false)
	b.ReportAllocs()
	for b.Loop() {
		readCover(p, &Submission{})
	}
}

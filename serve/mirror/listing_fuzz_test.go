package mirror

import (
	"bytes"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// FuzzListing lists a filing under two names that anybody may have chosen: every
// layout reads back as the same two rows, whatever the names hold.
func FuzzListing(f *testing.F) {
	for _, name := range []string{"Tidewater Lens Works", "A|B 8-K 900001 2024-02-05 edgar/data/1/0000900001-24-000001.txt", "x\ny\r\nz", "", " ",
		"-----------------------------------------------------------------------------------", "Société Générale — “long” name that goes on well beyond sixty-two bytes", "\xff\x00\x1b[2J", "8-K", "1 2 3"} {
		f.Add(name, "Other", false)
	}
	f.Fuzz(func(t *testing.T, one, two string, daily bool) {
		a, _ := edgar.ParseAccession("0000900001-24-000001")
		day, _ := edgar.ParseDate("2024-02-05")
		c1, _ := edgar.ParseCIK("900001")
		c2, _ := edgar.ParseCIK("1000003")
		filing := &parse.Filing{Accession: a, Form: edgar.CurrentReports()[0], Filed: day, Filers: []parse.Filer{{CIK: c1, Name: one}, {CIK: c2, Name: two}}}
		rows := rowsOf(filing, index.Entry{})
		l := listing{rows: rows, daily: daily, last: day}
		for _, k := range kinds() {
			text := l.write(k)
			got := make(map[edgar.CIK]bool)
			for r, err := range parse.NewListing(bytes.NewReader(text)).Rows() {
				if err != nil || r.Accession != a || r.Form != filing.Form || r.Filed != day {
					t.Fatalf("%s: read %+v, %v from\n%s", k.name, r, err, text)
				}
				got[r.CIK] = true
			}
			if len(got) != 2 || !got[c1] || !got[c2] {
				t.Errorf("%s: rows of %v, want two, from\n%q", k.name, got, text)
			}
		}
	})
}

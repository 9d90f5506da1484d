package mirror

import (
	"cmp"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// row is one line of a listing: a submission under one of its filers.
type row struct {
	accession edgar.Accession
	form      edgar.Form
	filed     edgar.Date
	cik       edgar.CIK
	digits    string // of cik
	name      string
}

// whole reports whether all that EDGAR served of a submission is held.
func whole(f *parse.Filing) bool {
	return !slices.ContainsFunc(f.Documents, func(d parse.Document) bool { return d.Cut != nil })
}

// rowsOf returns the rows of a filing, none when it is withdrawn or cut. Form and
// CIKs are those that EDGAR lists it under; of one that no listing told of, the
// header's.
func rowsOf(f *parse.Filing, e index.Entry) (rows []row) {
	if f.Withdrawn || !whole(f) {
		return nil
	}
	form := f.Form
	if !e.Form.IsZero() {
		form = e.Form
	}
	for _, c := range filers(f, e) {
		rows = append(rows, row{f.Accession, form, f.Filed, c, c.String(), nameOf(f, e, c)})
	}
	return rows
}

// filers are the CIKs that a filing is listed under.
func filers(f *parse.Filing, e index.Entry) []edgar.CIK {
	if len(e.CIKs) > 0 {
		return e.CIKs
	}
	var all []edgar.CIK
	for _, x := range f.Filers {
		if !x.CIK.IsZero() {
			all = append(all, x.CIK)
		}
	}
	slices.SortFunc(all, edgar.CIK.Compare)
	return slices.Compact(all)
}

// nameOf is the name of a filer: as listed where that is known, else as in the
// header; for a filer without a name its CIK, because a row needs one.
func nameOf(f *parse.Filing, e index.Entry, c edgar.CIK) string {
	name := e.Name
	if len(e.CIKs) == 0 || e.CIKs[0] != c || name == "" {
		for _, x := range f.Filers {
			if x.CIK == c && x.Name != "" {
				name = x.Name
				break
			}
		}
	}
	if name = cleanName(name); name == "" {
		name = "CIK " + c.String()
	}
	return name
}

// cleanName keeps a name within its field of a line. No name in EDGAR's listings has
// a bar.
func cleanName(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '|' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "?")))
}

func byCIK(a, b row) int {
	return cmp.Or(strings.Compare(a.digits, b.digits), a.form.Compare(b.form), a.filed.Compare(b.filed), a.accession.Compare(b.accession))
}

func byName(a, b row) int {
	return cmp.Or(strings.Compare(a.name, b.name), a.form.Compare(b.form), a.filed.Compare(b.filed), a.accession.Compare(b.accession), a.cik.Compare(b.cik))
}

func byForm(a, b row) int { return cmp.Or(a.form.Compare(b.form), byName(a, b)) }

package serve

import (
	"slices"
	"strings"

	"example.com/edgard/harmless"
	"example.com/edgard/parse"
)

// fact is a line of what header or cover say.
type fact struct{ Label, Text string }

// facts keeps those that say something.
func facts(all ...fact) (fs []fact) {
	for _, f := range all {
		if f.Text = harmless.Line(f.Text); f.Text != "" {
			fs = append(fs, f)
		}
	}
	return fs
}

// Dates are when the filing was what.
func (v filingView) Dates() []fact {
	accepted := ""
	if !v.Accepted.IsZero() {
		accepted = eastern(v.Accepted)
	}
	event := v.Period.String()
	if v.Cover != nil && !v.Cover.DateOfReport.IsZero() {
		switch printed := v.Cover.DateOfReport.String(); {
		case event == "":
			event = printed
		case event != printed:
			event += " in the header, " + printed + " on the cover"
		}
	}
	return facts(fact{"Filed", v.Filed.String()}, fact{"Accepted", accepted}, fact{"Date of report", event})
}

// CoverFacts are what the cover prints that the header has not.
func (v filingView) CoverFacts() []fact {
	c := v.Cover
	if c == nil {
		return nil
	}
	all := []fact{{"Address", oneLine(c.Address)}, {"Telephone", c.Phone}, {"Former name or address", oneLine(c.FormerName)}, {"Boxes ticked", boxes(c)}}
	for _, r := range c.Registrants {
		if !v.inHeader(r) {
			all = append(all, fact{"Registrant, as printed", joined(", ", r.Name, r.State, labelled("file", r.FileNumber), labelled("EIN", r.EIN))})
		}
	}
	return facts(all...)
}

// inHeader reports whether the header says of a registrant what the cover prints.
func (v filingView) inHeader(r parse.Registrant) bool {
	for _, x := range v.Filing.Filers {
		if plainName(x.Name) == plainName(r.Name) && agree(x.FileNumber, r.FileNumber) && agree(x.EIN, r.EIN) {
			return true
		}
	}
	return false
}

// plainName is a company's name without what EDGAR abbreviates in it: "NVIDIA CORP",
// "Union Camp Corporation", "MARATHON OIL CORP /DE/".
func plainName(name string) string {
	name, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(name, "&", " and ")), "/")
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '\n' })
	for i, w := range words {
		switch w {
		case "corporation":
			words[i] = "corp"
		case "incorporated":
			words[i] = "inc"
		case "company":
			words[i] = "co"
		case "limited":
			words[i] = "ltd"
		case "the":
			words[i] = ""
		}
	}
	return letters(strings.Join(words, ""))
}

// agree reports whether two numbers are the same but for zeros before their parts,
// "001-04001" and "1-4001", or one is not told.
func agree(a, b string) bool {
	x, y := parts(a), parts(b)
	return len(x) == 0 || len(y) == 0 || slices.Equal(x, y) || digitsOf(a) == digitsOf(b)
}

// parts are the runs of digits in a number, without zeros before them.
func parts(s string) (ps []string) {
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		ps = append(ps, strings.TrimLeft(p, "0"))
	}
	return ps
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// boxes names the check boxes of the cover that are ticked.
func boxes(c *parse.Cover) string {
	var ticked []string
	for _, b := range []struct {
		box  *bool
		name string
	}{
		{c.WrittenCommunications, "written communications (Rule 425)"}, {c.SolicitingMaterial, "soliciting material (Rule 14a-12)"},
		{c.PreCommencementTenderOffer, "pre-commencement tender offer (Rule 14d-2(b))"}, {c.PreCommencementIssuerTenderOffer, "pre-commencement issuer tender offer (Rule 13e-4(c))"},
		{c.EmergingGrowthCompany, "emerging growth company"},
	} {
		if b.box != nil && *b.box {
			ticked = append(ticked, b.name)
		}
	}
	return strings.Join(ticked, ", ")
}

// filerView is one filer of the header.
type filerView struct {
	parse.Filer
	Open bool // its facts are shown at once
}

// Filers are those of the header.
func (v filingView) Filers() (fs []filerView) {
	for _, x := range v.Filing.Filers {
		x.Name, x.Role = harmless.Line(x.Name), harmless.Line(x.Role)
		fs = append(fs, filerView{x, len(v.Filing.Filers) <= 2})
	}
	return fs
}

// Facts are what the header says of a filer.
func (x filerView) Facts() []fact {
	var former []string
	for _, n := range x.FormerNames {
		name := n.Name
		if !n.Changed.IsZero() {
			name += " (to " + n.Changed.String() + ")"
		}
		former = append(former, name)
	}
	return facts(
		fact{"CIK", x.CIK.String()}, fact{"Ticker", strings.Join(x.Tickers, ", ")}, fact{"Industry", industry(x.SIC).named("SIC")}, fact{"Incorporated in", state(x.StateOfIncorporation).named("")},
		fact{"Fiscal year end", yearEnd(x.FiscalYearEnd)}, fact{"File number", x.FileNumber}, fact{"Film number", x.FilmNumber}, fact{"EIN", x.EIN},
		fact{"Business address", address(x.BusinessAddress)}, fact{"Mail address", mailAddress(x.Filer)}, fact{"Former names", strings.Join(former, "; ")},
	)
}

// yearEnd writes MMDD as "31 December".
func yearEnd(mmdd string) string {
	months := []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	if len(mmdd) != 4 || len(digitsOf(mmdd)) != 4 {
		return mmdd
	}
	m := int(mmdd[0]-'0')*10 + int(mmdd[1]-'0')
	if m < 1 || m > 12 {
		return mmdd
	}
	return strings.TrimPrefix(mmdd[2:], "0") + " " + months[m-1]
}

func address(a *parse.Address) string {
	if a == nil {
		return ""
	}
	return joined(", ", a.Street1, a.Street2, a.City, joined(" ", addressState(a.State), a.Zip), a.Phone)
}

// mailAddress is that of a filer where it is another than the business address.
func mailAddress(x parse.Filer) string {
	mail, business := address(x.MailAddress), address(x.BusinessAddress)
	if mail == "" || strings.HasPrefix(business, mail) {
		return ""
	}
	return mail
}

// joined joins the parts that are not empty.
func joined(sep string, parts ...string) string {
	var full []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			full = append(full, s)
		}
	}
	return strings.Join(full, sep)
}

// labelled sets a label before s, which may be empty.
func labelled(label, s string) string {
	if s == "" {
		return ""
	}
	return label + " " + s
}

// oneLine writes commas for the line ends in an address.
func oneLine(s string) string { return strings.Join(strings.Split(strings.TrimSpace(s), "\n"), ", ") }

// Securities are those of the cover.
func (v filingView) Securities() []parse.Security {
	if v.Cover == nil {
		return nil
	}
	return v.Cover.Securities
}

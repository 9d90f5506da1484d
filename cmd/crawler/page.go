package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/parse"
)

const pageWidth = 100 // of running text where the terminal is wider, or is none

// page prints filings for people. It keeps the first error of writing.
type page struct {
	out   *terminal
	width int
	err   error
}

func newPage(out *terminal) *page { return &page{out: out, width: out.columns(pageWidth)} }

func (p *page) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

// fact prints a label and what belongs to it, continued under itself.
func (p *page) fact(label, text string) {
	const indent = 10
	if text = harmless.Line(text); text == "" {
		return
	}
	for i, line := range wrap(text, p.width-indent) {
		if i > 0 {
			label = ""
		}
		p.printf("%s%s\n", p.out.in(dim, fmt.Sprintf("%-*s", indent, label)), line)
	}
}

// heading prints what a reader needs to place the filing.
func (p *page) heading(f *parse.Filing) {
	title := p.out.in(bold, joined(gap, f.Form.String(), nameOf(f)))
	p.printf("%s\n", strings.TrimRight(title+gap+p.out.in(dim, f.Accession.String()), " "))
	p.fact("filed", dates(f))
	for _, x := range f.Filers {
		p.fact(strings.ToLower(firstWord(x.Role)), filer(x))
	}
	if f.Cover != nil {
		p.fact("boxes", boxes(f.Cover))
		for _, s := range f.Cover.Securities {
			p.fact("security", joined("; ", s.Symbol, s.Title, s.Exchange))
		}
	}
	if f.Withdrawn {
		p.fact("withdrawn", "SEC no longer lists this filing")
	}
}

// items prints the items, with their whole text or only its beginning.
func (p *page) items(f *parse.Filing, whole bool) {
	for _, it := range f.Items {
		p.title(f, it)
		switch text := cmp.Or(it.Text, it.Snippet); {
		case text == "":
		case whole:
			p.printf("%s", layout(harmless.Text(text), 2, p.width))
		default:
			p.glance(text)
		}
	}
}

// title prints number and caption of an item, and when header and body differ
// about it.
func (p *page) title(f *parse.Filing, it parse.Item) {
	label := "Item " + harmless.Line(it.Number)
	room := p.width - textWidth(label+gap)
	lines := wrap(harmless.Line(it.Title), room)
	note := disagreement(f, it)
	if last := lines[len(lines)-1]; note != "" && textWidth(last+" "+note) <= room {
		lines[len(lines)-1] = last + " " + p.out.in(yellow, note)
	} else if note != "" {
		lines = append(lines, p.out.in(yellow, note))
	}
	p.printf("\n%s%s%s\n", p.out.in(bold, label), gap, lines[0])
	for _, line := range lines[1:] {
		p.printf("%s%s\n", strings.Repeat(" ", textWidth(label+gap)), line)
	}
}

// disagreement says when header and body differ about an item. A bare document
// has no header to differ from.
func disagreement(f *parse.Filing, it parse.Item) string {
	if it.Source == parse.SourceBoth || it.Source == "" || len(f.Filers) == 0 {
		return ""
	}
	return "(only in the " + string(it.Source) + ")"
}

// glance prints the first two lines of a text.
func (p *page) glance(text string) {
	for i, line := range wrap(harmless.Line(text), p.width-2) {
		if i == 2 {
			p.printf("  …\n")
			return
		}
		p.printf("  %s\n", line)
	}
}

// after prints what stands behind the items: exhibits, signers, warnings; and of a
// filing in which no items are sought, its documents.
func (p *page) after(f *parse.Filing) {
	var documents []parse.Document
	if !f.Form.IsCurrentReport() {
		documents = f.Documents
	}
	if len(f.Exhibits)+len(f.Signatures)+len(f.Warnings)+len(documents) > 0 {
		p.printf("\n")
	}
	for i, d := range documents {
		p.fact("document", joined(" ", count(i+1), d.Type, d.Filename, d.Description))
	}
	for _, x := range f.Exhibits {
		p.fact("exhibit", joined("  ", x.Number, x.Description, attached(x)))
	}
	for _, s := range f.Signatures {
		p.fact("signed", joined(", ", s.Name, s.Title, s.Company, s.Date.String()))
	}
	for _, w := range f.Warnings {
		p.fact("warning", joined(" ", string(w.Code), w.Detail))
	}
}

// nameOf is the name under which a filing is shown: of its first filer, else of
// the first registrant on the cover.
func nameOf(f *parse.Filing) string {
	switch {
	case len(f.Filers) > 0:
		name := f.Filers[0].Name
		if n := len(f.Filers) - 1; n > 0 {
			name += fmt.Sprintf(" +%d", n)
		}
		return name
	case f.Cover != nil && len(f.Cover.Registrants) > 0:
		return f.Cover.Registrants[0].Name
	}
	return ""
}

func dates(f *parse.Filing) string {
	parts := []string{f.Filed.String()}
	if !f.Accepted.IsZero() {
		parts = append(parts, "accepted "+f.Accepted.In(edgar.Eastern()).Format("2006-01-02 15:04:05 MST"))
	}
	event := f.Period
	if event.IsZero() && f.Cover != nil {
		event = f.Cover.DateOfReport
	}
	if !event.IsZero() {
		what := "event of "
		if !f.Form.IsZero() && !f.Form.IsCurrentReport() {
			what = "period to "
		}
		parts = append(parts, what+event.String())
	}
	return joined(", ", parts...)
}

func filer(x parse.Filer) string {
	cik := ""
	if !x.CIK.IsZero() {
		cik = "CIK " + x.CIK.String()
	}
	name := x.Name
	if len(x.Tickers) > 0 {
		name += " (" + strings.Join(x.Tickers, ", ") + ")"
	}
	return joined(", ", name, cik, labelled("SIC", x.SIC), labelled("of", x.StateOfIncorporation), labelled("file", x.FileNumber))
}

// labelled sets a label before s, which may be empty.
func labelled(label, s string) string {
	if s == "" {
		return ""
	}
	return label + " " + s
}

// boxes names the check boxes of the cover that are ticked.
func boxes(c *parse.Cover) string {
	var ticked []string
	for _, b := range []struct {
		box  *bool
		name string
	}{
		{c.WrittenCommunications, "written communications"}, {c.SolicitingMaterial, "soliciting material"},
		{c.PreCommencementTenderOffer, "pre-commencement tender offer"}, {c.PreCommencementIssuerTenderOffer, "pre-commencement issuer tender offer"},
		{c.EmergingGrowthCompany, "emerging growth company"},
	} {
		if b.box != nil && *b.box {
			ticked = append(ticked, b.name)
		}
	}
	return strings.Join(ticked, ", ")
}

func attached(x parse.Exhibit) string {
	switch {
	case !x.Attached:
		return "(not attached)"
	case x.Document > 0:
		return fmt.Sprintf("(document %d)", x.Document)
	}
	return ""
}

// joined joins the parts that are not empty.
func joined(sep string, parts ...string) string {
	full := parts[:0:0]
	for _, s := range parts {
		if s = harmless.Line(s); s != "" {
			full = append(full, s)
		}
	}
	return strings.Join(full, sep)
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	if w == "" {
		return "filer"
	}
	return w
}

// stamp is a moment as people read it, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 MST")
}

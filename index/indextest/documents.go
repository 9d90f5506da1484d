package indextest

import (
	"fmt"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// documents fills in the report, its exhibits, pictures and what XBRL adds.
func (m *maker) documents() {
	base := m.base()
	m.document("8-K", base+"8k"+m.extension(), pick(m.r, []string{"8-K", "FORM 8-K", "8-K", "CURRENT REPORT", ""}), 2500+m.r.IntN(30_000))
	for _, number := range m.exhibitNumbers() {
		m.exhibit(number, base)
	}
	if m.Filed.Year() >= 2009 && chance(m.r, 0.42) {
		for i := range 1 + min(int(m.r.ExpFloat64()*9), 40) {
			m.document("GRAPHIC", fmt.Sprintf("%simg%03d.jpg", base, i+1), pick(m.r, []string{"", "GRAPHIC"}), 4000+m.r.IntN(250_000))
		}
	}
	if m.inline() {
		m.xbrl(base)
	}
	m.refer()
	m.Size = m.offset + 20
}

// inline reports whether the cover is inline XBRL: in 2019 those of large filers.
func (m *maker) inline() bool {
	y := m.Filed.Year()
	return y >= 2021 && chance(m.r, 0.95) || y == 2020 && chance(m.r, 0.6) || y == 2019 && chance(m.r, 0.2)
}

// base is what the names of a filing's files begin with.
func (m *maker) base() string {
	switch m.style {
	case 0:
		return fmt.Sprintf("d%dd", 100_000+m.r.IntN(800_000))
	case 1:
		return fmt.Sprintf("tm%d%05dd1_", m.Filed.Year()%100, m.r.IntN(40_000))
	case 2:
		return fmt.Sprintf("a%d-%d_1", m.Filed.Year()%100, m.r.IntN(40_000))
	case 3:
		return fmt.Sprintf("%s-%04d%02d%02d", strings.ToLower(m.company.symbol), m.Filed.Year(), m.Filed.Month(), m.Filed.Day())
	}
	return fmt.Sprintf("e%d_", 10_000+m.r.IntN(80_000))
}

func (m *maker) extension() string {
	if m.Filed.Year() < 2002 || m.Filed.Year() < 2006 && chance(m.r, 0.4) {
		return ".txt"
	}
	return ".htm"
}

func (m *maker) document(kind, name, description string, length int) {
	m.offset += int64(90 + m.r.IntN(60))
	d := parse.Document{Sequence: len(m.Documents) + 1, Type: kind, Filename: name, Description: description, Offset: m.offset, Length: int64(length), Media: media(name)}
	if m.Filed.Year() <= 2000 {
		d.Filename = ""
	}
	m.offset += d.Length
	m.Documents = append(m.Documents, d)
}

func media(name string) string {
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "txt":
		return "text/plain"
	case "htm":
		return "text/html"
	case "jpg":
		return "image/jpeg"
	case "xml", "xsd":
		return "application/xml"
	case "json":
		return "application/json"
	case "js":
		return "text/javascript"
	case "css":
		return "text/css"
	case "zip":
		return "application/zip"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// exhibitNumbers draws the exhibits, few filings having more than two.
func (m *maker) exhibitNumbers() (numbers []string) {
	if !chance(m.r, 0.86) {
		return nil
	}
	numbers = append(numbers, pick(m.r, []string{"99.1", "99.1", "99.1", "99.1", "99.1", "99.1", "99", "10.1", "10.1", "1.1", "2.1", "3.1", "4.1", "16.1", "20.1"}))
	for n := 2; chance(m.r, 0.37) && n < 10; n++ {
		family, _, dotted := strings.Cut(numbers[0], ".")
		if !dotted || chance(m.r, 0.35) {
			family = pick(m.r, []string{"5", "23", "10", "4", "99"})
		}
		numbers = append(numbers, fmt.Sprintf("%s.%d", family, n))
	}
	return numbers
}

func (m *maker) exhibit(number, base string) {
	x := parse.Exhibit{Number: number, Listed: true, Description: m.described(number)}
	if x.Attached = chance(m.r, 0.92); x.Attached {
		x.Type, x.Document = "EX-"+number, len(m.Documents)+1
		description := pick(m.r, []string{"EX-" + number, "EXHIBIT " + number, "PRESS RELEASE", strings.ToUpper(m.prose(16)), ""})
		m.document(x.Type, base+"ex"+strings.ReplaceAll(number, ".", "")+m.extension(), description, 5000+m.r.IntN(90_000))
	}
	m.Exhibits = append(m.Exhibits, x)
}

// described is an exhibit as the list of exhibits has it.
func (m *maker) described(number string) string {
	day := fmt.Sprintf("%s %d, %d", m.Period.Month(), m.Period.Day(), m.Period.Year())
	if strings.HasPrefix(number, "99") {
		switch u := m.r.Float64(); {
		case u < 0.3:
			return "Press Release dated " + day + "."
		case u < 0.45:
			return "Press release, dated " + day
		case u < 0.6:
			return "Press Release issued by " + m.company.printed + " dated " + day + "."
		case u < 0.7:
			return m.company.printed + " Investor Presentation"
		}
		return "Press Release " + m.prose(20+m.r.IntN(100))
	}
	return "Agreement dated as of " + day + " " + m.prose(40+m.r.IntN(170))
}

// xbrl adds the documents of an inline cover, and those that EDGAR makes of it.
func (m *maker) xbrl(base string) {
	m.Exhibits = append(m.Exhibits, parse.Exhibit{Number: "104", Description: "Cover Page Interactive Data File (embedded within the Inline XBRL document)", Listed: true})
	taxonomy := fmt.Sprintf("%s-%04d%02d%02d", strings.ToLower(m.company.symbol), m.Period.Year(), m.Period.Month(), m.Period.Day())
	suffix := pick(m.r, []string{"", " DOCUMENT"})
	for _, x := range [][3]string{
		{"101.SCH", ".xsd", "SCHEMA"}, {"101.DEF", "_def.xml", "DEFINITION LINKBASE"},
		{"101.LAB", "_lab.xml", "LABEL LINKBASE"}, {"101.PRE", "_pre.xml", "PRESENTATION LINKBASE"},
	} {
		description := "XBRL TAXONOMY EXTENSION " + x[2] + suffix
		m.Exhibits = append(m.Exhibits, parse.Exhibit{Number: x[0], Description: description, Type: "EX-" + x[0], Document: len(m.Documents) + 1, Attached: true})
		m.document("EX-"+x[0], taxonomy+x[1], description, 3000+m.r.IntN(40_000))
	}
	const made = "IDEA: XBRL DOCUMENT"
	m.document("XML", "R1.htm", made, 30_000+m.r.IntN(20_000))
	if chance(m.r, 0.85) {
		m.document("EXCEL", "Financial_Report.xlsx", made, 8000+m.r.IntN(900))
	}
	m.document("XML", "Show.js", made, 974)
	m.document("XML", "report.css", made, 2687)
	m.document("XML", "FilingSummary.xml", made, 1600+m.r.IntN(300))
	m.document("JSON", "MetaLinks.json", made, 30_000+m.r.IntN(15_000))
	m.document("ZIP", m.Accession.String()+"-xbrl.zip", made, 15_000+m.r.IntN(20_000))
	m.document("XML", base+"8k_htm.xml", made, 4000+m.r.IntN(5000))
}

// refer has the items name the exhibits: the last of them all, which it lists, and
// the first the first.
func (m *maker) refer() {
	list := pick(m.r, []string{"(d) Exhibits", "(c) Exhibits.", "(d) Exhibits.", "Exhibit No. Description"})
	last := &m.Items[len(m.Items)-1]
	for _, x := range m.Exhibits {
		if x.Listed {
			last.Exhibits = append(last.Exhibits, x.Number)
			list += " " + x.Number + " " + x.Description
		}
	}
	if n := len(m.Items); n > 1 && last.Number == m.last().number {
		last.Snippet = list[:min(len(list), 160)]
		m.Items[0].Exhibits = last.Exhibits[:min(len(last.Exhibits), 1)]
	}
}

// cover fills in the cover page.
func (m *maker) cover() {
	c := &parse.Cover{DateOfReport: m.Period, Address: m.printedAddress(), Phone: fmt.Sprintf("(%s) %s-%s", m.company.phone[:3], m.company.phone[3:6], m.company.phone[6:])}
	companies := append([]*company{m.company}, m.others...)
	for _, x := range companies {
		printed := x.printed
		if chance(m.r, 0.35) {
			printed = strings.ToUpper(printed)
		}
		c.Registrants = append(c.Registrants, parse.Registrant{Name: printed, State: x.state.name, FileNumber: x.file, EIN: x.ein[:2] + "-" + x.ein[2:]})
	}
	m.Cover = c
	if m.isModern() {
		c.WrittenCommunications, c.SolicitingMaterial = m.box(0.03), m.box(0.03)
		c.PreCommencementTenderOffer, c.PreCommencementIssuerTenderOffer = m.box(0.01), m.box(0.002)
	}
	if known(edgar.NewDate(2017, 4, 12)).Before(m.Filed) {
		c.EmergingGrowthCompany = m.box(0.2)
	}
	if known(edgar.NewDate(2019, 5, 2)).Before(m.Filed) {
		m.securities()
	}
}

func (m *maker) box(ticked float64) *bool {
	b := chance(m.r, ticked)
	return &b
}

func (m *maker) printedAddress() string {
	var b strings.Builder
	for i, word := range strings.Fields(m.company.street + ", " + m.company.city) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	return b.String() + ", " + m.company.state.name + " " + m.company.zip
}

// securities fills in the table of the cover: common stock, and notes or preferred
// shares of some.
func (m *maker) securities() {
	exchange := pick(m.r, []string{"The Nasdaq Stock Market LLC", "New York Stock Exchange", "The New York Stock Exchange", "NASDAQ"})
	m.Cover.Securities = append(m.Cover.Securities, parse.Security{Title: pick(m.r, []string{"Common Stock, par value $0.01 per share", "Common Stock", "Common Stock, $0.001 par value per share"}), Symbol: m.company.symbol, Exchange: exchange})
	for n := 1; n < m.company.securities; n++ {
		rate := fmt.Sprintf("%d.%03d%%", 1+n, (n*125+m.company.securities*250)%1000)
		title := rate + fmt.Sprintf(" Notes due %d", 2027+n)
		if m.company.securities > 4 {
			title = "Depositary Shares, each representing a 1/40th interest in a share of " + rate + " Preferred Stock"
		}
		m.Cover.Securities = append(m.Cover.Securities, parse.Security{Title: title, Symbol: m.company.symbol + string(rune('A'+n)), Exchange: exchange})
	}
}

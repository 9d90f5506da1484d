package indextest

import (
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// captioned is an item of the form: the share of reports that have it first, in
// thousandths, the first year in which it could be, and its caption.
type captioned struct {
	number  string
	share   int
	since   int
	caption string
}

// modern are the items since 23 August 2004.
func modern() []captioned {
	return []captioned{
		{"1.01", 95, 2004, "Entry into a Material Definitive Agreement"},
		{"1.02", 10, 2004, "Termination of a Material Definitive Agreement"},
		{"1.03", 2, 2004, "Bankruptcy or Receivership"},
		{"1.05", 2, 2024, "Material Cybersecurity Incidents"},
		{"2.01", 25, 2004, "Completion of Acquisition or Disposition of Assets"},
		{"2.02", 280, 2004, "Results of Operations and Financial Condition"},
		{"2.03", 15, 2004, "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant"},
		{"2.05", 6, 2004, "Costs Associated with Exit or Disposal Activities"},
		{"2.06", 4, 2004, "Material Impairments"},
		{"3.01", 14, 2004, "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing"},
		{"3.02", 20, 2004, "Unregistered Sales of Equity Securities"},
		{"3.03", 8, 2004, "Material Modification to Rights of Security Holders"},
		{"4.01", 22, 2004, "Changes in Registrant's Certifying Accountant"},
		{"4.02", 7, 2004, "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review"},
		{"5.01", 6, 2004, "Changes in Control of Registrant"},
		{"5.02", 135, 2004, "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; Compensatory Arrangements of Certain Officers"},
		{"5.03", 20, 2004, "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year"},
		{"5.07", 55, 2010, "Submission of Matters to a Vote of Security Holders"},
		{"5.08", 2, 2012, "Shareholder Director Nominations"},
		{"6.02", 4, 2006, "Change of Servicer or Trustee"},
		{"7.01", 110, 2004, "Regulation FD Disclosure"},
		{"8.01", 240, 2004, "Other Events"},
	}
}

// early are the items before.
func early() []captioned {
	return []captioned{
		{"1", 20, 1994, "Changes in Control of Registrant"},
		{"2", 120, 1994, "Acquisition or Disposition of Assets"},
		{"3", 10, 1994, "Bankruptcy or Receivership"},
		{"4", 50, 1994, "Changes in Registrant's Certifying Accountant"},
		{"5", 610, 1994, "Other Events"},
		{"6", 6, 1994, "Resignations of Registrant's Directors"},
		{"8", 6, 1994, "Change in Fiscal Year"},
		{"9", 130, 2001, "Regulation FD Disclosure"},
		{"12", 260, 2003, "Results of Operations and Financial Condition"},
	}
}

func (m *maker) isModern() bool { return !m.Filed.Before(known(edgar.NewDate(2004, 8, 23))) }

// items fills in what is reported, the exhibits item last.
func (m *maker) items() {
	open := m.w.modern
	if !m.isModern() {
		open = m.w.early
	}
	open = slices.DeleteFunc(slices.Clone(open), func(c captioned) bool { return c.since > m.Filed.Year() })
	m.offset += int64(2500 + m.r.IntN(3000))
	if m.Filed.Year() > 2019 {
		m.offset += int64(15_000 + m.r.IntN(10_000))
	}
	for more := true; more && len(m.Items) < 6; more = chance(m.r, 0.2) {
		i := m.draw(open)
		m.item(open[i], 160-max(m.r.IntN(190)-90, 0))
		open = slices.Delete(open, i, i+1)
	}
	if chance(m.r, 0.86) {
		m.item(m.last(), 0)
	}
}

// last is the item of exhibits.
func (m *maker) last() captioned {
	number := "9.01"
	if !m.isModern() {
		number = "7"
	}
	return captioned{number: number, caption: "Financial Statements and Exhibits"}
}

// draw picks one by the shares.
func (m *maker) draw(open []captioned) int {
	total := 0
	for _, c := range open {
		total += c.share
	}
	u := m.r.IntN(total)
	for i, c := range open {
		if u -= c.share; u < 0 {
			return i
		}
	}
	return 0
}

func (m *maker) item(c captioned, size int) {
	it := parse.Item{Number: c.number, Title: c.caption, Source: parse.SourceBoth, Offset: m.offset, Length: int64(200 + m.r.IntN(900))}
	it.Heading = m.heading(c)
	if m.Filed.Year() <= 2000 && chance(m.r, 0.8) || m.Filed.Year() <= 2004 && !m.isModern() && chance(m.r, 0.25) {
		it.Source = parse.SourceBody
	}
	it.Snippet = m.prose(size) + " …"
	m.offset += it.Length + int64(m.r.IntN(200))
	m.Items = append(m.Items, it)
}

// heading prints number and caption as filers do, an agent's always in one way.
func (m *maker) heading(c captioned) string {
	switch m.style {
	case 0:
		return fmt.Sprintf("Item %s. %s.", c.number, c.caption)
	case 1:
		return fmt.Sprintf("ITEM %s. %s", c.number, strings.ToUpper(c.caption))
	case 2:
		return fmt.Sprintf("Item %s %s.", c.number, c.caption)
	case 3:
		return fmt.Sprintf("Item %s %s", c.number, c.caption)
	}
	return fmt.Sprintf("ITEM %s %s.", c.number, c.caption)
}

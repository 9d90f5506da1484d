package edgartest

import (
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

type item struct{ number, text string }

// newItems holds the texts of ITEM INFORMATION since 23 August 2004, as EDGAR
// writes them, and oldItems those before.
var (
	newItems = []item{
		{"1.01", "Entry into a Material Definitive Agreement"},
		{"1.02", "Termination of a Material Definitive Agreement"},
		{"1.03", "Bankruptcy or Receivership"},
		{"1.04", "Mine Safety - Reporting of Shutdowns and Patterns of Violations"},
		{"1.05", "Material Cybersecurity Incidents"},
		{"2.01", "Completion of Acquisition or Disposition of Assets"},
		{"2.02", "Results of Operations and Financial Condition"},
		{"2.03", "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant"},
		{"2.04", "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement"},
		{"2.05", "Cost Associated with Exit or Disposal Activities"},
		{"2.06", "Material Impairments"},
		{"3.01", "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing"},
		{"3.02", "Unregistered Sales of Equity Securities"},
		{"3.03", "Material Modifications to Rights of Security Holders"},
		{"4.01", "Changes in Registrant's Certifying Accountant"},
		{"4.02", "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review"},
		{"5.01", "Changes in Control of Registrant"},
		{"5.02", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers: Compensatory Arrangements of Certain Officers"},
		{"5.02", "Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers"},
		{"5.03", "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year"},
		{"5.04", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"},
		{"5.05", "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics"},
		{"5.06", "Change in Shell Company Status"},
		{"5.07", "Submission of Matters to a Vote of Security Holders"},
		{"5.08", "Shareholder Nominations Pursuant to Exchange Act Rule 14a-11"},
		{"6.01", "ABS Informational and Computational Material"},
		{"6.02", "Change of Servicer or Trustee"},
		{"6.03", "Change in Credit Enhancement or Other External Support"},
		{"6.04", "Failure to Make a Required Distribution"},
		{"6.05", "Securities Act Updating Disclosure"},
		{"6.06", "Static Pool"},
		{"7.01", "Regulation FD Disclosure"},
		{"8.01", "Other Events"},
		{"9.01", "Financial Statements and Exhibits"},
	}
	oldItems = []item{
		{"1", "Changes in control of registrant"},
		{"2", "Acquisition or disposition of assets"},
		{"3", "Bankruptcy or receivership"},
		{"4", "Changes in registrant's certifying accountant"},
		{"5", "Other events"},
		{"6", "Resignations of registrant's directors"},
		{"7", "Financial statements and exhibits"},
		{"8", "Change in fiscal year"},
		{"9", "Regulation FD Disclosure"},
		{"10", "Amendments to the Registrant.s Code of Ethics"},
		{"11", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"},
		{"12", "Results of Operations and Financial Condition"},
		{"13", "Receipt of an Attorney's Written Notice Pursuant to 17 CFR 205.3(d)"},
	}
)

// itemNumber returns the number of a header's item: the value itself when it is
// one, else that of its text, which only the filing date can tell apart.
func itemNumber(value string, filed edgar.Date) string {
	if strings.Trim(value, "0123456789.") == "" {
		return value
	}
	tables := [][]item{newItems, oldItems}
	if newNumbers, _ := edgar.NewDate(2004, time.August, 23); filed.Before(newNumbers) {
		slices.Reverse(tables)
	}
	for _, table := range tables {
		for _, it := range table {
			if it.text == value {
				return it.number
			}
		}
	}
	return value
}

// itemText returns EDGAR's text for an item's number, or the number itself.
func itemText(number string) string {
	table := newItems
	if !strings.Contains(number, ".") {
		table = oldItems
	}
	for _, it := range table {
		if it.number == number {
			return it.text
		}
	}
	return number
}

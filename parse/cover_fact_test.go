package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inline is an inline XBRL cover of a made company: hidden facts and contexts,
// then the page.
func inline(hidden, page string) string {
	return `<?xml version='1.0' encoding='ASCII'?><html><head><title>d8k.htm</title></head><body><div style="display:none"><ix:header><ix:hidden>` + hidden + `</ix:hidden><ix:resources>
<xbrli:context id="c-1"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001234567</xbrli:identifier></xbrli:entity></xbrli:context>
<xbrli:context id="c-2"><xbrli:entity><xbrli:segment><xbrldi:explicitMember dimension="us-gaap:StatementClassOfStockAxis">us-gaap:CommonStockMember</xbrldi:explicitMember></xbrli:segment></xbrli:entity></xbrli:context>
<xbrli:context id="c-3"><xbrli:entity><xbrli:segment><xbrldi:explicitMember dimension="us-gaap:StatementClassOfStockAxis">us-gaap:WarrantMember</xbrldi:explicitMember></xbrli:segment></xbrli:entity></xbrli:context>
<xbrli:context id="c-4"><xbrli:entity><xbrli:segment><xbrldi:explicitMember dimension="dei:LegalEntityAxis">gdgt:GadgetFinanceMember</xbrldi:explicitMember></xbrli:segment></xbrli:entity></xbrli:context>
<xbrli:context id="c-5"><xbrli:entity><xbrli:segment><xbrldi:explicitMember dimension="dei:EntityAddressesAddressTypeAxis">dei:FormerAddressMember</xbrldi:explicitMember></xbrli:segment></xbrli:entity></xbrli:context>
</ix:resources></ix:header></div>` + page + `<p>Item 8.01 Other Events</p></body></html>`
}

func tagged(name, context, format, value string) string {
	return `<ix:nonNumeric contextRef="` + context + `" name="dei:` + name + `" format="` + format + `">` + value + `</ix:nonNumeric>`
}

func TestCoverFactsCompleteThePage(t *testing.T) {
	hidden := tagged("EntityRegistrantName", "c-1", "", "Gadget Works, Inc.") + tagged("EntityFileNumber", "c-1", "", "001-12345") + tagged("EntityTaxIdentificationNumber", "c-1", "", "12-3456789") +
		tagged("EntityIncorporationStateCountryCode", "c-1", "", "Delaware") + tagged("CityAreaCode", "c-1", "", "937") + tagged("LocalPhoneNumber", "c-1", "", "555-0100") +
		tagged("WrittenCommunications", "c-1", "", "false") + tagged("SolicitingMaterial", "c-1", "", "true") + tagged("PreCommencementTenderOffer", "c-1", "ixt:fixed-false", "") + tagged("PreCommencementIssuerTenderOffer", "c-1", "ixt:booleantrue", "x") +
		tagged("EntityEmergingGrowthCompany", "c-1", "", "false") + tagged("Security12bTitle", "c-2", "", "Common Stock") + tagged("TradingSymbol", "c-2", "", "GDGT") + tagged("SecurityExchangeName", "c-2", "", "NYSE") +
		tagged("DocumentPeriodEndDate", "c-1", "", "2024-05-10") + tagged("EntityAddressAddressLine1", "c-1", "", "100 Main Street") + tagged("EntityAddressCityOrTown", "c-1", "", "Springfield") +
		tagged("EntityAddressStateOrProvince", "c-1", "", "OH") + tagged("EntityAddressPostalZipCode", "c-1", "", "45501")
	c, warnings := readMadeCoverWith(t, inline(hidden, "<p>FORM 8-K</p>"), &Submission{})
	yes, no := true, false
	want := &Cover{
		Registrants:  []Registrant{{Name: "Gadget Works, Inc.", State: "Delaware", FileNumber: "001-12345", EIN: "12-3456789"}},
		DateOfReport: day("2024-05-10"), Address: "100 Main Street, Springfield, OH 45501", Phone: "(937) 555-0100",
		WrittenCommunications: &no, SolicitingMaterial: &yes, PreCommencementTenderOffer: &no, PreCommencementIssuerTenderOffer: &yes, EmergingGrowthCompany: &no,
		Securities: []Security{{"Common Stock", "GDGT", "New York Stock Exchange"}},
	}
	if diff := cmp.Diff(want, c, compareDates); diff != "" {
		t.Errorf("cover differs (-want +got):\n%s", diff)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings: got %v, want none", warnings)
	}
}

func TestCoverStateIsPrintedAsOnThePage(t *testing.T) {
	name := "<p>" + tagged("EntityRegistrantName", "c-1", "", "Gadget Works, Inc.") + "</p>" + exactName
	numbers := "<table><tr><td>" + tagged("EntityIncorporationStateCountryCode", "c-1", "", "DE") + "</td><td>1-1234</td><td>12-3456789</td></tr>" + threeCaptions
	for body, want := range map[string]string{
		inline("", "<p>FORM 8-K</p>"+name+numbers):                                                     "DE",
		inline(tagged("EntityIncorporationStateCountryCode", "c-1", "", "DE"), "<p>FORM 8-K</p>"+name): "Delaware",
	} {
		if got := readMadeCover(t, body).Registrants[0].State; got != want {
			t.Errorf("state: got %q, want %q", got, want)
		}
	}
}

func TestCoverNumbersOfFactsAreNumbers(t *testing.T) {
	for _, tt := range []struct{ file, ein, wantFile, wantEIN string }{
		{"001-12345", "12-3456789", "001-12345", "12-3456789"}, {"001‑12345", "12–3456789", "001-12345", "12-3456789"},
		{"N/A", "N/A", "", ""}, {"Pending", "Applied for", "", ""}, {"001-12345", "00-0000000", "001-12345", ""}, {"000-12345", "Not Applicable", "000-12345", ""},
	} {
		page := "<p>FORM 8-K</p><p>" + tagged("EntityRegistrantName", "c-1", "", "Gadget Works, Inc.") + "</p>" + exactName + "<table><tr><td>Delaware</td><td>" + tagged("EntityFileNumber", "c-1", "", tt.file) + "</td><td>" +
			tagged("EntityTaxIdentificationNumber", "c-1", "", tt.ein) + "</td></tr>" + threeCaptions
		r := readMadeCover(t, inline("", page)).Registrants[0]
		if r.FileNumber != tt.wantFile || r.EIN != tt.wantEIN {
			t.Errorf("%s, %s: got %q and %q, want %q and %q", tt.file, tt.ein, r.FileNumber, r.EIN, tt.wantFile, tt.wantEIN)
		}
	}
}

func TestCoverPageWinsAndDisagreementIsReported(t *testing.T) {
	hidden := tagged("EntityRegistrantName", "c-1", "", "Widget Works, Inc.") + tagged("EntityTaxIdentificationNumber", "c-1", "", "98-7654321") + tagged("WrittenCommunications", "c-1", "", "true") +
		tagged("EntityIncorporationStateCountryCode", "c-1", "", "DE") + tagged("DocumentPeriodEndDate", "c-1", "", "2024-05-03") + tagged("EntityFileNumber", "c-1", "", "001-1234")
	page := withBoxes("<p>☐ %s</p>")
	c, warnings := readMadeCoverWith(t, inline(hidden, page[len("<html><body>"):]), &Submission{})
	want := Registrant{Name: "GADGET WORKS, INC.", State: "Delaware", FileNumber: "1-1234", EIN: "12-3456789"}
	if diff := cmp.Diff([]Registrant{want}, c.Registrants); diff != "" {
		t.Errorf("registrants differ (-want +got):\n%s", diff)
	}
	if got := boxes(c); got != "oooo" {
		t.Errorf("boxes: got %s, want oooo", got)
	}
	if got := c.DateOfReport.String(); got != "1996-05-10" {
		t.Errorf("date of report: got %s, want the printed one", got)
	}
	wantWarnings := []Warning{
		{CodeCoverFact, "name: page GADGET WORKS, INC., fact Widget Works, Inc."},
		{CodeCoverFact, "ein: page 12-3456789, fact 98-7654321"},
		{CodeCoverFact, "WrittenCommunications: page false, fact true"},
	}
	if diff := cmp.Diff(wantWarnings, warnings); diff != "" {
		t.Errorf("warnings differ (-want +got):\n%s", diff)
	}
}

func TestCoverFactsOnThePageAreReadAsPrinted(t *testing.T) {
	page := `<p>FORM 8-K</p><p>` + tagged("DocumentPeriodEndDate", "c-1", "ixt:date-monthname-day-year-en", "May 10, 2024") + `</p><p>Date of Report</p>
<p>` + tagged("EntityRegistrantName", "c-1", "", "GADGET WORKS") + `, INC.</p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>` + tagged("EntityIncorporationStateCountryCode", "c-1", "ixt-sec:stateprovnameen", "Delaware") + `</td><td>` + tagged("EntityFileNumber", "c-1", "", "001-12345") + `</td><td>` + tagged("EntityTaxIdentificationNumber", "c-1", "", "12-3456789") + `</td></tr>
<tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table>
<p>Registrant's telephone number: ` + tagged("CityAreaCode", "c-1", "", "(937)") + ` ` + tagged("LocalPhoneNumber", "c-1", "", "555-0100") + `</p>
<p>Securities registered pursuant to Section 12(b) of the Act:</p><table>` + securityHeadRow + `
<tr><td>` + tagged("Security12bTitle", "c-2", "", "Common Stock") + ` and ` + tagged("Security12bTitle", "c-3", "", "Warrants") + `</td><td></td><td>` + tagged("TradingSymbol", "c-2", "", "GDGT") + `, ` + tagged("TradingSymbol", "c-3", "", "GDGTW") + `</td><td></td>
<td>` + tagged("SecurityExchangeName", "c-2", "ixt-sec:exchnameen", "The Nasdaq Stock Market LLC") + `</td></tr></table>
<p>☒ Written communications pursuant to Rule 425</p><p>Emerging growth company ` + tagged("EntityEmergingGrowthCompany", "c-1", "ixt-sec:boolballotbox", "☒") + `</p>`
	c, warnings := readMadeCoverWith(t, inline("", page), &Submission{})
	yes := true
	want := &Cover{
		Registrants:  []Registrant{{Name: "GADGET WORKS, INC.", State: "Delaware", FileNumber: "001-12345", EIN: "12-3456789"}},
		DateOfReport: day("2024-05-10"), Phone: "(937) 555-0100", WrittenCommunications: &yes, EmergingGrowthCompany: &yes,
		Securities: []Security{{"Common Stock", "GDGT", "The Nasdaq Stock Market LLC"}, {"Warrants", "GDGTW", "The Nasdaq Stock Market LLC"}},
	}
	if diff := cmp.Diff(want, c, compareDates); diff != "" {
		t.Errorf("cover differs (-want +got):\n%s", diff)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings: got %v, want none", warnings)
	}
}

func TestCoverFactsOfACoRegistrantAreItsOwn(t *testing.T) {
	hidden := tagged("EntityRegistrantName", "c-1", "", "Gadget Works, Inc.") + tagged("EntityFileNumber", "c-1", "", "001-12345") + tagged("EntityTaxIdentificationNumber", "c-1", "", "12-3456789") + tagged("EntityIncorporationStateCountryCode", "c-1", "", "DE") +
		tagged("EntityRegistrantName", "c-4", "", "Gadget Finance LLC") + tagged("EntityFileNumber", "c-4", "", "001-12346") + tagged("EntityTaxIdentificationNumber", "c-4", "", "12-9999999") + tagged("EntityIncorporationStateCountryCode", "c-4", "", "NV") +
		tagged("CityAreaCode", "c-4", "", "702")
	c, _ := readMadeCoverWith(t, inline(hidden, "<p>FORM 8-K</p>"), &Submission{})
	want := []Registrant{{"Gadget Works, Inc.", "Delaware", "001-12345", "12-3456789"}, {"Gadget Finance LLC", "Nevada", "001-12346", "12-9999999"}}
	if diff := cmp.Diff(want, c.Registrants); diff != "" {
		t.Errorf("registrants differ (-want +got):\n%s", diff)
	}
	if c.Phone != "" {
		t.Errorf("phone: got %q, want none", c.Phone)
	}
}

func TestCoverFactsThatContradictThePageAreReported(t *testing.T) {
	securities := "<p>Securities registered pursuant to Section 12(b) of the Act:</p><table>" + securityHeadRow +
		"<tr><td>Common Stock</td><td></td><td>GDGT</td><td></td><td>NYSE</td></tr></table><p>Indicate by check mark</p>"
	page := withCover("<p>Registrant's telephone number: (937) 555-0100</p>" + securities)[len("<html><body>"):]
	tests := []struct {
		name, hidden string
		want         []Warning
	}{
		{"telephone", tagged("CityAreaCode", "c-1", "", "937") + tagged("LocalPhoneNumber", "c-1", "", "555-0199"), []Warning{{CodeCoverFact, "phone: page (937) 555-0100, fact (937) 555-0199"}}},
		{"telephone with the country", tagged("LocalPhoneNumber", "c-1", "", "+1 937 555-0100"), nil},
		{"symbol", tagged("Security12bTitle", "c-2", "", "Common Stock") + tagged("TradingSymbol", "c-2", "", "GDGX") + tagged("SecurityExchangeName", "c-2", "", "NYSE"), []Warning{{CodeCoverFact, "symbol: page GDGT, fact GDGX"}}},
		{"securities", tagged("Security12bTitle", "c-2", "", "Units") + tagged("TradingSymbol", "c-2", "", "GDGU") + tagged("Security12bTitle", "c-3", "", "Warrants") + tagged("TradingSymbol", "c-3", "", "GDGW") + tagged("SecurityExchangeName", "c-2", "", "NYSE"),
			[]Warning{{CodeCoverFact, "securities: page and facts list different securities"}}},
		{"state", tagged("EntityRegistrantName", "c-1", "", "Gadget Works Inc") + tagged("EntityIncorporationStateCountryCode", "c-1", "", "NV"), []Warning{{CodeCoverFact, "state: page Delaware, fact NV"}}},
		{"zeros for no number", tagged("EntityRegistrantName", "c-1", "", "Gadget Works Inc") + tagged("EntityTaxIdentificationNumber", "c-1", "", "00-0000000"), nil},
		{"none at all", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, warnings := readMadeCoverWith(t, inline(tt.hidden, page), &Submission{})
			if diff := cmp.Diff(tt.want, warnings); diff != "" {
				t.Errorf("warnings differ (-want +got):\n%s", diff)
			}
			want := Registrant{Name: "GADGET WORKS, INC.", State: "Delaware", FileNumber: "1-1234", EIN: "12-3456789"}
			if diff := cmp.Diff([]Registrant{want}, c.Registrants); diff != "" {
				t.Errorf("the page's registrant did not win (-want +got):\n%s", diff)
			}
			if c.Phone != "(937) 555-0100" {
				t.Errorf("phone: got %q, want the printed one", c.Phone)
			}
		})
	}
}

func TestFactMarks(t *testing.T) {
	tests := []struct {
		format, value string
		want          mark
	}{
		{"ixt-sec:boolballotbox", "☐", unchecked}, {"ixt-sec:boolballotbox", "☒", checked}, {"ixt-sec:boolballotbox", "☑", checked}, {"ixt-sec:boolballotbox", "¨", unchecked}, {"ixt-sec:boolballotbox", "þ", checked},
		{"ixt:booleanfalse", "☐", unchecked}, {"ixt:fixed-false", "anything", unchecked}, {"ixt:booleantrue", "", checked}, {"ixt:fixed-true", "☐", checked},
		{"", "true", checked}, {"", "False", unchecked}, {"", "", unchecked}, {"ixt-sec:yesnoballotbox", "Yes", checked}, {"", "perhaps", noMark},
	}
	for _, tt := range tests {
		x := &fact{format: tt.format, value: tt.value}
		if got := x.mark(); got != tt.want {
			t.Errorf("mark of %q as %q: got %d, want %d", tt.value, tt.format, got, tt.want)
		}
	}
}

func TestCoverFormerAddressOfAFactIsNotTheCurrentOne(t *testing.T) {
	body := inline(tagged("EntityAddressAddressLine1", "c-1", "", "100 Main Street")+tagged("EntityAddressAddressLine1", "c-5", "", "1 Old Road")+tagged("EntityRegistrantName", "c-1", "", "Gadget Works, Inc."), "<p>FORM 8-K</p>")
	c, _ := readMadeCoverWith(t, body, &Submission{})
	if c.Address != "100 Main Street" || c.FormerName != "1 Old Road" {
		t.Errorf("got address %q and former address %q", c.Address, c.FormerName)
	}
}

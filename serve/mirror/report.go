package mirror

import (
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// report is a filing in an issuer's listing.
type report struct {
	accession, filed, period, accepted, act, form, fileNumber, filmNumber, items, core string
	size                                                                               int64
	xbrl                                                                               int
	primary, description                                                               string
}

// reportOf tells of a filing what the columns have; header is the issuer's part of it.
func reportOf(f *parse.Filing, header parse.Filer) report {
	r := report{
		accession: f.Accession.String(), filed: f.Filed.String(), period: f.Period.String(), form: f.Form.String(),
		act: header.Act, fileNumber: header.FileNumber, filmNumber: header.FilmNumber,
		items: itemsOf(f), core: f.Form.String(), size: f.Size,
	}
	if !f.Accepted.IsZero() {
		r.accepted = f.Accepted.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	if slices.ContainsFunc(f.Documents, func(d parse.Document) bool { return strings.HasPrefix(d.Type, "EX-101") }) {
		r.xbrl, r.core = 1, "XBRL"
	}
	if len(f.Documents) > 0 {
		r.primary, r.description = f.Documents[0].Filename, f.Documents[0].Description
	}
	return r
}

// itemsOf are the numbers of a filing's items, sorted and each once.
func itemsOf(f *parse.Filing) string {
	var numbers []string
	for _, it := range f.Items {
		numbers = append(numbers, it.Number)
	}
	slices.Sort(numbers)
	return strings.Join(slices.Compact(numbers), ",")
}

// table is the columns of an issuer's listing.
type table struct {
	Accession   []string `json:"accessionNumber"`
	Filed       []string `json:"filingDate"`
	Period      []string `json:"reportDate"`
	Accepted    []string `json:"acceptanceDateTime"`
	Act         []string `json:"act"`
	Form        []string `json:"form"`
	FileNumber  []string `json:"fileNumber"`
	FilmNumber  []string `json:"filmNumber"`
	Items       []string `json:"items"`
	Core        []string `json:"core_type"`
	Size        []int64  `json:"size"`
	XBRL        []int    `json:"isXBRL"`
	InlineXBRL  []int    `json:"isInlineXBRL"`
	Primary     []string `json:"primaryDocument"`
	Description []string `json:"primaryDocDescription"`
}

func tableOf(rs []report) *table {
	t := new(table)
	for _, r := range rs {
		t.Accession = append(t.Accession, r.accession)
		t.Filed = append(t.Filed, r.filed)
		t.Period = append(t.Period, r.period)
		t.Accepted = append(t.Accepted, r.accepted)
		t.Act = append(t.Act, r.act)
		t.Form = append(t.Form, r.form)
		t.FileNumber = append(t.FileNumber, r.fileNumber)
		t.FilmNumber = append(t.FilmNumber, r.filmNumber)
		t.Items = append(t.Items, r.items)
		t.Core = append(t.Core, r.core)
		t.Size = append(t.Size, r.size)
		t.XBRL = append(t.XBRL, r.xbrl)
		t.InlineXBRL = append(t.InlineXBRL, r.xbrl)
		t.Primary = append(t.Primary, r.primary)
		t.Description = append(t.Description, r.description)
	}
	return t
}

// olderPage describes an older page in the first.
type olderPage struct {
	Name  string `json:"name"`
	Count int    `json:"filingCount"`
	From  string `json:"filingFrom"`
	To    string `json:"filingTo"`
}

// submissions is the first page: who the issuer is by its newest filing, and what is
// listed of it. What the index does not know is null, or empty where EDGAR has text.
func (is *issuer) submissions(cik edgar.CIK, recent []report, older [][]report) any {
	h := is.header
	files := []olderPage{}
	for i, page := range older {
		files = append(files, olderPage{issuerPage(cik, i+1), len(page), page[len(page)-1].filed, page[0].filed})
	}
	tickers := append([]string{}, is.Tickers...)
	phone := ""
	if h.BusinessAddress != nil {
		phone = h.BusinessAddress.Phone
	}
	return map[string]any{
		"cik": cik.Padded(), "entityType": "operating", "sic": h.SIC, "sicDescription": "", "ownerOrg": nil,
		"insiderTransactionForOwnerExists": 0, "insiderTransactionForIssuerExists": 0,
		"name": is.Name, "tickers": tickers, "exchanges": make([]any, len(tickers)), "ein": null(h.EIN), "lei": nil,
		"description": "", "website": "", "investorWebsite": "", "category": "", "flags": "",
		"fiscalYearEnd": null(h.FiscalYearEnd), "stateOfIncorporation": h.StateOfIncorporation, "stateOfIncorporationDescription": h.StateOfIncorporation,
		"addresses": map[string]any{"mailing": addressOf(h.MailAddress), "business": addressOf(h.BusinessAddress)},
		"phone":     null(phone), "formerNames": formerNames(h),
		"filings": map[string]any{"recent": tableOf(recent), "files": files},
	}
}

// null is how EDGAR writes text that it does not know.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func addressOf(a *parse.Address) map[string]any {
	if a == nil {
		a = new(parse.Address)
	}
	return map[string]any{
		"street1": null(a.Street1), "street2": null(a.Street2), "city": null(a.City), "zipCode": null(a.Zip),
		"stateOrCountry": a.State, "stateOrCountryDescription": a.State,
		"isForeignLocation": nil, "foreignStateTerritory": nil, "country": nil, "countryCode": nil,
	}
}

func formerNames(h parse.Filer) []map[string]any {
	names := []map[string]any{}
	for _, n := range h.FormerNames {
		to := any(nil)
		if !n.Changed.IsZero() {
			to = n.Changed.Midnight().UTC().Format(time.RFC3339)
		}
		names = append(names, map[string]any{"name": n.Name, "from": nil, "to": to})
	}
	return names
}

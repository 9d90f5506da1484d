package edgartest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// columns is the columnar table of filings in a submissions JSON.
type columns struct {
	Accession   []string `json:"accessionNumber"`
	Filed       []string `json:"filingDate"`
	Period      []string `json:"reportDate"`
	Accepted    []string `json:"acceptanceDateTime"`
	Act         []string `json:"act"`
	Form        []string `json:"form"`
	FileNumber  []string `json:"fileNumber"`
	FilmNumber  []string `json:"filmNumber"`
	Items       []string `json:"items"`
	CoreType    []string `json:"core_type"`
	Size        []int64  `json:"size"`
	XBRL        []int    `json:"isXBRL"`
	InlineXBRL  []int    `json:"isInlineXBRL"`
	Primary     []string `json:"primaryDocument"`
	Description []string `json:"primaryDocDescription"`
}

func newColumns() *columns {
	s := []string{}
	return &columns{s, s, s, s, s, s, s, s, s, s, []int64{}, []int{}, []int{}, s, s}
}

func (c *columns) add(e *entry, cik edgar.CIK) {
	values := e.head.values(cik)
	core, inline := e.Form.String(), 0
	if e.head.inline {
		core, inline = "XBRL", 1
	}
	items := slices.Clone(e.Items)
	slices.Sort(items)
	c.Accession = append(c.Accession, e.Accession.String())
	c.Filed = append(c.Filed, e.Filed.String())
	c.Period = append(c.Period, e.Period.String())
	c.Accepted = append(c.Accepted, jsonTime(e.stamp(), cik))
	c.Act = append(c.Act, values.first("ACT"))
	c.Form = append(c.Form, e.Form.String())
	c.FileNumber = append(c.FileNumber, values.first("FILE-NUMBER"))
	c.FilmNumber = append(c.FilmNumber, values.first("FILM-NUMBER"))
	c.Items = append(c.Items, strings.Join(items[:min(len(items), 13)], ","))
	c.CoreType = append(c.CoreType, core)
	c.Size = append(c.Size, e.head.size)
	c.XBRL = append(c.XBRL, inline)
	c.InlineXBRL = append(c.InlineXBRL, inline)
	c.Primary = append(c.Primary, e.head.primary)
	c.Description = append(c.Description, e.head.description)
}

// jsonTime writes an acceptance time as data.sec.gov does, which puts a Z after
// true UTC in some issuers' files and after Eastern time in others'. Here it is
// Eastern time for odd CIKs.
func jsonTime(t time.Time, cik edgar.CIK) string {
	if cik.Int()%2 == 0 {
		t = t.UTC()
	}
	return t.Format("2006-01-02T15:04:05.000") + "Z"
}

// entity returns the header block of the entity with the given CIK.
func (h head) entity(cik edgar.CIK) *node {
	for _, k := range h.tree.kids {
		if roleNames[k.key] != "" && k.block("COMPANY-DATA").first("CIK") == cik.Padded() {
			return k
		}
	}
	return &node{}
}

func (h head) values(cik edgar.CIK) *node { return h.entity(cik).block("FILING-VALUES") }

// olderPage describes one older page of a submissions JSON.
type olderPage struct {
	Name  string `json:"name"`
	Count int    `json:"filingCount"`
	From  string `json:"filingFrom"`
	To    string `json:"filingTo"`
}

// findSubmissions finds CIK##########.json and CIK##########-submissions-NNN.json.
func (w *World) findSubmissions(name string) *resource {
	stem, ok := strings.CutSuffix(name, ".json")
	digits, page, older := strings.Cut(strings.TrimPrefix(stem, "CIK"), "-submissions-")
	cik, err := edgar.ParseCIK(digits)
	if !ok || err != nil || "CIK"+cik.Padded() != strings.TrimSuffix(stem, "-submissions-"+page) {
		return nil
	}
	entries := w.filedBy(cik)
	if len(entries) == 0 {
		return nil
	}
	recent, pages := w.paginate(entries)
	if !older {
		return jsonResource(w.submissions(cik, recent, pages))
	}
	for i, p := range pages {
		if page == fmt.Sprintf("%03d", i+1) {
			return jsonResource(table(p, cik))
		}
	}
	return nil
}

// paginate splits entries, newest first, into the recent ones and older pages.
// Recent are the world's number or the newest year, whichever is more.
func (w *World) paginate(entries []*entry) (recent []*entry, older [][]*entry) {
	yearAgo := edgar.DateOf(w.now()).AddDays(-365)
	n := 0
	for n < len(entries) && (n < w.recent || !entries[n].Filed.Before(yearAgo)) {
		n++
	}
	return entries[:n], slices.Collect(slices.Chunk(entries[n:], w.recent))
}

func table(entries []*entry, cik edgar.CIK) *columns {
	c := newColumns()
	for _, e := range entries {
		c.add(e, cik)
	}
	return c
}

func jsonResource(v any) *resource {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return &resource{kind: jsonType, body: b, cache: uncached}
}

// submissions is the first page. What it says of the issuer is as of its newest
// submission.
func (w *World) submissions(cik edgar.CIK, recent []*entry, pages [][]*entry) any {
	entity := recent[0].head.entity(cik)
	data := entity.block("COMPANY-DATA")
	symbols, exchanges := w.symbols(cik)
	files := []olderPage{}
	for i, p := range pages {
		files = append(files, olderPage{
			Name: fmt.Sprintf("CIK%s-submissions-%03d.json", cik.Padded(), i+1), Count: len(p),
			From: p[len(p)-1].Filed.String(), To: p[0].Filed.String(),
		})
	}
	f, _ := recent[0].filer(cik)
	return map[string]any{
		"cik": cik.Padded(), "entityType": "operating", "sic": data.first("ASSIGNED-SIC"), "sicDescription": "",
		"ownerOrg": null(data.first("ORGANIZATION-NAME")), "insiderTransactionForOwnerExists": 0, "insiderTransactionForIssuerExists": 0,
		"name": f.Name, "tickers": symbols, "exchanges": exchanges, "ein": null(data.first("IRS-NUMBER")), "lei": nil,
		"description": "", "website": "", "investorWebsite": "", "category": "", "flags": "",
		"fiscalYearEnd": null(data.first("FISCAL-YEAR-END")), "stateOfIncorporation": data.first("STATE-OF-INCORPORATION"),
		"stateOfIncorporationDescription": data.first("STATE-OF-INCORPORATION"),
		"addresses":                       map[string]any{"mailing": address(entity.block("MAIL-ADDRESS")), "business": address(entity.block("BUSINESS-ADDRESS"))},
		"phone":                           null(entity.block("BUSINESS-ADDRESS").first("PHONE")),
		"formerNames":                     formerNames(entity),
		"filings":                         map[string]any{"recent": table(recent, cik), "files": files},
	}
}

// null is how a submissions JSON writes an unknown string.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func address(n *node) map[string]any {
	return map[string]any{
		"street1": null(n.first("STREET1")), "street2": null(n.first("STREET2")), "city": null(n.first("CITY")),
		"stateOrCountry": n.first("STATE"), "stateOrCountryDescription": n.first("STATE"), "zipCode": null(n.first("ZIP")),
		"isForeignLocation": nil, "foreignStateTerritory": nil, "country": nil, "countryCode": nil,
	}
}

func formerNames(entity *node) []map[string]string {
	names := []map[string]string{}
	for _, k := range entity.kids {
		if k.key != "FORMER-COMPANY" {
			continue
		}
		if d, err := edgar.ParseDate(k.first("DATE-CHANGED")); err == nil {
			to := d.Midnight().UTC().Format("2006-01-02T15:04:05.000Z")
			names = append(names, map[string]string{"name": k.first("FORMER-CONFORMED-NAME"), "from": to, "to": to})
		}
	}
	return names
}

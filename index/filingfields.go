package index

import (
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// filing describes the fields of a filing, and by that its value: an order that
// never changes. What the rest of the filing tells is left out where it is so:
// the address in the archive of EDGAR, the place of a document behind the one
// before, the cover's numbers that are those of the header.
func (c *coder) filing(f *parse.Filing) {
	c.int(&f.Schema)
	c.int(&f.Parser)
	c.accession(&f.Accession)
	c.form(&f.Form)
	c.bool(&f.Amendment)
	c.day = 0
	c.date(&f.Filed)
	if !f.Filed.IsZero() {
		c.day = dayCount(f.Filed)
	}
	c.date(&f.Period)
	c.time(&f.Accepted, c.day*secondsADay)
	each(c, &f.Filers, c.filer)
	c.like(&f.URL, usualURL(f))
	c.documents(f)
	c.items(f)
	each(c, &f.Exhibits, func(_ int, x *parse.Exhibit) { c.exhibit(f, x) })
	optional(c, &f.Cover, func(x *parse.Cover) { c.cover(f, x) })
	each(c, &f.Signatures, func(i int, x *parse.Signature) { c.signature(f, i, x) })
	each(c, &f.Warnings, c.warning)
	c.bool(&f.PrivateToPublic)
	optional(c, &f.Amends, c.amends)
	c.bool(&f.Withdrawn)
	c.int(&f.Revision)
	c.time(&f.Seen, c.day*secondsADay)
	c.time(&f.Recorded, f.Seen.Unix())
	c.hash(&f.SHA256)
	c.int64(&f.Size, documentsEnd(f))
	optional(c, &f.AmendmentNote, c.amendmentNote)
}

// usualURL is where EDGAR serves a submission under its filer of the lowest CIK.
func usualURL(f *parse.Filing) string {
	ciks := filingCIKs(f, nil)
	if len(ciks) == 0 {
		return ""
	}
	return "https://www.sec.gov" + edgar.SubmissionPath(ciks[0], f.Accession)
}

func documentsEnd(f *parse.Filing) int64 {
	if n := len(f.Documents); n > 0 {
		return f.Documents[n-1].Offset + f.Documents[n-1].Length
	}
	return 0
}

func (c *coder) accession(a *edgar.Accession) {
	if !c.has(!a.IsZero()) {
		return
	}
	if !c.reading {
		c.numbers = a.AppendKey(c.numbers)
		return
	}
	b := c.bytes(8)
	if c.bad {
		return
	}
	var err error
	if *a, err = edgar.AccessionFromKey(b); err != nil {
		c.fail()
	}
}

func (c *coder) form(f *edgar.Form) {
	s := f.String()
	word(c, &s, []string{"8-K", "8-K/A"})
	if c.reading && s != "" && f.UnmarshalText([]byte(s)) != nil {
		c.fail()
	}
}

func (c *coder) filer(_ int, x *parse.Filer) {
	word(c, &x.Role, []string{"filer", "subject company", "filed by", "issuer", "reporting owner", "depositor", "securitizer", "issuing entity"})
	c.cik(&x.CIK)
	c.strings(&x.Tickers)
	c.string(&x.Name)
	c.string(&x.SIC)
	c.string(&x.StateOfIncorporation)
	c.string(&x.FiscalYearEnd)
	c.string(&x.EIN)
	c.string(&x.FileNumber)
	c.string(&x.FilmNumber)
	word(c, &x.Act, []string{"34", "33"})
	optional(c, &x.BusinessAddress, c.address)
	c.mail(x)
	each(c, &x.FormerNames, func(_ int, x *parse.FormerName) {
		c.string(&x.Name)
		c.date(&x.Changed)
	})
}

// mail codes the mail address, which is most often the business address without its
// phone.
func (c *coder) mail(x *parse.Filer) {
	var business parse.Address
	if x.BusinessAddress != nil {
		business = *x.BusinessAddress
		business.Phone = ""
	}
	mail := x.MailAddress
	same := c.has(x.BusinessAddress != nil && mail != nil && *mail == business)
	if !c.reading && mail != nil && x.BusinessAddress != nil && *mail == business {
		mail = nil
	}
	optional(c, &mail, c.address)
	if c.reading {
		if x.MailAddress = mail; same {
			x.MailAddress = &business
		}
	}
}

func (c *coder) address(x *parse.Address) {
	c.string(&x.Street1)
	c.string(&x.Street2)
	c.string(&x.City)
	c.string(&x.State)
	c.string(&x.Zip)
	c.string(&x.Phone)
}

// documents codes numbers document by document, and the text column by column.
func (c *coder) documents(f *parse.Filing) {
	there, end := c.has(f.Documents != nil), int64(0)
	if !there {
		return
	}
	n := c.length(len(f.Documents), len(c.numbers))
	if c.reading {
		f.Documents = make([]parse.Document, n)
	}
	for i := range f.Documents {
		x := &f.Documents[i]
		c.fields(func() { c.document(i, x, end) })
		end = x.Offset + x.Length
	}
	for i := range f.Documents {
		c.chars(&f.Documents[i].Type)
	}
	for i := range f.Documents {
		c.chars(&f.Documents[i].Description)
	}
	for i := range f.Documents {
		c.chars(&f.Documents[i].Filename)
	}
}

func (c *coder) document(i int, x *parse.Document, end int64) {
	c.near(&x.Sequence, i+1)
	c.int64(&x.Offset, end)
	c.int64(&x.Length, 0)
	word(c, &x.Media, []string{"text/html", "text/plain", "image/jpeg", "image/gif", "application/pdf", "application/xml", "text/xml",
		"application/zip", "image/png", "application/json", "text/css", "text/javascript",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
	optional(c, &x.Cut, func(x *parse.Cut) {
		c.int64(&x.Size, 0)
		c.hash(&x.SHA256)
	})
}

// items codes places from the first document on.
func (c *coder) items(f *parse.Filing) {
	end := int64(0)
	if len(f.Documents) > 0 {
		end = f.Documents[0].Offset
	}
	each(c, &f.Items, func(_ int, x *parse.Item) {
		c.string(&x.Number)
		c.string(&x.Title)
		c.string(&x.Heading)
		c.string(&x.Snippet)
		c.string(&x.Text)
		word(c, &x.Source, []string{string(parse.SourceBoth), string(parse.SourceHeader), string(parse.SourceBody)})
		c.strings(&x.SharedWith)
		c.int64(&x.Offset, end)
		c.int64(&x.Length, 0)
		c.strings(&x.Exhibits)
		if !c.measuring && x.Offset != 0 {
			end = x.Offset + x.Length
		}
	})
}

func (c *coder) exhibit(f *parse.Filing, x *parse.Exhibit) {
	var d parse.Document
	c.int(&x.Document)
	if i := x.Document - 1; i >= 0 && i < len(f.Documents) {
		d = f.Documents[i]
	}
	c.like(&x.Type, d.Type)
	c.like(&x.Number, strings.TrimPrefix(d.Type, "EX-"))
	c.like(&x.Description, d.Description)
	c.bool(&x.Listed)
	c.bool(&x.Attached)
}

func (c *coder) cover(f *parse.Filing, x *parse.Cover) {
	each(c, &x.Registrants, func(i int, x *parse.Registrant) {
		var header parse.Filer
		if i < len(f.Filers) {
			header = f.Filers[i]
		}
		c.like(&x.Name, header.Name)
		c.string(&x.State)
		c.like(&x.FileNumber, header.FileNumber)
		c.like(&x.EIN, dashedEIN(header.EIN))
	})
	c.date(&x.DateOfReport)
	c.string(&x.Address)
	c.phone(f, &x.Phone)
	c.string(&x.FormerName)
	c.maybe(&x.WrittenCommunications)
	c.maybe(&x.SolicitingMaterial)
	c.maybe(&x.PreCommencementTenderOffer)
	c.maybe(&x.PreCommencementIssuerTenderOffer)
	c.maybe(&x.EmergingGrowthCompany)
	each(c, &x.Securities, func(_ int, x *parse.Security) {
		c.string(&x.Title)
		c.string(&x.Symbol)
		c.string(&x.Exchange)
	})
}

// dashedEIN is an EIN of a header, nine digits, as covers print it.
func dashedEIN(ein string) string {
	if len(ein) < 3 {
		return ein
	}
	return ein[:2] + "-" + ein[2:]
}

// phone codes the phone on the cover, most often the header's in one of two prints.
func (c *coder) phone(f *parse.Filing, s *string) {
	var d string
	if len(f.Filers) > 0 && f.Filers[0].BusinessAddress != nil {
		d = numerals(f.Filers[0].BusinessAddress.Phone)
	}
	if len(d) != 10 {
		word(c, s, nil)
		return
	}
	word(c, s, []string{"(" + d[:3] + ") " + d[3:6] + "-" + d[6:], d[:3] + "-" + d[3:6] + "-" + d[6:]})
}

func numerals(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func (c *coder) signature(f *parse.Filing, i int, x *parse.Signature) {
	expected := ""
	if i > 0 {
		expected = f.Signatures[i-1].Company
	} else if f.Cover != nil && len(f.Cover.Registrants) > 0 {
		expected = f.Cover.Registrants[0].Name
	}
	c.like(&x.Company, expected)
	c.string(&x.Name)
	c.string(&x.Title)
	c.date(&x.Date)
}

func (c *coder) warning(_ int, x *parse.Warning) {
	word(c, &x.Code, []string{string(parse.CodeNoHeader), string(parse.CodeHeaderValue), string(parse.CodeCut), string(parse.CodeNoText),
		string(parse.CodeStrayText), string(parse.CodeLimit), string(parse.CodeNoDocument), string(parse.CodeNoItems),
		string(parse.CodeItemMissingInBody), string(parse.CodeItemMissingInHeader), string(parse.CodeItemUnknown),
		string(parse.CodeItemCaption), string(parse.CodeItemRepeated), string(parse.CodeExhibitNotAttached),
		string(parse.CodeExhibitNotListed), string(parse.CodeCoverFact), string(parse.CodeNoSignature)})
	c.string(&x.Detail)
}

func (c *coder) amends(x *parse.Amends) {
	c.accession(&x.Accession)
	c.string(&x.Evidence)
	word(c, &x.Status, []string{"linked", "ambiguous", "none"})
}

func (c *coder) amendmentNote(x *parse.AmendmentNote) {
	c.int(&x.Number)
	c.date(&x.OriginalFiled)
	c.date(&x.OriginalDated)
	c.string(&x.Text)
}

package export

import (
	"slices"

	"example.com/edgard/parse"
)

// The flat rows. A field is a column: its json tag has the name, the parquet tag
// how it is stored there. CSV has all columns, in this order.

// about is what every flat row says of its filing. cik and name are those of the first
// filer, ciks and names those of all, in the order of the header.
type about struct {
	Accession string   `json:"accession" parquet:"accession"`
	Form      string   `json:"form" parquet:"form,dict"`
	Amendment bool     `json:"amendment" parquet:"amendment"`
	Filed     *day     `json:"filed,omitempty" parquet:"filed,optional,date"`
	Period    *day     `json:"period,omitempty" parquet:"period,optional,date"`
	Accepted  *instant `json:"accepted,omitempty" parquet:"accepted,optional,timestamp(microsecond)"`
	CIK       *int64   `json:"cik,omitempty" parquet:"cik,optional"`
	Name      *string  `json:"name,omitempty" parquet:"name,optional,dict"`
	CIKs      []int64  `json:"ciks,omitempty" parquet:"ciks,list"`
	Names     []string `json:"names,omitempty" parquet:"names,list"`
	Withdrawn bool     `json:"withdrawn" parquet:"withdrawn"`
	Revision  int32    `json:"revision" parquet:"revision"`
	Recorded  *instant `json:"recorded,omitempty" parquet:"recorded,optional,timestamp(microsecond)"`
}

func aboutOf(f *filing) about {
	a := about{
		Accession: f.Accession.String(), Form: f.Form.String(), Amendment: f.Amendment,
		Filed: dayOf(f.Filed), Period: dayOf(f.Period), Accepted: instantOf(f.Accepted),
		Withdrawn: f.Withdrawn, Revision: int32(f.Revision), Recorded: instantOf(f.Recorded),
	}
	for _, x := range f.Filers {
		a.CIKs, a.Names = append(a.CIKs, x.CIK.Int()), append(a.Names, x.Name)
	}
	if len(f.Filers) > 0 {
		a.CIK, a.Name = &a.CIKs[0], text(a.Names[0])
	}
	return a
}

// itemRow is an item. position counts from 1 in the filing; source is header, body or
// both; snippet is there where text is not.
type itemRow struct {
	about
	Position   int32    `json:"position" parquet:"position"`
	Item       string   `json:"item" parquet:"item,dict"`
	Title      *string  `json:"title,omitempty" parquet:"title,optional,dict"`
	Heading    *string  `json:"heading,omitempty" parquet:"heading,optional"`
	Source     string   `json:"source" parquet:"source,dict"`
	SharedWith []string `json:"shared_with,omitempty" parquet:"shared_with,list"`
	Exhibits   []string `json:"exhibits,omitempty" parquet:"exhibits,list"`
	Offset     *int64   `json:"offset,omitempty" parquet:"offset,optional"`
	Length     *int64   `json:"length,omitempty" parquet:"length,optional"`
	Snippet    *string  `json:"snippet,omitempty" parquet:"snippet,optional"`
	Text       *string  `json:"text,omitempty" parquet:"text,optional"`
}

func itemRows(f *filing) []itemRow {
	a := aboutOf(f)
	rows := make([]itemRow, len(f.Items))
	for i, it := range f.Items {
		r := itemRow{
			about: a, Position: int32(i + 1), Item: it.Number, Title: text(it.Title), Heading: text(it.Heading), Source: string(it.Source),
			SharedWith: it.SharedWith, Exhibits: it.Exhibits, Snippet: text(it.Snippet), Text: text(it.Text),
		}
		if it.Length > 0 {
			r.Offset, r.Length = &it.Offset, &it.Length
		}
		rows[i] = r
	}
	return rows
}

// exhibitRow is an exhibit. document is its place among the filing's documents, from
// 1; that and what follows are unknown of one that is not attached.
type exhibitRow struct {
	about
	Position    int32   `json:"position" parquet:"position"`
	Exhibit     string  `json:"exhibit" parquet:"exhibit,dict"`
	Description *string `json:"description,omitempty" parquet:"description,optional"`
	Listed      bool    `json:"listed" parquet:"listed"`
	Attached    bool    `json:"attached" parquet:"attached"`
	Document    *int32  `json:"document,omitempty" parquet:"document,optional"`
	Type        *string `json:"type,omitempty" parquet:"type,optional,dict"`
	Filename    *string `json:"filename,omitempty" parquet:"filename,optional"`
	Media       *string `json:"media,omitempty" parquet:"media,optional,dict"`
	Offset      *int64  `json:"offset,omitempty" parquet:"offset,optional"`
	Length      *int64  `json:"length,omitempty" parquet:"length,optional"`
	Text        *string `json:"text,omitempty" parquet:"text,optional"`
}

func exhibitRows(f *filing) []exhibitRow {
	a := aboutOf(f)
	rows := make([]exhibitRow, len(f.Exhibits))
	for i, x := range f.Exhibits {
		r := exhibitRow{
			about: a, Position: int32(i + 1), Exhibit: x.Number, Description: text(x.Description), Type: text(x.Type),
			Listed: x.Listed, Attached: x.Attached, Text: text(f.exhibitText(i)),
		}
		if n := int32(x.Document); n > 0 && x.Document <= len(f.Documents) {
			d := &f.Documents[n-1]
			r.Document, r.Filename, r.Media, r.Offset, r.Length = &n, text(d.Filename), text(d.Media), &d.Offset, &d.Length
		}
		rows[i] = r
	}
	return rows
}

// filingRow is a filing as CSV has it. What stands after about concerns the first filer
// (sic to film_number), the whole filing (items to warnings), the cover page
// (date_of_report to securities), and the archive. items and exhibits are numbers;
// items_text has each item's heading and text, exhibits_text each exhibit's text, with
// an empty line between.
type filingRow struct {
	about
	URL                  string   `json:"url"`
	SIC                  string   `json:"sic"`
	StateOfIncorporation string   `json:"state_of_incorporation"`
	FiscalYearEnd        string   `json:"fiscal_year_end"`
	EIN                  string   `json:"ein"`
	FileNumber           string   `json:"file_number"`
	FilmNumber           string   `json:"film_number"`
	Items                []string `json:"items"`
	Exhibits             []string `json:"exhibits"`
	Documents            int32    `json:"documents"`
	Signers              []string `json:"signers"`
	AmendsAccession      string   `json:"amends_accession"`
	AmendsStatus         string   `json:"amends_status"`
	PrivateToPublic      bool     `json:"private_to_public"`
	Warnings             []string `json:"warnings"`
	DateOfReport         *day     `json:"date_of_report"`
	boxes
	Securities   []string `json:"securities"` // symbols
	Seen         *instant `json:"seen"`
	SHA256       string   `json:"sha256"`
	Size         int64    `json:"size"`
	Schema       int32    `json:"schema"`
	Parser       int32    `json:"parser"`
	ItemsText    string   `json:"items_text"`
	ExhibitsText string   `json:"exhibits_text"`
}

// boxes are the check boxes of the cover page, nil where the page has none.
type boxes struct {
	WrittenCommunications            *bool `json:"written_communications" parquet:"written_communications,optional"`
	SolicitingMaterial               *bool `json:"soliciting_material" parquet:"soliciting_material,optional"`
	PreCommencementTenderOffer       *bool `json:"pre_commencement_tender_offer" parquet:"pre_commencement_tender_offer,optional"`
	PreCommencementIssuerTenderOffer *bool `json:"pre_commencement_issuer_tender_offer" parquet:"pre_commencement_issuer_tender_offer,optional"`
	EmergingGrowthCompany            *bool `json:"emerging_growth_company" parquet:"emerging_growth_company,optional"`
}

func boxesOf(c *parse.Cover) boxes {
	return boxes{c.WrittenCommunications, c.SolicitingMaterial, c.PreCommencementTenderOffer, c.PreCommencementIssuerTenderOffer, c.EmergingGrowthCompany}
}

func filingRows(f *filing) []filingRow {
	r := filingRow{
		about: aboutOf(f), URL: f.URL, Documents: int32(len(f.Documents)), PrivateToPublic: f.PrivateToPublic,
		Seen: instantOf(f.Seen), SHA256: f.SHA256, Size: f.Size, Schema: int32(f.Schema), Parser: int32(f.Parser),
		Items:    each(f.Items, func(it parse.Item) string { return it.Number }),
		Exhibits: each(f.Exhibits, func(x parse.Exhibit) string { return x.Number }),
		Signers:  each(f.Signatures, func(s parse.Signature) string { return s.Name }),
		Warnings: each(f.Warnings, func(w parse.Warning) string { return string(w.Code) }),
	}
	if len(f.Filers) > 0 {
		x := &f.Filers[0]
		r.SIC, r.StateOfIncorporation, r.FiscalYearEnd, r.EIN = x.SIC, x.StateOfIncorporation, x.FiscalYearEnd, x.EIN
		r.FileNumber, r.FilmNumber = x.FileNumber, x.FilmNumber
	}
	if c := f.Cover; c != nil {
		r.DateOfReport, r.boxes = dayOf(c.DateOfReport), boxesOf(c)
		r.Securities = each(c.Securities, func(s parse.Security) string { return s.Symbol })
	}
	if a := f.Amends; a != nil {
		r.AmendsStatus = a.Status
		if !a.Accession.IsZero() {
			r.AmendsAccession = a.Accession.String()
		}
	}
	r.ItemsText, r.ExhibitsText = paragraphs(itemTexts(f.Items)), paragraphs(f.texts)
	return []filingRow{r}
}

// itemTexts returns headings and bodies, those that several items share once.
func itemTexts(items []parse.Item) (texts []string) {
	for i, it := range items {
		shared := func(o parse.Item) bool { return it.Length > 0 && o.Offset == it.Offset && o.Text == it.Text }
		if it.Text != "" && slices.IndexFunc(items, shared) == i || it.Text != "" && it.Length == 0 {
			texts = append(texts, it.Heading+"\n"+it.Text)
		}
	}
	return texts
}

func each[T any](list []T, text func(T) string) (texts []string) {
	for _, v := range list {
		texts = append(texts, text(v))
	}
	return texts
}

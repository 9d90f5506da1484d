package export

import "example.com/edgard/parse"

// A filing in Parquet: the JSON of parse.Filing, name by name.

type nestedFiling struct {
	Schema          int32             `parquet:"schema"`
	Parser          int32             `parquet:"parser"`
	Accession       string            `parquet:"accession"`
	Form            string            `parquet:"form,dict"`
	Amendment       bool              `parquet:"amendment"`
	URL             *string           `parquet:"url,optional"`
	Filed           *day              `parquet:"filed,optional,date"`
	Period          *day              `parquet:"period,optional,date"`
	Accepted        *instant          `parquet:"accepted,optional,timestamp(microsecond)"`
	Filers          []nestedFiler     `parquet:"filers,list"`
	Items           []nestedItem      `parquet:"items,list"`
	Documents       []nestedDocument  `parquet:"documents,list"`
	Exhibits        []nestedExhibit   `parquet:"exhibits,list"`
	Cover           *nestedCover      `parquet:"cover,optional"`
	Signatures      []nestedSignature `parquet:"signatures,list"`
	Warnings        []nestedWarning   `parquet:"warnings,list"`
	PrivateToPublic bool              `parquet:"private_to_public"`
	AmendmentNote   *nestedNote       `parquet:"amendment_note,optional"`
	Amends          *nestedAmends     `parquet:"amends,optional"`
	Withdrawn       bool              `parquet:"withdrawn"`
	Revision        int32             `parquet:"revision"`
	Seen            *instant          `parquet:"seen,optional,timestamp(microsecond)"`
	Recorded        *instant          `parquet:"recorded,optional,timestamp(microsecond)"`
	SHA256          *string           `parquet:"sha256,optional"`
	Size            int64             `parquet:"size"`
}

type nestedFiler struct {
	Role                 string         `parquet:"role,dict"`
	CIK                  *int64         `parquet:"cik,optional"`
	Tickers              []string       `parquet:"tickers,list"`
	Name                 string         `parquet:"name,dict"`
	SIC                  *string        `parquet:"sic,optional,dict"`
	StateOfIncorporation *string        `parquet:"state_of_incorporation,optional,dict"`
	FiscalYearEnd        *string        `parquet:"fiscal_year_end,optional,dict"`
	EIN                  *string        `parquet:"ein,optional"`
	FileNumber           *string        `parquet:"file_number,optional"`
	FilmNumber           *string        `parquet:"film_number,optional"`
	Act                  *string        `parquet:"act,optional,dict"`
	BusinessAddress      *nestedAddress `parquet:"business_address,optional"`
	MailAddress          *nestedAddress `parquet:"mail_address,optional"`
	FormerNames          []nestedName   `parquet:"former_names,list"`
}

type nestedAddress struct {
	Street1 *string `parquet:"street1,optional"`
	Street2 *string `parquet:"street2,optional"`
	City    *string `parquet:"city,optional,dict"`
	State   *string `parquet:"state,optional,dict"`
	Zip     *string `parquet:"zip,optional"`
	Phone   *string `parquet:"phone,optional"`
}

type nestedName struct {
	Name    string `parquet:"name"`
	Changed *day   `parquet:"changed,optional,date"`
}

type nestedItem struct {
	Number     string   `parquet:"number,dict"`
	Title      string   `parquet:"title,dict"`
	Heading    *string  `parquet:"heading,optional"`
	Text       *string  `parquet:"text,optional"`
	Snippet    *string  `parquet:"snippet,optional"`
	Source     string   `parquet:"source,dict"`
	SharedWith []string `parquet:"shared_with,list"`
	Offset     *int64   `parquet:"offset,optional"`
	Length     *int64   `parquet:"length,optional"`
	Exhibits   []string `parquet:"exhibits,list"`
}

type nestedDocument struct {
	Sequence    *int32     `parquet:"sequence,optional"`
	Type        string     `parquet:"type,dict"`
	Filename    *string    `parquet:"filename,optional"`
	Description *string    `parquet:"description,optional"`
	Offset      int64      `parquet:"offset"`
	Length      int64      `parquet:"length"`
	Media       *string    `parquet:"media,optional,dict"`
	Cut         *nestedCut `parquet:"cut,optional"`
}

type nestedCut struct {
	Size   int64  `parquet:"size"`
	SHA256 string `parquet:"sha256"`
}

type nestedExhibit struct {
	Number      string  `parquet:"number,dict"`
	Description *string `parquet:"description,optional"`
	Type        *string `parquet:"type,optional,dict"`
	Document    *int32  `parquet:"document,optional"`
	Listed      bool    `parquet:"listed"`
	Attached    bool    `parquet:"attached"`
	Text        *string `parquet:"text,optional"`
}

type nestedCover struct {
	Registrants  []nestedRegistrant `parquet:"registrants,list"`
	DateOfReport *day               `parquet:"date_of_report,optional,date"`
	Address      *string            `parquet:"address,optional"`
	Phone        *string            `parquet:"phone,optional"`
	FormerName   *string            `parquet:"former_name,optional"`
	boxes
	Securities []nestedSecurity `parquet:"securities,list"`
}

type nestedRegistrant struct {
	Name       string  `parquet:"name"`
	State      *string `parquet:"state,optional,dict"`
	FileNumber *string `parquet:"file_number,optional"`
	EIN        *string `parquet:"ein,optional"`
}

type nestedSecurity struct {
	Title    *string `parquet:"title,optional"`
	Symbol   *string `parquet:"symbol,optional"`
	Exchange *string `parquet:"exchange,optional,dict"`
}

type nestedSignature struct {
	Company *string `parquet:"company,optional"`
	Name    *string `parquet:"name,optional"`
	Title   *string `parquet:"title,optional"`
	Date    *day    `parquet:"date,optional,date"`
}

type nestedWarning struct {
	Code   string  `parquet:"code,dict"`
	Detail *string `parquet:"detail,optional"`
}

type nestedNote struct {
	Number        *int32  `parquet:"number,optional"`
	OriginalFiled *day    `parquet:"original_filed,optional,date"`
	OriginalDated *day    `parquet:"original_dated,optional,date"`
	Text          *string `parquet:"text,optional"`
}

type nestedAmends struct {
	Accession *string `parquet:"accession,optional"`
	Evidence  *string `parquet:"evidence,optional"`
	Status    string  `parquet:"status,dict"`
}

func nested(f *filing) []nestedFiling {
	n := nestedFiling{
		Schema: int32(f.Schema), Parser: int32(f.Parser), Accession: f.Accession.String(), Form: f.Form.String(), Amendment: f.Amendment,
		URL: text(f.URL), Filed: dayOf(f.Filed), Period: dayOf(f.Period), Accepted: instantOf(f.Accepted),
		Filers: all(f.Filers, nestFiler), Items: all(f.Items, nestItem), Documents: all(f.Documents, nestDocument), Exhibits: all(f.Exhibits, nestExhibit),
		Cover: nestCover(f.Cover), Signatures: all(f.Signatures, nestSignature), Warnings: all(f.Warnings, nestWarning),
		PrivateToPublic: f.PrivateToPublic, AmendmentNote: nestNote(f.AmendmentNote), Amends: nestAmends(f.Amends), Withdrawn: f.Withdrawn, Revision: int32(f.Revision),
		Seen: instantOf(f.Seen), Recorded: instantOf(f.Recorded), SHA256: text(f.SHA256), Size: f.Size,
	}
	for i := range n.Exhibits {
		n.Exhibits[i].Text = text(f.exhibitText(i))
	}
	return []nestedFiling{n}
}

func all[T, N any](list []T, nest func(*T) N) []N {
	out := make([]N, len(list))
	for i := range list {
		out[i] = nest(&list[i])
	}
	return out
}

func nestFiler(x *parse.Filer) nestedFiler {
	n := nestedFiler{
		Role: x.Role, Tickers: x.Tickers, Name: x.Name, SIC: text(x.SIC), StateOfIncorporation: text(x.StateOfIncorporation),
		FiscalYearEnd: text(x.FiscalYearEnd), EIN: text(x.EIN), FileNumber: text(x.FileNumber), FilmNumber: text(x.FilmNumber), Act: text(x.Act),
		BusinessAddress: nestAddress(x.BusinessAddress), MailAddress: nestAddress(x.MailAddress), FormerNames: all(x.FormerNames, nestName),
	}
	if !x.CIK.IsZero() {
		cik := x.CIK.Int()
		n.CIK = &cik
	}
	return n
}

func nestAddress(a *parse.Address) *nestedAddress {
	if a == nil {
		return nil
	}
	return &nestedAddress{text(a.Street1), text(a.Street2), text(a.City), text(a.State), text(a.Zip), text(a.Phone)}
}

func nestName(x *parse.FormerName) nestedName { return nestedName{x.Name, dayOf(x.Changed)} }

func nestItem(it *parse.Item) nestedItem {
	n := nestedItem{
		Number: it.Number, Title: it.Title, Heading: text(it.Heading), Text: text(it.Text), Snippet: text(it.Snippet), Source: string(it.Source),
		SharedWith: it.SharedWith, Exhibits: it.Exhibits,
	}
	if it.Length > 0 {
		n.Offset, n.Length = &it.Offset, &it.Length
	}
	return n
}

func nestDocument(d *parse.Document) nestedDocument {
	n := nestedDocument{
		Sequence: positive(d.Sequence), Type: d.Type, Filename: text(d.Filename), Description: text(d.Description),
		Offset: d.Offset, Length: d.Length, Media: text(d.Media),
	}
	if d.Cut != nil {
		n.Cut = &nestedCut{d.Cut.Size, d.Cut.SHA256}
	}
	return n
}

func nestExhibit(x *parse.Exhibit) nestedExhibit {
	n := nestedExhibit{Number: x.Number, Description: text(x.Description), Type: text(x.Type), Listed: x.Listed, Attached: x.Attached}
	n.Document = positive(x.Document)
	return n
}

func nestCover(c *parse.Cover) *nestedCover {
	if c == nil {
		return nil
	}
	return &nestedCover{
		Registrants: all(c.Registrants, nestRegistrant), DateOfReport: dayOf(c.DateOfReport),
		Address: text(c.Address), Phone: text(c.Phone), FormerName: text(c.FormerName), boxes: boxesOf(c),
		Securities: all(c.Securities, nestSecurity),
	}
}

func nestRegistrant(r *parse.Registrant) nestedRegistrant {
	return nestedRegistrant{r.Name, text(r.State), text(r.FileNumber), text(r.EIN)}
}

func nestSecurity(s *parse.Security) nestedSecurity {
	return nestedSecurity{text(s.Title), text(s.Symbol), text(s.Exchange)}
}

func nestSignature(s *parse.Signature) nestedSignature {
	return nestedSignature{text(s.Company), text(s.Name), text(s.Title), dayOf(s.Date)}
}

func nestWarning(w *parse.Warning) nestedWarning {
	return nestedWarning{string(w.Code), text(w.Detail)}
}

func nestNote(a *parse.AmendmentNote) *nestedNote {
	if a == nil {
		return nil
	}
	return &nestedNote{positive(a.Number), dayOf(a.OriginalFiled), dayOf(a.OriginalDated), text(a.Text)}
}

func nestAmends(a *parse.Amends) *nestedAmends {
	if a == nil {
		return nil
	}
	n := &nestedAmends{Evidence: text(a.Evidence), Status: a.Status}
	if !a.Accession.IsZero() {
		n.Accession = text(a.Accession.String())
	}
	return n
}

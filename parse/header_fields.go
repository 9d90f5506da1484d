package parse

import (
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

// A setter puts the value of the reader's current key in its place. It reports
// false when that place is taken or the value cannot be, and the value is then
// kept as a Field.
type setter func(r *headerReader, value string) bool

// standsAlone holds the keys that say something without a value.
var standsAlone = map[string]bool{"PRIVATE TO PUBLIC": true, "ITEM INFORMATION": true}

// topFields are the keys of the submission itself, in both dialects.
var topFields = map[string]setter{
	"ACCESSION NUMBER":           setAccession,
	"CONFORMED SUBMISSION TYPE":  setForm,
	"TYPE":                       setForm,
	"PUBLIC DOCUMENT COUNT":      setCount,
	"CONFORMED PERIOD OF REPORT": setDate(func(h *Header) *edgar.Date { return &h.Period }),
	"PERIOD":                     setDate(func(h *Header) *edgar.Date { return &h.Period }),
	"FILED AS OF DATE":           setDate(func(h *Header) *edgar.Date { return &h.Filed }),
	"FILING DATE":                setDate(func(h *Header) *edgar.Date { return &h.Filed }),
	"DATE AS OF CHANGE":          setDate(func(h *Header) *edgar.Date { return &h.Changed }),
	"DATE OF FILING DATE CHANGE": setDate(func(h *Header) *edgar.Date { return &h.Changed }),
	"ACCEPTANCE DATETIME":        setAccepted,
	"ITEM INFORMATION":           addItem,
	"ITEMS":                      addItem,
	"PRIVATE TO PUBLIC":          func(r *headerReader, _ string) bool { r.h.PrivateToPublic = true; return true },
}

// entityFields are the keys inside a filer's blocks, in both dialects.
var entityFields = map[string]setter{
	"COMPANY CONFORMED NAME":             setText(func(f *Filer) *string { return &f.Name }),
	"CONFORMED NAME":                     setText(func(f *Filer) *string { return &f.Name }),
	"CENTRAL INDEX KEY":                  setCIK,
	"CIK":                                setCIK,
	"STANDARD INDUSTRIAL CLASSIFICATION": setSIC,
	"ASSIGNED SIC":                       setSIC,
	"IRS NUMBER":                         setEIN,
	"EIN":                                setEIN,
	"STATE OF INCORPORATION":             setText(func(f *Filer) *string { return &f.StateOfIncorporation }),
	"FISCAL YEAR END":                    setText(func(f *Filer) *string { return &f.FiscalYearEnd }),
	"SEC ACT":                            setAct,
	"ACT":                                setAct,
	"SEC FILE NUMBER":                    setText(func(f *Filer) *string { return &f.FileNumber }),
	"FILE NUMBER":                        setText(func(f *Filer) *string { return &f.FileNumber }),
	"FILM NUMBER":                        setText(func(f *Filer) *string { return &f.FilmNumber }),
	"STREET 1":                           setAddress(func(a *Address) *string { return &a.Street1 }),
	"STREET1":                            setAddress(func(a *Address) *string { return &a.Street1 }),
	"STREET 2":                           setAddress(func(a *Address) *string { return &a.Street2 }),
	"STREET2":                            setAddress(func(a *Address) *string { return &a.Street2 }),
	"CITY":                               setAddress(func(a *Address) *string { return &a.City }),
	"STATE":                              setAddress(func(a *Address) *string { return &a.State }),
	"ZIP":                                setAddress(func(a *Address) *string { return &a.Zip }),
	"BUSINESS PHONE":                     setAddress(func(a *Address) *string { return &a.Phone }),
	"PHONE":                              setAddress(func(a *Address) *string { return &a.Phone }),
	"FORMER CONFORMED NAME":              addFormerName,
	"DATE OF NAME CHANGE":                setNameChange,
	"DATE CHANGED":                       setNameChange,
}

// canonical makes the names of the two dialects alike.
func canonical(name string) string { return strings.ReplaceAll(name, "-", " ") }

// frame reads what stands beside <SEC-DOCUMENT> and its like: a file name, in
// mid-2000 with a path of EDGAR's own, and the day of dissemination.
func (r *headerReader) frame(value string) {
	name, day, ok := strings.Cut(value, " : ")
	if !ok {
		return
	}
	if d, err := edgar.ParseDate(strings.TrimSpace(day)); err != nil {
		r.warn(CodeHeaderValue, short(value))
	} else if r.h.Disseminated.IsZero() {
		r.h.Disseminated = d
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, _, _ = strings.Cut(name, ".")
	if a, err := edgar.ParseAccession(name); err == nil {
		r.named = a
	}
}

// impossible warns of the value of the current key.
func (r *headerReader) impossible(value string) bool {
	r.warn(CodeHeaderValue, r.key+": "+short(value))
	return false
}

func setAccession(r *headerReader, v string) bool {
	a, err := edgar.ParseAccession(v)
	if err != nil {
		return r.impossible(v)
	}
	return setOnce(&r.h.Accession, a)
}

func setForm(r *headerReader, v string) bool {
	f, err := edgar.ParseForm(v)
	if err != nil {
		return r.impossible(v)
	}
	return setOnce(&r.h.Form, f)
}

func setCount(r *headerReader, v string) bool {
	n, err := strconv.ParseUint(v, 10, 31)
	if err != nil {
		return r.impossible(v)
	}
	return setOnce(&r.h.DocumentCount, int(n))
}

func setDate(field func(*Header) *edgar.Date) setter {
	return func(r *headerReader, v string) bool {
		d, err := edgar.ParseDate(v)
		if err != nil {
			return r.impossible(v)
		}
		return setOnce(field(r.h), d)
	}
}

func setAccepted(r *headerReader, v string) bool {
	t, err := edgar.ParseAcceptance(v)
	if err != nil {
		return r.impossible(v)
	}
	return setOnce(&r.h.Accepted, t)
}

// addItem reads an item's text. The tag dialect and the headers of the first
// years have its number.
func addItem(r *headerReader, v string) bool {
	if r.key == "ITEMS" || isItemNumber(v) {
		r.h.Items = append(r.h.Items, HeaderItem{Number: v})
	} else {
		r.h.Items = append(r.h.Items, HeaderItem{Text: v})
	}
	return true
}

// isItemNumber reports whether s is 5, 12 or 5.02.
func isItemNumber(s string) bool {
	whole, part, dot := strings.Cut(s, ".")
	return allDigits(whole) && len(whole) <= 2 && (!dot || allDigits(part) && len(part) == 2)
}

func setText(field func(*Filer) *string) setter {
	return func(r *headerReader, v string) bool { return setOnce(field(r.filer()), v) }
}

func setCIK(r *headerReader, v string) bool {
	c, err := edgar.ParseCIK(v)
	if err != nil {
		return r.impossible(v)
	}
	return setOnce(&r.filer().CIK, c)
}

// setSIC reads the code of "ELECTRONIC COMPUTERS [3571]", of a bare "3571" and
// of "[8090", whose bracket stands in the next line. An empty pair of brackets
// means none.
func setSIC(r *headerReader, v string) bool {
	code := v
	if i := strings.LastIndexByte(v, '['); i >= 0 {
		code = strings.TrimSpace(strings.TrimRight(v[i+1:], "] \t"))
	}
	if code == "" {
		return true
	}
	if !allDigits(code) {
		return r.impossible(v)
	}
	return setOnce(&r.filer().SIC, code)
}

// setEIN reads an employer identification number as its digits. EDGAR writes
// nine zeros for none.
func setEIN(r *headerReader, v string) bool {
	n := strings.ReplaceAll(v, "-", "")
	if !allDigits(n) {
		return r.impossible(v)
	}
	return strings.Trim(n, "0") == "" || setOnce(&r.filer().EIN, n)
}

// setAct reads the year of "1934 Act", or of "34" as 1994 and the tag dialect
// have it.
func setAct(r *headerReader, v string) bool {
	year := strings.TrimPrefix(strings.TrimSuffix(v, " Act"), "19")
	if !allDigits(year) || len(year) != 2 {
		return r.impossible(v)
	}
	return setOnce(&r.filer().Act, year)
}

func setAddress(field func(*Address) *string) setter {
	return func(r *headerReader, v string) bool {
		var a **Address
		switch r.block() {
		case "BUSINESS ADDRESS":
			a = &r.filer().BusinessAddress
		case "MAIL ADDRESS":
			a = &r.filer().MailAddress
		default:
			return false
		}
		if *a == nil {
			*a = new(Address)
		}
		return setOnce(field(*a), v)
	}
}

func addFormerName(r *headerReader, v string) bool {
	f := r.filer()
	f.FormerNames = append(f.FormerNames, FormerName{Name: v})
	return true
}

func setNameChange(r *headerReader, v string) bool {
	names := r.filer().FormerNames
	d, err := edgar.ParseDate(v)
	if err != nil {
		return r.impossible(v)
	}
	return len(names) > 0 && setOnce(&names[len(names)-1].Changed, d)
}

// setOnce sets a field that is still zero and reports whether it then holds v.
func setOnce[T comparable](field *T, v T) bool {
	var zero T
	if *field == zero {
		*field = v
	}
	return *field == v
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// short is a value for a warning to quote.
func short(v string) string {
	if len(v) > maxExcerpt {
		v = strings.ToValidUTF8(v[:maxExcerpt], "")
	}
	return v
}

package mirror

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/edgard/edgar"
)

// A listing is what a master.idx, form.idx, company.idx or crawler.idx says.
type listing struct {
	rows  []row
	daily bool
	last  edgar.Date // Last Data Received
}

// A kind is one of the four layouts of a listing.
type kind struct {
	name        string
	description string
	dashes      int
	width       int // of a row in bytes, about
	order       func(a, b row) int
}

// kinds are all of them, in the order of folders.
func kinds() []kind {
	return []kind{
		{"company", " Index of EDGAR Dissemination Feed by Company Name", 141, 156, byName},
		{"crawler", " Crawler Index of EDGAR Dissemination Feed by Company Name", 179, 190, byName},
		{"form", " Index of EDGAR Dissemination Feed by Form Type", 141, 156, byForm},
		{"master", " Index of EDGAR Dissemination Feed", 80, 90, byCIK},
	}
}

func kindOf(name string) (kind, bool) {
	all := kinds()
	i := slices.IndexFunc(all, func(k kind) bool { return k.name == name })
	if i < 0 {
		return kind{}, false
	}
	return all[i], true
}

const (
	nameWidth = 62 // of the column of names, in bytes
	maxName   = 60 // of a name in it, as EDGAR's are: the form does not touch it
)

// write lays a listing out as EDGAR does.
func (l listing) write(k kind) []byte {
	rows := slices.Clone(l.rows)
	slices.SortFunc(rows, k.order)
	b := make([]byte, 0, 1<<10+len(rows)*k.width)
	b = l.head(b, k)
	for _, r := range rows {
		b = l.row(b, k, r)
	}
	return b
}

func (l listing) head(b []byte, k kind) []byte {
	scope, last := "Master", longDate(l.last)
	if l.daily {
		scope, last = "Daily", shortDate(l.last)
	}
	b = append(b, "Description:           "+scope+k.description+"\nLast Data Received:    "+last+"\nComments:              webmaster@sec.gov\n"...)
	if k.name != "crawler" {
		b = append(b, "Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n"...)
	}
	switch {
	case k.name == "master" && l.daily:
		b = append(b, " \nCIK|Company Name|Form Type|Date Filed|File Name\n"...)
	case k.name == "master":
		b = append(b, "Cloud HTTP:            https://www.sec.gov/Archives/\n\n \n \n \nCIK|Company Name|Form Type|Date Filed|Filename\n"...)
	case l.daily:
		b = append(b, " \n \n \n \n"+l.titles(k)...)
	default:
		b = append(b, "\n\n\n\n"+l.titles(k)...)
	}
	dashes := k.dashes
	if k.name == "company" && l.daily {
		dashes = 145
	}
	return append(b, strings.Repeat("-", dashes)+"\n"...)
}

// titles is the line of column titles: at the places that columns had once, and in
// two lines above the daily listings by name.
func (l listing) titles(k kind) string {
	if k.name == "form" {
		return pad("Form Type", 12) + pad("Company Name", nameWidth) + pad("CIK", 12) + pad("Date Filed", 12) + "File Name\n"
	}
	cik, path := pad("CIK", 12), "File Name"
	if l.daily {
		cik = "CIK\n      "
	}
	if k.name == "crawler" {
		path = "URL "
	}
	return pad("Company Name", nameWidth) + pad("Form Type", 12) + cik + pad("Date Filed", 12) + path + "\n"
}

// row appends a row. Quarterly listings have the wide column of forms that EDGAR's
// have had since they were rebuilt.
func (l listing) row(b []byte, k kind, r row) []byte {
	date, width, end := r.filed.String(), 17, 52
	if l.daily {
		date, width = r.filed.Compact(), 12
	}
	path := strings.TrimPrefix(edgar.SubmissionPath(r.cik, r.accession), archives)
	if k.name == "master" {
		return append(b, r.digits+"|"+r.name+"|"+r.form.String()+"|"+date+"|"+path+"\n"...)
	}
	if k.name == "crawler" {
		path, end = "http://www.sec.gov"+dataRoot+r.digits+"/"+r.accession.String()+"-index.htm", 86
	}
	if k.name == "form" {
		b = appendPadded(appendPadded(b, r.form.String(), width), cut(r.name), nameWidth)
	} else {
		b = appendPadded(appendPadded(b, cut(r.name), nameWidth), r.form.String(), width)
	}
	b = appendPadded(appendPadded(b, r.digits, 12), date, 12)
	return append(appendPadded(b, path, end), '\n')
}

const blanks = "                                                                                          "

// appendPadded pads by bytes: columns are of bytes, whatever the encoding.
func appendPadded(b []byte, s string, n int) []byte {
	b = append(b, s...)
	return append(b, blanks[:max(0, n-len(s))]...)
}

func pad(s string, n int) string { return string(appendPadded(nil, s, n)) }

// cut shortens a name to its column.
func cut(name string) string {
	if len(name) <= maxName {
		return name
	}
	n := maxName
	for n > 0 && !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}

func longDate(d edgar.Date) string { return d.Midnight().Format("January 2, 2006") }

// shortDate pads the day with a blank, as daily listings do.
func shortDate(d edgar.Date) string { return d.Midnight().Format("Jan _2, 2006") }

// pack is gzip without a time stamp: the same text makes the same bytes.
func pack(name string, text []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // a level that exists
	z.Name, z.ModTime = name, time.Time{}
	_, _ = z.Write(text) // to memory
	_ = z.Close()
	return b.Bytes()
}

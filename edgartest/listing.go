package edgartest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// row is one line of a listing.
type row struct {
	form edgar.Form
	name string
	cik  edgar.CIK
	date edgar.Date
	acc  edgar.Accession
}

// listing is one listing to be written, quarterly or daily.
type listing struct {
	rows  []row
	daily bool
	wide  bool       // the form column of rebuilt files: 17 instead of 12
	last  edgar.Date // Last Data Received
}

func rowsOf(entries []*entry, shown func(*entry) bool) []row {
	var rows []row
	for _, e := range entries {
		if !shown(e) {
			continue
		}
		for _, f := range e.Filers {
			rows = append(rows, row{e.Form, f.Name, f.CIK, e.Filed, e.Accession})
		}
	}
	return rows
}

// The heads of the four kinds, in the wording of the real files.
var descriptions = map[string]string{
	"master":  " Index of EDGAR Dissemination Feed",
	"form":    " Index of EDGAR Dissemination Feed by Form Type",
	"company": " Index of EDGAR Dissemination Feed by Company Name",
	"crawler": " Crawler Index of EDGAR Dissemination Feed by Company Name",
}

// write lays the listing out as kind: master, form, company or crawler.
func (l listing) write(kind string) []byte {
	var b bytes.Buffer
	l.writeHead(&b, kind)
	rows := slices.Clone(l.rows)
	slices.SortStableFunc(rows, order(kind))
	for _, r := range rows {
		l.writeRow(&b, kind, r)
	}
	return b.Bytes()
}

func (l listing) writeHead(b *bytes.Buffer, kind string) {
	scope, last := "Master", longDate(l.last)
	if l.daily {
		scope, last = "Daily", shortDate(l.last)
	}
	fmt.Fprintf(b, "Description:           %s%s\n", scope, descriptions[kind])
	fmt.Fprintf(b, "Last Data Received:    %s\nComments:              webmaster@sec.gov\n", last)
	if kind != "crawler" {
		b.WriteString("Anonymous FTP:         ftp://ftp.sec.gov/edgar/\n")
	}
	switch {
	case kind == "master" && l.daily:
		b.WriteString(" \nCIK|Company Name|Form Type|Date Filed|File Name\n")
	case kind == "master":
		b.WriteString("Cloud HTTP:            https://www.sec.gov/Archives/\n\n \n \n \nCIK|Company Name|Form Type|Date Filed|Filename\n")
	case l.daily:
		b.WriteString(" \n \n \n \n" + l.titles(kind))
	default:
		b.WriteString("\n\n\n\n" + l.titles(kind))
	}
	dashes := map[string]int{"master": 80, "form": 141, "company": 141, "crawler": 179}[kind]
	if kind == "company" && l.daily {
		dashes = 145
	}
	b.WriteString(strings.Repeat("-", dashes) + "\n")
}

// titles is the line of column titles. It keeps the old positions in wide files,
// and daily company and crawler files break it in two, as on sec.gov.
func (l listing) titles(kind string) string {
	path := "File Name"
	if kind == "crawler" {
		path = "URL "
	}
	if kind == "form" {
		return fmt.Sprintf("%-12s%-62s%-12s%-12s%s\n", "Form Type", "Company Name", "CIK", "Date Filed", path)
	}
	cik := fmt.Sprintf("%-12s", "CIK")
	if l.daily {
		cik = "CIK\n      "
	}
	return fmt.Sprintf("%-62s%-12s%s%-12s%s\n", "Company Name", "Form Type", cik, "Date Filed", path)
}

// writeRow lays out one row. Fixed columns cut names at 62 bytes, master files
// have them whole; daily and wide rows are padded with blanks at their end.
func (l listing) writeRow(b *bytes.Buffer, kind string, r row) {
	date, width, end := r.date.String(), 12, 52
	if l.daily {
		date = r.date.Compact()
	}
	if l.wide {
		width = 17
	}
	path := strings.TrimPrefix(edgar.SubmissionPath(r.cik, r.acc), "/Archives/")
	if kind == "master" {
		fmt.Fprintf(b, "%s|%s|%s|%s|%s\n", r.cik, r.name, r.form, date, path)
		return
	}
	if kind == "crawler" {
		path, end = fmt.Sprintf("http://www.sec.gov/Archives/edgar/data/%s/%s-index.htm", r.cik, r.acc), 86
	}
	if !l.daily && !l.wide {
		end = 0
	}
	name, form := padTo(r.name[:min(len(r.name), 62)], 62), padTo(r.form.String(), width)
	if kind == "form" {
		name, form = form, name
	}
	fmt.Fprintf(b, "%s%s%-12s%-12s%s\n", name, form, r.cik, date, padTo(path, end))
}

// padTo pads by bytes: listings have columns of bytes, whatever the encoding.
func padTo(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len(s))) }

func order(kind string) func(a, b row) int {
	byName := func(a, b row) int {
		return cmp.Or(strings.Compare(a.name, b.name), a.form.Compare(b.form), a.date.Compare(b.date), a.acc.Compare(b.acc))
	}
	switch kind {
	case "master":
		return func(a, b row) int {
			return cmp.Or(strings.Compare(a.cik.String(), b.cik.String()), a.form.Compare(b.form), a.date.Compare(b.date), a.acc.Compare(b.acc))
		}
	case "form":
		return func(a, b row) int { return cmp.Or(a.form.Compare(b.form), byName(a, b)) }
	}
	return byName
}

// compress is gzip without a time stamp, so that the same text has the same MD5.
func compress(name string, text []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	z.Name = name
	z.Write(text)
	z.Close()
	return b.Bytes()
}

// quarterly returns the full-index listing of q and when it last changed.
func (w *World) quarterly(q edgar.Quarter) (listing, time.Time) {
	now := w.now()
	built := now
	if w.nightly {
		built = lastNight(now)
	}
	w.mu.RLock()
	entries, modified := w.quarters[q], w.changed[q.String()]
	w.mu.RUnlock()
	if first := q.First().Midnight(); modified.Before(first) {
		modified = first
	}
	shown := func(e *entry) bool {
		if e.Public.After(built) {
			return false
		}
		if e.Public.After(modified) {
			modified = e.Public
		}
		return true
	}
	l := listing{rows: rowsOf(entries, shown), wide: w.wideFrom.Compare(q) <= 0, last: q.Last()}
	if today := edgar.DateOf(now); today.Before(l.last) {
		l.last = edgar.DateOf(lastNight(now))
		if l.last.Before(q.First()) {
			l.last = q.First()
		}
	}
	return l, modified
}

// dailyListing returns the listing of d and when it was written.
func (w *World) dailyListing(d edgar.Date) (listing, time.Time) {
	now := w.now()
	w.mu.RLock()
	entries, modified := w.days[d], w.changed[d.String()]
	w.mu.RUnlock()
	if built := at(d, 22, 0); modified.Before(built) {
		modified = built
	}
	rows := rowsOf(entries, func(e *entry) bool { return !e.Public.After(now) })
	return listing{rows: rows, daily: true, last: d}, modified
}

// lastNight returns the latest 22:00 Eastern of a business day not after t.
func lastNight(t time.Time) time.Time {
	d := edgar.DateOf(t)
	for at(d, 22, 0).After(t) || !edgar.IsBusinessDay(d) {
		d = d.AddDays(-1)
	}
	return at(d, 22, 0)
}

package synthetic

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

const (
	agents    = 5_000 // who file for others
	companies = 2_000_000
)

// A row is one line of a listing.
type row struct {
	cik   int
	form  string
	day   string // ISO
	agent int
	yy    int
	seq   int
}

// forms are those of rows that are no reports.
var forms = []string{"4", "10-Q", "424B2", "SC 13G/A", "3", "497K", "D", "13F-HR", "6-K", "4"}

var names = []string{
	"ALDER", "BRIGHTWATER", "COPPERFIELD", "DUNMORE", "EASTGATE", "FERNWOOD", "GLENROCK", "HOLLOWAY", "IRONBRIDGE", "JUNIPER", "KESTREL", "LARKSPUR",
	"MERIDIAN", "NORTHCOTE", "OAKUM", "PELLHAM", "QUARRY", "RAVENSCAR", "SALTMARSH", "TIDEWATER", "UNDERHILL", "VALEMONT", "WHITCOMB", "YARROW",
}

var trades = []string{"BANCORP INC", "HOLDINGS, L.P.", "LENS WORKS", "TRUST 2016-4", "& SONS LTD", "ENERGY PARTNERS LP", "THERAPEUTICS, INC.", "REALTY CORP"}

func (s *EDGAR) row(n, i int, form string, salt uint64) row {
	q, days := s.quarters[n], s.days[n]
	h := mix(uint64(n)<<32 | uint64(i) | salt<<56)
	return row{
		cik:   1_000 + i*(companies/max(1, s.count(n))) + int(h%7),
		form:  form,
		day:   days[h>>8%uint64(len(days))],
		agent: 1_000_000 + int(h>>24%agents),
		yy:    q.Year() % 100,
		seq:   (q.Number()-1)*perQuarter + i,
	}
}

// report is the i-th report of the n-th quarter.
func (s *EDGAR) report(n, i int) row {
	form := "8-K"
	if mix(uint64(n*perQuarter+i))%20 == 0 {
		form = "8-K/A"
	}
	return s.row(n, i, form, 0)
}

func (r row) name() string {
	h := mix(uint64(r.cik))
	return names[h%uint64(len(names))] + " " + names[h>>8%uint64(len(names))] + " " + trades[h>>16%uint64(len(trades))]
}

func (r row) accession() string { return fmt.Sprintf("%010d-%02d-%06d", r.agent, r.yy, r.seq) }

// append adds the line of master.idx.
func (r row) append(b []byte) []byte {
	b = strconv.AppendInt(b, int64(r.cik), 10)
	b = append(append(append(b, '|'), r.name()...), '|')
	b = append(append(append(b, r.form...), '|'), r.day...)
	b = append(b, "|edgar/data/"...)
	b = append(strconv.AppendInt(b, int64(r.cik), 10), '/')
	b = append(padded(b, r.agent, 10), '-')
	b = append(padded(b, r.yy, 2), '-')
	return append(padded(b, r.seq, 6), ".txt\n"...)
}

// padded adds n in a fixed number of digits.
func padded(b []byte, n, digits int) []byte {
	for unit := 1; digits > 0; digits-- {
		unit = 1
		for range digits - 1 {
			unit *= 10
		}
		b = append(b, byte('0'+n/unit%10))
	}
	return b
}

func businessDays(q edgar.Quarter) (days []string) {
	for d := q.First(); q.Contains(d); d = d.AddDays(1) {
		if edgar.IsBusinessDay(d) {
			days = append(days, d.String())
		}
	}
	return days
}

// serveListing writes the n-th quarter's master.gz, ordered by CIK as on sec.gov.
func (s *EDGAR) serveListing(w http.ResponseWriter, r *http.Request, n int) {
	q := s.quarters[n]
	etag := fmt.Sprintf("\"%x-%x-%s\"", s.plan.Reports, s.plan.Others, q)
	modified := q.Last().AddDays(8).Midnight().UTC().Format(http.TimeFormat)
	w.Header().Set("ETag", etag)
	w.Header().Set("Last-Modified", modified)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/x-gzip")
	zw, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	b := bufio.NewWriterSize(zw, 64<<10)
	fmt.Fprintf(b, "Description:           Master Index of EDGAR Dissemination Feed\nLast Data Received:    %s\n"+
		"Comments:              webmaster@sec.gov\nAnonymous FTP:         ftp://ftp.sec.gov/edgar/\nCloud HTTP:            https://www.sec.gov/Archives/\n"+
		"\n \n \n \nCIK|Company Name|Form Type|Date Filed|Filename\n%s\n",
		q.Last().Midnight().Format("January 02, 2006"), strings.Repeat("-", 80))
	var line []byte
	for i := range s.count(n) {
		line = s.report(n, i).append(line[:0])
		for k := range s.plan.Others {
			line = s.row(n, i, forms[k%len(forms)], uint64(k+1)).append(line)
		}
		b.Write(line) // what fails, fails again in Flush
	}
	if b.Flush() == nil {
		zw.Close()
	}
}

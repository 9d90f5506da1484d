package edgar

import (
	"fmt"
	"strings"
	"time"
)

// Paths are rooted at the host: prefix them with https://www.sec.gov, except
// those of Submissions and SubmissionsPage, which live on data.sec.gov.

// SubmissionPath returns where EDGAR serves the whole submission as text, the
// path printed in listings. Any CIK that the submission is filed under serves.
func SubmissionPath(c CIK, a Accession) string {
	return "/Archives/edgar/data/" + c.String() + "/" + a.String() + ".txt"
}

// FilingFolder returns the folder that holds the submission's documents.
func FilingFolder(c CIK, a Accession) string {
	return "/Archives/edgar/data/" + c.String() + "/" + a.Digits() + "/"
}

// QuarterFolder returns the folder of a quarter's full-index listings.
func QuarterFolder(q Quarter) string {
	return fmt.Sprintf("/Archives/edgar/full-index/%04d/QTR%d/", q.year, q.q)
}

// DailyFolder returns the folder of a quarter's daily-index listings.
func DailyFolder(q Quarter) string {
	return fmt.Sprintf("/Archives/edgar/daily-index/%04d/QTR%d/", q.year, q.q)
}

// SubmissionsPath returns the path of an issuer's submissions JSON on
// data.sec.gov.
func SubmissionsPath(c CIK) string { return "/submissions/CIK" + c.Padded() + ".json" }

// TickersPath returns the path of the ticker file.
func TickersPath() string { return "/files/company_tickers.json" }

// DailyName is the name of a daily-index listing taken apart.
type DailyName struct {
	Name string // the whole, as given
	Kind string // company, crawler, form or master
	Date Date
	Gzip bool
}

// ParseDailyName reads the name of a daily listing in any of the three spellings
// of its day: MMDDYY in 1994, YYMMDD from 1995 to 1998, YYYYMMDD since; with
// .idx, .idx.gz or .gz at the end. The quarter q of the folder decides between
// the two short spellings where both are days.
func ParseDailyName(name string, q Quarter) (DailyName, error) {
	bad := func() (DailyName, error) {
		return DailyName{}, fmt.Errorf("daily listing name %q: want a name such as master.20240131.idx", name)
	}
	rest, gz := strings.CutSuffix(name, ".gz")
	rest, idx := strings.CutSuffix(rest, ".idx")
	kind, day, ok := strings.Cut(rest, ".")
	if !ok || !(gz || idx) {
		return bad()
	}
	switch kind {
	case "company", "crawler", "form", "master":
	default:
		return bad()
	}
	for _, d := range dailyDates(day) {
		if q.Contains(d) {
			return DailyName{name, kind, d, gz}, nil
		}
	}
	return bad()
}

func dailyDates(s string) []Date {
	n, ok := digits(s)
	if !ok {
		return nil
	}
	var ds []Date
	add := func(y, m, d uint64) {
		if date, err := NewDate(int(y), time.Month(m), int(d)); err == nil {
			ds = append(ds, date)
		}
	}
	switch len(s) {
	case 8:
		add(n/1e4, n/100%100, n%100)
	case 6:
		add(1900+n%100, n/1e4, n/100%100) // MMDDYY
		add(1900+n/1e4, n/100%100, n%100) // YYMMDD
	}
	return ds
}

package synthetic

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"example.com/edgard/edgar"
)

// variants is how many different bodies there are.
const variants = 32

// perQuarter bounds the reports of a quarter: their numbers within a year have six
// digits, and a year has four quarters.
const perQuarter = 240_000

// Plan says how large an EDGAR is. The zero values of First and Last mean the first
// quarter of 2024, that of Size 200 KB.
type Plan struct {
	First, Last edgar.Quarter // the quarters listed
	Reports     int           // 8-K rows, spread evenly over the quarters
	Others      int           // rows of other forms to each report: on sec.gov, 10

	Size       int // bytes of a submission before compression, about
	Large      int // bytes of a large one
	LargeEvery int // one report in so many is large; 0: none
}

// EDGAR serves a Plan. It is an http.Handler; what it does not have it denies as
// sec.gov's storage does.
type EDGAR struct {
	plan     Plan
	quarters []edgar.Quarter
	days     [][]string // the business days of each
	bodies   []packed
	large    packed
	requests atomic.Int64
}

// New makes the bodies that the Plan needs.
func New(p Plan) (*EDGAR, error) {
	start, err := edgar.ParseQuarter("2024Q1")
	if err != nil {
		return nil, err
	}
	if p.First.IsZero() {
		p.First = start
	}
	if p.Last.IsZero() {
		p.Last = p.First
	}
	if p.Size == 0 {
		p.Size = 200 << 10
	}
	s := &EDGAR{plan: p}
	for q := p.First; q.Compare(p.Last) <= 0; q = q.Next() {
		s.quarters, s.days = append(s.quarters, q), append(s.days, businessDays(q))
	}
	if len(s.quarters) == 0 {
		return nil, errors.New("synthetic EDGAR: its last quarter comes before its first")
	}
	if s.count(len(s.quarters)-1) > perQuarter {
		return nil, fmt.Errorf("synthetic EDGAR: %d reports in %d quarters: at most %d in each", p.Reports, len(s.quarters), perQuarter)
	}
	for i := range variants {
		s.bodies = append(s.bodies, pack(body(uint64(i), p.Size)))
	}
	if p.LargeEvery > 0 {
		s.large = album(p.Large)
	}
	return s, nil
}

// count returns the reports of the n-th quarter.
func (s *EDGAR) count(n int) int {
	all := len(s.quarters)
	return s.plan.Reports*(n+1)/all - s.plan.Reports*n/all
}

// Ratio is how many bytes of an average body gzip makes one of.
func (s *EDGAR) Ratio() float64 {
	var plain, gz int
	for _, b := range s.bodies {
		plain += b.size
		gz += len(b.gzip) * b.times
	}
	return float64(plain) / float64(gz)
}

// Requests is how many were made so far.
func (s *EDGAR) Requests() int64 { return s.requests.Load() }

func (s *EDGAR) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	path, ok := strings.CutPrefix(r.URL.Path, "/Archives/edgar/")
	parts := strings.Split(path, "/")
	switch {
	case ok && len(parts) == 4 && parts[0] == "full-index" && parts[3] == "master.gz":
		if n, ok := s.quarter(parts[1], parts[2]); ok {
			s.serveListing(w, r, n)
			return
		}
	case ok && len(parts) == 3 && parts[0] == "data":
		if a, err := edgar.ParseAccession(strings.TrimSuffix(parts[2], ".txt")); err == nil {
			if n, i, ok := s.find(a); ok {
				s.serveSubmission(w, n, i)
				return
			}
		}
	}
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(http.StatusForbidden)
	fmt.Fprint(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
}

// quarter finds the folder "2024/QTR1" among the quarters.
func (s *EDGAR) quarter(year, qtr string) (n int, ok bool) {
	q, err := edgar.ParseQuarter(year + strings.Replace(qtr, "QTR", "Q", 1))
	if err != nil {
		return 0, false
	}
	return s.quarterIndex(q)
}

func (s *EDGAR) quarterIndex(q edgar.Quarter) (n int, ok bool) {
	n = (q.Year()-s.plan.First.Year())*4 + q.Number() - s.plan.First.Number()
	return n, n >= 0 && n < len(s.quarters)
}

// find returns the quarter and the place in it of a report.
func (s *EDGAR) find(a edgar.Accession) (n, i int, ok bool) {
	digits := a.Digits()
	yy, _ := strconv.Atoi(digits[10:12])
	seq, _ := strconv.Atoi(digits[12:])
	year := 1900 + yy
	if yy < 90 {
		year += 100
	}
	q, err := edgar.ParseQuarter(fmt.Sprintf("%dQ%d", year, 1+seq/perQuarter))
	if err != nil {
		return 0, 0, false
	}
	if n, ok = s.quarterIndex(q); !ok {
		return 0, 0, false
	}
	i = seq % perQuarter
	return n, i, i < s.count(n) && s.report(n, i).accession() == a.String()
}

// mix spreads the bits of x over all of the result.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

package crawl

import (
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// Scope is what one pass is about. Dates are filing dates, inclusive.
type Scope struct {
	From, To edgar.Date   // zero From: where coverage begins, else seven days ago; zero To: today
	Forms    []edgar.Form // exact types; none: all current reports
	CIKs     []edgar.CIK  // none: everybody
	Limit    int          // at most so many filings fetched; 0: no limit
	DryRun   bool         // read listings, say what would be fetched, record nothing

	RetryNow      bool // deferred entries are due now
	RetryRejected bool // rejected entries too

	// Confirm is asked before the first filing is fetched; returning false ends
	// the pass with ErrNotConfirmed. Nil confirms.
	Confirm func(Plan) bool
}

const lookBack = 7 // days that a pass without a From covers

// resolve fills in what was left open.
func (s Scope) resolve(ix *index.Store, now time.Time) (Scope, error) {
	today := edgar.DateOf(now)
	if s.To.IsZero() || today.Before(s.To) {
		s.To = today
	}
	if s.From.IsZero() {
		from, ok, err := ix.Coverage()
		if err != nil {
			return s, err
		}
		if s.From = from; !ok {
			s.From = today.AddDays(-lookBack)
		}
	}
	if first := edgar.FirstQuarter().First(); s.From.Before(first) {
		s.From = first
	}
	if s.To.Before(s.From) {
		return s, misusef("nothing lies between %s and %s: give a --from that is not after --to or today", s.From, s.To)
	}
	if len(s.Forms) == 0 {
		s.Forms = edgar.CurrentReports()
	}
	slices.SortFunc(s.Forms, edgar.Form.Compare)
	slices.SortFunc(s.CIKs, edgar.CIK.Compare)
	return s, nil
}

// wantsDate reports whether a filing of day d is within the pass.
func (s *Scope) wantsDate(d edgar.Date) bool { return !d.Before(s.From) && !s.To.Before(d) }

func (s *Scope) wantsCIK(c edgar.CIK) bool { return len(s.CIKs) == 0 || slices.Contains(s.CIKs, c) }

func (s *Scope) wants(e index.Entry) bool {
	return s.wantsDate(e.Filed) && slices.Contains(s.Forms, e.Form) && (len(s.CIKs) == 0 || slices.ContainsFunc(e.CIKs, s.wantsCIK))
}

// full reports whether n filings are all that the pass may fetch.
func (s *Scope) full(n int) bool { return s.Limit > 0 && n >= s.Limit }

// within describes what the pass wants of the listing of the days from first to
// last, so that a later pass can tell whether the listing was read for as much.
func (s *Scope) within(first, last edgar.Date) string {
	if first.Before(s.From) {
		first = s.From
	}
	if s.To.Before(last) {
		last = s.To
	}
	var b strings.Builder
	b.WriteString(first.String() + ".." + last.String())
	for _, f := range s.Forms {
		b.WriteString(" " + f.String() + ",")
	}
	for _, c := range s.CIKs {
		b.WriteString(" " + c.String())
	}
	return b.String()
}

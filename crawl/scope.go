package crawl

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	AllForms bool         // every type there is, whatever Forms says
	CIKs     []edgar.CIK  // none: everybody
	AdHoc    bool         // narrower than what the archive is kept for: leaves its coverage alone
	Limit    int          // at most so many filings fetched; 0: no limit
	DryRun   bool         // read listings, say what would be fetched, record nothing

	// AcceptWithdrawals believes a listing however much it has lost.
	AcceptWithdrawals bool

	RetryNow      bool // deferred entries are due now
	RetryRejected bool // rejected entries too
	Complete      bool // fetch recorded filings again whose archived copy is cut; not while Config.KeepText is set

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
		return s, misusef("nothing lies between %s and %s: the first day must not be after the last, or after today", s.From, s.To)
	}
	switch {
	case s.AllForms:
		s.Forms = nil
	case len(s.Forms) == 0:
		s.Forms = edgar.CurrentReports()
	}
	s.Forms = slices.SortedFunc(slices.Values(s.Forms), edgar.Form.Compare)
	s.CIKs = slices.Compact(slices.SortedFunc(slices.Values(s.CIKs), edgar.CIK.Compare))
	return s, nil
}

// String is what a report of a pass remembers of its scope: the extent of all of
// it, "" when the pass was refused before it was settled.
func (s *Scope) String() string {
	if s.From.IsZero() {
		return ""
	}
	return s.of(s.From, s.To).String()
}

// wantsDate reports whether a filing of day d is within the pass.
func (s *Scope) wantsDate(d edgar.Date) bool { return !d.Before(s.From) && !s.To.Before(d) }

func (s *Scope) wantsForm(f edgar.Form) bool { return s.AllForms || slices.Contains(s.Forms, f) }

func (s *Scope) wantsCIK(c edgar.CIK) bool { return len(s.CIKs) == 0 || slices.Contains(s.CIKs, c) }

func (s *Scope) wants(e index.Entry) bool {
	return s.wantsDate(e.Filed) && s.wantsForm(e.Form) && (len(s.CIKs) == 0 || slices.ContainsFunc(e.CIKs, s.wantsCIK))
}

// full reports whether n filings are all that the pass may fetch.
func (s *Scope) full(n int) bool { return s.Limit > 0 && n >= s.Limit }

// An extent is what a pass wants of one listing, in a form that the listing's
// record can remember: "2024-04-01..2024-06-20 * 8-K|8-K/A", with CIKs in
// place of the star when only some are wanted, or a hash of very many, and a star in
// place of the forms when all are.
type extent struct {
	first, last string // ISO days
	ciks        string
	forms       []string
}

// of returns the extent of s within the listing of the days from first to last.
func (s *Scope) of(first, last edgar.Date) extent {
	if first.Before(s.From) {
		first = s.From
	}
	if s.To.Before(last) {
		last = s.To
	}
	x := extent{first: first.String(), last: last.String(), ciks: "*"}
	for _, f := range s.Forms {
		x.forms = append(x.forms, f.String())
	}
	if s.AllForms {
		x.forms = []string{"*"}
	}
	if len(s.CIKs) > 0 {
		x.ciks = ciksText(s.CIKs)
	}
	return x
}

// maxNamed is how many CIKs an extent names: it stands in every journal line about
// the listing.
const maxNamed = 500

// ciksText names CIKs, or gives a hash of very many.
func ciksText(ciks []edgar.CIK) string {
	var words []string
	for _, c := range ciks {
		words = append(words, c.String())
	}
	all := strings.Join(words, ",")
	if len(words) > maxNamed {
		return hashed(all)
	}
	return all
}

func hashed(ciks string) string {
	sum := sha256.Sum256([]byte(ciks))
	return "#" + hex.EncodeToString(sum[:8])
}

// short returns x with a hash for its CIKs, however few they are.
func (x extent) short() extent {
	if x.ciks != "*" && !strings.HasPrefix(x.ciks, "#") {
		x.ciks = hashed(x.ciks)
	}
	return x
}

// scope returns what of a listing was wanted in the form of a Scope, and whether
// the extent tells.
func (x extent) scope() (s Scope, ok bool) {
	errs := []error{s.From.UnmarshalText([]byte(x.first)), s.To.UnmarshalText([]byte(x.last))}
	if x.ciks != "*" {
		for word := range strings.SplitSeq(x.ciks, ",") {
			c, err := edgar.ParseCIK(word)
			s.CIKs, errs = append(s.CIKs, c), append(errs, err)
		}
	}
	s.AllForms = slices.Equal(x.forms, []string{"*"})
	for _, word := range x.forms {
		if !s.AllForms {
			f, err := edgar.ParseForm(word)
			s.Forms, errs = append(s.Forms, f), append(errs, err)
		}
	}
	return s, errors.Join(errs...) == nil
}

// until returns x without the days after d.
func (x extent) until(d edgar.Date) extent {
	x.last = min(x.last, d.String())
	return x
}

func (x extent) String() string {
	return x.first + ".." + x.last + " " + x.ciks + " " + strings.Join(x.forms, "|")
}

// parseExtent reads what String wrote; of anything else it makes an extent that
// holds nothing.
func parseExtent(s string) extent {
	days, rest, _ := strings.Cut(s, " ")
	ciks, forms, _ := strings.Cut(rest, " ")
	first, last, ok := strings.Cut(days, "..")
	if !ok {
		return extent{first: "9"}
	}
	return extent{first, last, ciks, strings.Split(forms, "|")}
}

// holds reports whether whoever has read x has read all of y.
func (x extent) holds(y extent) bool {
	return x.first <= y.first && y.last <= x.last && (x.ciks == "*" || x.ciks == y.ciks) &&
		(slices.Contains(x.forms, "*") || !slices.ContainsFunc(y.forms, func(f string) bool { return !slices.Contains(x.forms, f) }))
}

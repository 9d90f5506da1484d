package index

import (
	"fmt"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Bounds of Query.Limit in Find, and of the values that one field may list.
const (
	DefaultLimit = 100
	MaxLimit     = 1000
	MaxValues    = 10_000
)

// Query says which filings are wanted: those that match every field given, and of
// a list any one of it. The zero Query wants all, newest first.
type Query struct {
	CIKs   []edgar.CIK // of any filer, in the header or in a listing
	Name   string      // each of its words begins a word of one filer's name, as of the filing; letters and digits count, case does not
	SICs   []string    // of any filer: all four digits, or the first of them
	States []string    // of incorporation of any filer, as headers have them: "DE", "A6"

	Forms     []edgar.Form // exact
	Amendment *bool        // the form is an amendment, or is not
	Items     []string     // numbers as the filing has them, "2.02", before 23 August 2004 "12"
	AllItems  []string     // the filing has every one of these
	Exhibits  []string     // listed or attached: "99.1" is that number, "99" every number of the group, as 99, 99.1 and 99(a), "=99" that one alone
	Warnings  []parse.Code // the reader warned of any of these

	From, To                 edgar.Date // filed on these days or between
	PeriodFrom, PeriodTo     edgar.Date // period of report, likewise; one that is not known is in no range
	AcceptedFrom, AcceptedTo time.Time  // accepted then or between, to the second; likewise
	Withdrawn                *bool      // EDGAR lists it no more, or still does

	OldestFirst bool
	Limit       int    // how many; 0: DefaultLimit in Find, all in All
	After       string // Page.Next of the page before, in the same order
}

// Page is a part of what a query wants, in its order.
type Page struct {
	Filings []*parse.Filing
	Next    string // the token of the page after, "" when this is the last
}

// check bounds what a query makes the index do, and refuses what cannot be in a key.
func (q *Query) check() error {
	var codes []string
	for _, c := range q.Warnings {
		codes = append(codes, string(c))
	}
	for _, field := range []struct {
		name   string
		values []string
		more   int // values that need no look
	}{
		{"CIKs", nil, len(q.CIKs)}, {"forms", nil, len(q.Forms)}, {"SIC codes", q.SICs, 0}, {"states", q.States, 0}, {"items", q.Items, 0},
		{"items that all must be there", q.AllItems, 0}, {"exhibits", q.Exhibits, 0}, {"warnings", codes, 0},
	} {
		if n := len(field.values) + field.more; n > MaxValues {
			return fmt.Errorf("the query names %d %s: at most %d", n, field.name, MaxValues)
		}
		for _, v := range field.values {
			if v == "" || len(v) >= maxKeyName || strings.Contains(v, "\x00") {
				return fmt.Errorf("the query names %q among %s: nothing is called that", clip(v, maxKeyName), field.name)
			}
		}
	}
	return nil
}

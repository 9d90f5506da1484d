package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"go.uber.org/zap"
)

// building is how long before the time of a copy something may have become public
// and not be in it: a listing takes hours to be built.
const building = 6 * time.Hour

// maxFewer is how many entries a listing may have lost without being suspected
// of a mistake; of many entries it may lose one in a hundred.
const maxFewer = 20

// A docket is a quarterly listing that is to be compared with the entries filed
// on the days it covers.
type docket struct {
	*taken
	again   bool              // the same copy was compared before
	entries tally             // in scope and not withdrawn
	judged  []edgar.Accession // of them those that the copy can tell of, ascending
	gone    []edgar.Accession // withdrawn before, ascending
}

// reconcile withdraws the entries that quarterly listings no longer have, and
// takes withdrawn ones back that they have again. It comes after all listings
// were read, for a row whose date is corrected moves from one to another.
//
// A listing tells of the entries filed until its last day and seen before it was
// built, in the scope of the pass; once for each copy, and once more for each
// rebuild by which EDGAR left it as it was. Daily listings are never corrected
// and tell of nothing that is gone.
func (p *pass) reconcile(ctx context.Context) error {
	dockets := p.dockets()
	if len(dockets) == 0 {
		return nil
	}
	if err := p.assign(ctx, dockets); err != nil {
		return err
	}
	for _, d := range dockets {
		p.errand.beat()
		err := p.hear(ctx, d)
		var bad *damagedError
		if errors.As(err, &bad) {
			err = p.spoilt(d.taken, bad)
		}
		if err != nil {
			return fmt.Errorf("listing %s: %w", d.Key, err)
		}
	}
	return nil
}

// dockets returns the quarterly listings that were not compared as they are now.
func (p *pass) dockets() []*docket {
	var ds []*docket
	for i := range p.taken {
		d := &docket{taken: &p.taken[i]}
		if !d.src.quarterly() || d.LastData.IsZero() {
			continue
		}
		sum, of, _ := strings.Cut(d.Judged, " ")
		d.again = sum == d.SHA256 && parseExtent(of).holds(d.extent.until(d.LastData).short())
		if !d.again || d.JudgedAt.Before(edgar.LastRebuild(d.Checked)) || d.Held > 0 && p.scope.AcceptWithdrawals {
			ds = append(ds, d)
		}
	}
	return ds
}

// assign reads the entries once, each into the docket of the day it was filed.
func (p *pass) assign(ctx context.Context, dockets []*docket) error {
	of := make(map[edgar.Quarter]*docket, len(dockets))
	first, last := p.scope.To, p.scope.From
	for _, d := range dockets {
		of[d.src.first.Quarter()] = d
		first, last = earlier(first, d.src.first), later(last, d.src.last)
	}
	for e, err := range p.Index.EntriesFiled(later(first, p.scope.From), earlier(last, p.scope.To)) {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return err
		}
		p.errand.beat()
		if d := of[e.Filed.Quarter()]; d != nil && !d.LastData.Before(e.Filed) && p.scope.wants(e) {
			d.take(e)
		}
	}
	return nil
}

func (d *docket) take(e index.Entry) {
	if e.State == index.Withdrawn {
		d.gone = append(d.gone, e.Accession)
		return
	}
	d.entries.add(e.Accession)
	if e.Seen.Before(asOf(d.Listing)) {
		d.judged = append(d.judged, e.Accession)
	}
}

// asOf returns a time before which whatever was public is in the kept copy of a
// listing, unless it was taken out. A copy that EDGAR calls current was left as
// it is by the last rebuild but one at the latest.
func asOf(l index.Listing) time.Time {
	at := l.LastData.Midnight()
	if kept := edgar.LastRebuild(edgar.LastRebuild(l.Checked).Add(-time.Second)); kept.After(at) {
		at = kept
	}
	if built, err := http.ParseTime(l.LastModified); err == nil && built.Add(-building).After(at) && !built.After(l.Fetched) {
		at = built.Add(-building)
	}
	return at
}

// builtOn is the day that people know a copy by.
func builtOn(l index.Listing) edgar.Date {
	if built, err := http.ParseTime(l.LastModified); err == nil && built.Before(l.Fetched) {
		return edgar.DateOf(built)
	}
	return edgar.DateOf(l.Fetched)
}

// settled reports whether the entries are sure to be those listed.
func (d *docket) settled() bool {
	switch {
	case d.again && d.Held == 0:
		return d.entries.n <= d.Wanted
	case d.fresh && d.entries == d.wanted && len(d.gone) == 0:
		return true
	}
	return len(d.judged) == 0 && len(d.gone) == 0
}

// hear compares one listing with its entries, and notes that this was done.
func (p *pass) hear(ctx context.Context, d *docket) error {
	var v verdict
	if !d.settled() {
		var err error
		if v, err = p.compare(ctx, d); err != nil {
			return err
		}
	}
	d.Held = 0
	if p.suspicious(d, len(v.missing)) {
		d.Held = len(v.missing)
		v.missing = nil
	}
	p.report.Withdrawn += len(v.missing)
	if p.scope.DryRun {
		return nil
	}
	if err := p.carryOut(d, v); err != nil {
		return err
	}
	d.Judged, d.JudgedAt = d.SHA256+" "+d.extent.until(d.LastData).short().String(), p.now
	if err := p.Index.PutListing(d.Listing); err != nil {
		return err
	}
	return p.step("reconciled " + d.Key)
}

// suspicious reports whether a listing lost more than corrections can explain,
// or cannot be relied on for what it does not have. That is a gap of the report.
func (p *pass) suspicious(d *docket, missing int) bool {
	if missing == 0 || p.scope.AcceptWithdrawals {
		return false
	}
	var why string
	switch {
	case missing > max(maxFewer, len(d.judged)/100):
		why = fmt.Sprintf("lists %d fewer than before", missing)
	case d.Bad > 0:
		why = fmt.Sprintf("does not list %d any more, but %d of its lines cannot be read", missing, d.Bad)
	default:
		return false
	}
	p.report.Gaps = append(p.report.Gaps, d.Key+": "+why+": nothing withdrawn; look at it, then sync --accept-withdrawals if it is right")
	p.Log.Warn("listing not trusted", zap.String("listing", d.Key), zap.String("reason", why))
	return true
}

// A verdict is what comparing a listing with its entries led to.
type verdict struct {
	missing []absentee
	back    []edgar.Accession
}

// An absentee is an entry that its listing does not have.
type absentee struct {
	accession edgar.Accession
	as        edgar.Form // what it is listed as instead, if at all
}

// compare looks the entries of a docket up among all rows of the kept copy.
func (p *pass) compare(ctx context.Context, d *docket) (v verdict, err error) {
	listed := make([]bool, len(d.judged))
	as := make(map[edgar.Accession]edgar.Form)
	for row, err := range p.keptRows(d.Listing) {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return v, err
		}
		i, known := slices.BinarySearchFunc(d.judged, row.Accession, edgar.Accession.Compare)
		switch {
		case known && p.scope.lists(row.Form):
			listed[i] = true
		case known:
			as[row.Accession] = row.Form
		case p.scope.lists(row.Form):
			if _, ok := slices.BinarySearchFunc(d.gone, row.Accession, edgar.Accession.Compare); ok {
				v.back = append(v.back, row.Accession)
			}
		}
	}
	for i, a := range d.judged {
		if !listed[i] {
			v.missing = append(v.missing, absentee{a, as[a]})
		}
	}
	slices.SortFunc(v.back, edgar.Accession.Compare)
	v.back = slices.Compact(v.back)
	return v, p.pardon(ctx, d, &v)
}

// pardon drops absentees that another listing read in this pass has.
func (p *pass) pardon(ctx context.Context, d *docket, v *verdict) error {
	for i := range p.taken {
		r := &p.taken[i]
		if r == d.taken || !r.fresh || r.src.quarterly() && !p.scope.DryRun || len(v.missing) == 0 {
			continue // a row of another quarter has taken its entry there
		}
		for row, err := range p.keptRows(r.Listing, p.scope.Forms...) {
			if err == nil {
				err = context.Cause(ctx)
			}
			if err != nil {
				return err
			}
			if i, ok := slices.BinarySearchFunc(v.missing, row.Accession, absentee.compare); ok {
				v.missing = slices.Delete(v.missing, i, i+1)
			}
		}
	}
	return nil
}

func (x absentee) compare(a edgar.Accession) int { return x.accession.Compare(a) }

// carryOut withdraws who is missing and takes back who is there again.
func (p *pass) carryOut(d *docket, v verdict) error {
	for _, x := range v.missing {
		reason := fmt.Sprintf("not in %s as rebuilt %s", d.Key, builtOn(d.Listing))
		if !x.as.IsZero() {
			reason = fmt.Sprintf("listed as %s now", x.as)
		}
		if err := p.Index.Withdraw(x.accession, reason); err != nil && !errors.Is(err, index.ErrForbidden) {
			return err
		}
		p.Log.Info("filing withdrawn", zap.Stringer("accession", x.accession), zap.String("reason", reason))
		if err := p.step("withdrawn " + x.accession.String()); err != nil {
			return err
		}
	}
	if len(v.back) == 0 {
		return nil
	}
	_, err := p.Index.Relist(v.back...)
	p.Log.Info("withdrawn filings are listed again", zap.String("listing", d.Key), zap.Stringers("accessions", v.back))
	return err
}

// lists reports whether a row of form f keeps an entry. A pass narrower than the
// archive leaves entries alone that became another form of report.
func (s *Scope) lists(f edgar.Form) bool {
	return s.wantsForm(f) || s.AdHoc && f.IsCurrentReport()
}

func earlier(a, b edgar.Date) edgar.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b edgar.Date) edgar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

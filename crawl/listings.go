package crawl

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// A source is a listing that may exist: the paths under which EDGAR may serve
// it, best first, and the days it is about.
type source struct {
	name        string // for people: "2024Q1", "2024-02-01"
	paths       []string
	folder      string // whose index.json tells what names exist
	first, last edgar.Date
	running     bool // grows: asked for in every pass
	young       bool // may not be there yet: nothing to report when it is not
	expected    bool // yet it is worth asking for again soon

	issuer  edgar.CIK // whose listing it is, see readIssuer; none: everybody's
	version string    // of a listing that another one names: what that says of it
}

// readListings reads every listing that the scope needs and that can have
// changed since it was read last: each quarter, then the days that the quarters
// do not reach yet.
func (p *pass) readListings(ctx context.Context) error {
	p.progress.Stage, p.progress.Started = StageListings, p.now
	if p.scope.byIssuer() {
		return p.readIssuers(ctx)
	}
	quarters := p.quarters()
	p.progress.Listings = len(quarters)
	for _, src := range quarters {
		if err := p.read(ctx, src); err != nil {
			return err
		}
	}
	days, err := p.days(ctx)
	if err != nil {
		return err
	}
	p.progress.Listings += len(days)
	for _, src := range days {
		if err := p.read(ctx, src); err != nil {
			return err
		}
	}
	return nil
}

// quarters returns the quarterly listings in scope, newest first.
func (p *pass) quarters() []source {
	var qs []source
	young := p.today.AddDays(-lookBack).Before(p.today.Quarter().First())
	for q := p.scope.To.Quarter(); q.Compare(p.scope.From.Quarter()) >= 0; q = q.Prev() {
		folder := edgar.QuarterFolder(q)
		qs = append(qs, source{
			name: q.String(), folder: folder, first: q.First(), last: q.Last(),
			running: q == p.today.Quarter(), young: q == p.today.Quarter() && young,
			paths: []string{folder + "master.gz", folder + "master.idx", folder + "form.gz", folder + "form.idx", folder + "company.gz", folder + "company.idx"},
		})
	}
	return qs
}

// quarterly reports whether src is of a whole quarter.
func (src source) quarterly() bool { return src.first != src.last && src.issuer.IsZero() }

// read brings one listing up to date and its rows into the index. A listing that
// is not there, or that cannot be read, is a gap of the report; only what ends
// the pass is an error.
func (p *pass) read(ctx context.Context, src source) error {
	p.progress.Listing = src.name
	p.progress.Looked++
	p.tell()
	l, err := p.refresh(ctx, src)
	if err == nil && !l.Absent {
		err = p.discover(l, src)
		var bad *damagedError
		if errors.As(err, &bad) {
			err = p.readAgain(ctx, src, l, bad)
		}
	}
	var gap *gapError
	switch {
	case errors.As(err, &gap):
		return p.gap(src, gap)
	case err != nil:
		return fmt.Errorf("listing %s: %w", src.name, err)
	case l.Absent:
		return nil // a standing gap
	}
	p.unread = 0
	return p.step("discovered " + src.name)
}

// readAgain has a listing fetched anew whose kept copy has suffered.
func (p *pass) readAgain(ctx context.Context, src source, l index.Listing, bad *damagedError) error {
	if err := p.dropCopy(l, bad); err != nil {
		return err
	}
	l, err := p.refresh(ctx, src)
	if err == nil && !l.Absent {
		err = p.discover(l, src)
	}
	if errors.As(err, &bad) {
		return &gapError{damaged: true, err: bad}
	}
	return err
}

// gap reports a listing that the pass goes on without. Several in a row that are
// there but cannot be had are an outage, and end it.
func (p *pass) gap(src source, gap *gapError) error {
	if !gap.absent || src.expected {
		p.missing++
	}
	if gap.absent && src.young {
		return src.unknown()
	}
	p.report.Gaps = append(p.report.Gaps, src.name+": "+gap.Error())
	p.Log.Warn("listing missing", zap.String("listing", src.name), zap.Error(gap))
	if gap.absent {
		return nil
	}
	if p.unread++; p.unread == unreadStreak {
		return &outageError{unreadStreak * listingTries, gap.Error()}
	}
	return nil
}

// discover reads the kept copy of a listing unless that was done for as much
// already.
func (p *pass) discover(l index.Listing, src source) error {
	p.reach(src, l.LastData)
	r := taken{Listing: l, src: src, extent: p.extent(src)}
	if l.Scope == r.extent.String() {
		p.report.Listed += l.Wanted
		p.taken = append(p.taken, r)
		return nil
	}
	rows, err := p.wanted(l)
	if err != nil {
		return err
	}
	if err := p.take(&r, rows); err != nil {
		return err
	}
	p.report.Listed += tallyOf(rows).n
	p.taken = append(p.taken, r)
	return nil
}

// take brings the rows of a listing into the index, unless they are there.
func (p *pass) take(r *taken, rows []parse.Row) error {
	switch {
	case parseExtent(r.Scope).holds(r.extent): // read for more than this
		return nil
	case p.scope.DryRun:
		r.fresh = true
		return p.foresee(rows)
	}
	r.fresh, r.wanted = true, tallyOf(rows)
	r.Scope, r.Wanted = r.extent.String(), r.wanted.n
	slices.SortStableFunc(rows, func(a, b parse.Row) int { return a.Accession.Compare(b.Accession) }) // neighbours in the index
	d, err := p.Index.Discover(r.Listing, slices.Values(rows), p.now)
	p.report.New += d.New
	return err
}

// wanted returns the rows in scope, at most some 32,000 of a quarter. Bad lines
// were reported when the listing was fetched.
func (p *pass) wanted(l index.Listing) ([]parse.Row, error) {
	var rows []parse.Row
	for row, err := range p.keptRows(l, p.scope.Forms...) {
		switch {
		case err != nil:
			return nil, err
		case p.scope.wantsForm(row.Form) && p.scope.wantsDate(row.Filed) && p.scope.wantsCIK(row.CIK):
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// foresee notes what a dry run would discover.
func (p *pass) foresee(rows []parse.Row) error {
	for _, row := range rows {
		_, err := p.Index.Entry(row.Accession)
		switch {
		case errors.Is(err, index.ErrNotFound):
			p.ahead[row.Accession] = row.Filed
		case err != nil:
			return err
		}
	}
	return nil
}

// reach notes how far a quarterly listing goes.
func (p *pass) reach(src source, last edgar.Date) {
	if src.quarterly() {
		p.lastData[src.first.Quarter()] = last
	}
}

// kept returns where the copy of a listing lies. File paths are of our own
// making, never names that came from outside.
func (p *pass) kept(file string) string {
	return filepath.Join(p.ListingsDir, filepath.FromSlash(file))
}

// due reports whether a listing may have changed since it was asked for last: the
// running quarter and the running days always; a past quarter once it is over and
// after each Saturday's rebuild, and always while it ends early, as a mirror's does
// that is being filled. What was asked for in the future is due: a clock was ahead then.
func (src source) due(l index.Listing, now time.Time) bool {
	if src.running {
		return true
	}
	if src.version != "" {
		return l.Version != src.version
	}
	return l.Checked.After(now) || l.Checked.Before(settled(src.last)) ||
		src.quarterly() && (l.Checked.Before(edgar.LastRebuild(now)) || endsEarly(l, src.last))
}

// endsEarly reports whether the listing of a quarter that is over says that it does not
// reach to the quarter's end.
func endsEarly(l index.Listing, last edgar.Date) bool {
	return !l.LastData.IsZero() && l.LastData.Before(last.AddDays(-lookBack))
}

// days returns the daily listings of the business days that no quarterly listing
// reaches yet, in the running quarter and among the last lookBack days.
func (p *pass) days(ctx context.Context) ([]source, error) {
	first := p.today.AddDays(-lookBack)
	if q := p.today.Quarter().First(); q.Before(first) {
		first = q
	}
	if first.Before(p.scope.From) {
		first = p.scope.From
	}
	last := p.scope.To
	if last == p.today && p.now.Before(p.today.Midnight().Add(22*time.Hour)) {
		last = last.AddDays(-1) // written about 22:00
	}
	var days []source
	names := make(map[edgar.Quarter][]edgar.DailyName)
	for d := last; !d.Before(first); d = d.AddDays(-1) {
		q := d.Quarter()
		if !edgar.IsBusinessDay(d) || !p.lastData[q].Before(d) {
			continue
		}
		src, err := p.day(ctx, d, names)
		if err != nil {
			return nil, err
		}
		days = append(days, src)
	}
	return days, nil
}

// day makes the source of one daily listing: the names that the folder lists for
// it, or today's spelling of them when there is no such folder. The folder, of a
// quarter once, is read when no copy is kept.
func (p *pass) day(ctx context.Context, d edgar.Date, known map[edgar.Quarter][]edgar.DailyName) (source, error) {
	src := source{name: d.String(), first: d, last: d, running: d == p.today, young: d == p.today, expected: d == p.today}
	if l, had, err := p.Index.Listing(src.name); err != nil || had && p.isKept(l) {
		return src, err
	}
	names, read := known[d.Quarter()]
	if !read {
		var err error
		if names, err = p.dailyNames(ctx, d.Quarter()); err != nil {
			return src, err
		}
		known[d.Quarter()] = names
	}
	folder := edgar.DailyFolder(d.Quarter())
	for _, kind := range []string{"master", "form", "company"} {
		for _, n := range names {
			if n.Date == d && n.Kind == kind {
				src.paths = append(src.paths, folder+n.Name)
			}
		}
	}
	if len(names) == 0 {
		src.paths = []string{folder + "master." + d.Compact() + ".idx"}
	}
	return src, nil
}

// dailyNames reads the folder of a quarter's daily listings. No folder is no
// names.
func (p *pass) dailyNames(ctx context.Context, q edgar.Quarter) ([]edgar.DailyName, error) {
	listed, err := p.folder(ctx, edgar.DailyFolder(q))
	var names []edgar.DailyName
	for _, name := range listed {
		if n, err := edgar.ParseDailyName(name, q); err == nil {
			names = append(names, n)
		}
	}
	return names, err
}

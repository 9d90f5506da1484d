package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"go.uber.org/zap"
)

// Sync makes one complete pass over s. The report is valid whatever the error:
// everything it counts is kept. Behind the error (errors.As) is a *ThrottledError
// or an *UndeclaredError when SEC refuses us, the context's cause when that ended,
// a *MisuseError for a scope that cannot be, and otherwise a failure on our side.
func (c *Crawler) Sync(ctx context.Context, s Scope) (Report, error) {
	p := &pass{Crawler: c, now: time.Now()}
	return p.account(ctx, s, p.whole)
}

// account makes the pass, which is work, and sees that it is reported.
func (p *pass) account(ctx context.Context, s Scope, work func(context.Context, Scope) error) (Report, error) {
	err := p.run(withErrand(ctx, &p.errand), s, work)
	p.progress.Stage = StageDone
	p.tell()
	var misuse *MisuseError
	if errors.As(err, &misuse) {
		return p.report, err
	}
	p.log(err)
	if s.DryRun {
		return p.report, err
	}
	added := p.patiently(ctx, func() error { return p.Index.AddPass(p.summary(err)) }, p.pausing)
	if isDiskTrouble(err) && isDiskTrouble(added) {
		added = nil // once is enough
	}
	return p.report, errors.Join(err, added)
}

// pass is one run of Sync.
type pass struct {
	*Crawler
	scope    Scope
	now      time.Time // when the pass began; a pass belongs to one day
	today    edgar.Date
	report   Report
	progress Progress
	lastData map[edgar.Quarter]edgar.Date // how far each quarterly listing reaches
	taken    []taken                      // listings whose rows the index has
	ahead    map[edgar.Accession]edgar.Date

	command string      // of the report; "" for sync
	anew    bool        // what is recorded is fetched again
	enough  func() bool // asked before each filing: true ends the fetching, and the rest stays due; may be nil

	complete           bool      // every listing was read, or is known not to exist, and all that follows from them is in the index
	missing            int       // listings that may exist and were not had
	unread             int       // listings in a row that could not be had
	failures, absences int       // in a row, since EDGAR last served a filing
	failed             time.Time // when the last of them was
	suspects           []outcome // seem gone, not yet given up

	errand         errand
	filingRequests atomic.Int64
}

// run makes the pass. An outage of EDGAR ends it early and is no error.
func (p *pass) run(ctx context.Context, s Scope, work func(context.Context, Scope) error) error {
	err := p.patiently(ctx, func() error { return work(ctx, s) }, p.pausing)
	var outage *outageError
	if errors.As(err, &outage) {
		p.report.Stopped = outage.Error()
		p.Log.Warn("pass ended early", zap.Error(outage))
		return nil
	}
	return err
}

func (p *pass) whole(ctx context.Context, s Scope) error {
	if err := p.begin(ctx, s); err != nil {
		return err
	}
	if err := p.tidy(); err != nil {
		return err
	}
	if err := p.readListings(ctx); err != nil {
		return err
	}
	if err := p.reconcile(ctx); err != nil {
		return err
	}
	if err := p.retry(); err != nil {
		return err
	}
	due, plan, err := p.due()
	if err != nil {
		return err
	}
	p.report.Plan = &plan
	if p.scope.DryRun {
		return nil
	}
	if p.scope.Confirm != nil && !p.scope.Confirm(plan) {
		return ErrNotConfirmed
	}
	if err := p.covered(); err != nil {
		return err
	}
	p.complete = p.missing == 0
	return p.fetchAll(ctx, due)
}

// begin refuses to start during a cool-down and settles the scope.
func (p *pass) begin(ctx context.Context, s Scope) (err error) {
	until, err := p.door.budget.coolingUntil(ctx)
	if err != nil {
		return err
	}
	if !until.IsZero() && !p.Patient {
		return &ThrottledError{Host: p.door.budget.host, Until: until}
	}
	if err := p.disk.room(); err != nil {
		return err
	}
	if s.Complete && p.KeepText {
		return misusef("nothing is completed while the archive keeps text alone: set archive.keep to full")
	}
	p.report.Listed, p.report.Left, p.report.Gaps = 0, 0, nil // of an earlier attempt
	p.suspects, p.failures, p.absences, p.unread, p.missing = nil, 0, 0, 0, 0
	p.progress = Progress{}
	p.today = edgar.DateOf(p.now)
	p.lastData = make(map[edgar.Quarter]edgar.Date)
	p.ahead = make(map[edgar.Accession]edgar.Date)
	p.scope, err = s.resolve(p.Index, p.now)
	return err
}

// tidy removes what a killed pass left in the listings folder.
func (p *pass) tidy() error {
	left, err := filepath.Glob(filepath.Join(p.ListingsDir, tmpListing))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// retry makes entries due that are not, as far as the scope asks for it. A dry
// run only counts them.
func (p *pass) retry() error {
	var states []index.State
	if p.scope.RetryNow {
		states = append(states, index.Deferred)
	}
	if p.scope.RetryRejected {
		states = append(states, index.Rejected)
	}
	if len(states) == 0 {
		return nil
	}
	if !p.scope.DryRun {
		_, err := p.Index.Retry(p.scope.wants, states...)
		return err
	}
	for e, err := range p.Index.Entries() {
		if err != nil {
			return err
		}
		if slices.Contains(states, e.State) && p.scope.wants(e) {
			p.ahead[e.Accession] = e.Filed
		}
	}
	return nil
}

// queue is the entries to be fetched and how many they are.
type queue struct {
	length  int
	entries iter.Seq2[edgar.Accession, error]
}

func queueOf(as []edgar.Accession) queue {
	return queue{len(as), func(yield func(edgar.Accession, error) bool) {
		for _, a := range as {
			if !yield(a, nil) {
				return
			}
		}
	}}
}

// due returns the entries in scope whose time has come, newest filing first,
// and what fetching them takes. A dry run plans for what the listings would add,
// too.
func (p *pass) due() (q queue, plan Plan, err error) {
	counted := len(p.scope.CIKs) == 0 && p.scope.Limit == 0 && !p.scope.Complete && !p.scope.DryRun
	if counted {
		q, plan, err = p.counted(time.Now())
	} else {
		q, plan, err = p.waiting(time.Now())
	}
	if perSecond := p.door.budget.rate(); perSecond > 0 {
		plan.Hours = float64(plan.Requests) / perSecond / 3600
	}
	return q, plan, err
}

// counted is due for a scope of dates and forms alone. Entries are read as they are
// fetched, so that a backlog of millions costs a pass neither time nor memory before.
func (p *pass) counted(now time.Time) (q queue, plan Plan, err error) {
	forms := p.scope.Forms
	if p.scope.AllForms {
		forms = nil
	}
	years, err := p.Index.DueCounts(now, p.scope.From, p.scope.To, forms)
	for year, n := range years {
		plan.add(n, year, p.KeepText)
	}
	return queue{plan.Filings, func(yield func(edgar.Accession, error) bool) {
		for e, err := range p.Index.Due(now) {
			if (err != nil || p.scope.wants(e)) && !yield(e.Accession, err) {
				return
			}
		}
	}}, plan, err
}

// waiting is due for any scope.
func (p *pass) waiting(now time.Time) (q queue, plan Plan, err error) {
	var due []edgar.Accession
	for e, err := range p.Index.Due(now) {
		if err != nil {
			return q, plan, err
		}
		if !p.scope.wants(e) {
			continue
		}
		if p.scope.full(len(due)) {
			p.report.Left++
			continue
		}
		due = append(due, e.Accession)
		plan.add(1, e.Filed.Year(), p.KeepText)
		delete(p.ahead, e.Accession)
	}
	if p.scope.Complete {
		if due, err = p.incomplete(due, &plan); err != nil {
			return q, plan, err
		}
	}
	for _, filed := range p.ahead {
		if !p.scope.full(plan.Filings) {
			plan.add(1, filed.Year(), p.KeepText)
		}
	}
	return queueOf(due), plan, nil
}

// incomplete adds the filings in scope whose archived copy is cut to those due.
func (p *pass) incomplete(due []edgar.Accession, plan *Plan) ([]edgar.Accession, error) {
	for e, err := range p.Index.Entries() {
		switch {
		case err != nil:
			return nil, err
		case !e.Cut || e.State != index.Recorded || !p.scope.wants(e):
		case p.scope.full(len(due)):
			p.report.Left++
		default:
			due = append(due, e.Accession)
			plan.add(1, e.Filed.Year(), false)
		}
	}
	return due, nil
}

// covered remembers from when on the archive is meant to be complete: in its own
// scope and up to today, so not after ad hoc passes and slices of the past. It does
// so before the first filing is fetched, for a pass that is cut off is
// finished by the next one.
func (p *pass) covered() error {
	if p.scope.AdHoc || p.scope.To != p.today {
		return nil
	}
	from, ok, err := p.Index.Coverage()
	if err != nil || ok && !p.scope.From.Before(from) {
		return err
	}
	return p.Index.SetCoverage(p.scope.From)
}

// tell brings the counters up to date and reports progress.
func (p *pass) tell() {
	p.report.Requests = int(p.errand.requests.Load())
	p.report.FilingRequests = int(p.filingRequests.Load())
	p.report.Bytes = p.errand.bytes.Load()
	p.report.Seconds = time.Since(p.now).Seconds()
	p.errand.beat()
	p.progress.Recorded, p.progress.Deferred, p.progress.Rejected = p.report.Recorded, p.report.Deferred, p.report.Rejected
	p.progress.Requests, p.progress.Bytes = p.report.Requests, p.report.Bytes
	p.Progress(p.progress)
}

// summary is the report that the index keeps.
func (p *pass) summary(err error) index.Pass {
	r, outcome := &p.report, "done"
	switch {
	case err != nil:
		outcome = err.Error()
	case r.Stopped != "":
		outcome = "ended early: " + r.Stopped
	case len(r.Gaps) > 0:
		outcome = fmt.Sprintf("listings missing: %d, the first %s", len(r.Gaps), r.Gaps[0])
	}
	return index.Pass{
		Start: p.now, End: time.Now(), Command: cmp.Or(p.command, "sync"), Outcome: outcome,
		Listed: r.Listed, Recorded: r.Recorded, Deferred: r.Deferred, Rejected: r.Rejected, Withdrawn: r.Withdrawn,
		Requests: r.Requests, FilingRequests: r.FilingRequests, Bytes: r.Bytes,
		Complete: p.complete, Scope: p.scope.String(),
	}
}

func (p *pass) log(err error) {
	p.Log.Info("pass ended",
		zap.Int("listed", p.report.Listed), zap.Int("recorded", p.report.Recorded),
		zap.Int("deferred", p.report.Deferred), zap.Int("rejected", p.report.Rejected), zap.Int("withdrawn", p.report.Withdrawn),
		zap.Int("requests", p.report.Requests), zap.Error(err))
}

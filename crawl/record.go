package crawl

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

const (
	maxAttempts   = 8                // of an entry whose answers are not the submission
	failureStreak = 20               // failures in a row that end a pass
	streakPause   = 10 * time.Minute // what is further apart is no row
)

// record takes outcomes in until done is closed, one transaction for all that
// are waiting: a filing at a time when live, one for each worker in bulk. It
// returns early when the index fails or EDGAR has nothing to give.
func (p *pass) record(done <-chan outcome) error {
	for o := range done {
		batch := []outcome{o}
		for range len(done) {
			batch = append(batch, <-done)
		}
		batch = slices.DeleteFunc(batch, func(o outcome) bool { return o.skipped })
		if err := p.settle(batch); err != nil {
			return err
		}
	}
	return p.sentence(gone)
}

func (p *pass) settle(batch []outcome) error {
	var filings []*parse.Filing
	for _, o := range batch {
		if o.filing != nil {
			filings = append(filings, o.filing)
		}
	}
	if err := p.keep(filings); err != nil {
		return err
	}
	for _, o := range batch {
		if err := p.judge(o); err != nil {
			return err
		}
		if o.fault == nil || o.fault.kind != gone { // who seems gone stays claimed until judged
			p.claims.release(o.entry.Accession)
		}
	}
	return nil
}

// recordFit has filings recorded, all at once, without those that the index cannot
// hold: of these reject is told. It returns the ones recorded.
func recordFit(record func(...*parse.Filing) error, filings []*parse.Filing, reject func(*index.UnfitError) error) ([]*parse.Filing, error) {
	for len(filings) > 0 {
		err := record(filings...)
		var unfit *index.UnfitError
		if !errors.As(err, &unfit) {
			return filings, err
		}
		if err := reject(unfit); err != nil {
			return nil, err
		}
		filings = slices.DeleteFunc(filings, func(f *parse.Filing) bool { return f.Accession == unfit.Accession })
	}
	return nil, nil
}

func logRecorded(log *zap.Logger, f *parse.Filing) {
	log.Info("filing recorded", zap.Stringer("accession", f.Accession), zap.Stringer("form", f.Form),
		zap.Stringer("filed", f.Filed), zap.Int("items", len(f.Items)), zap.Int64("bytes", f.Size))
}

// keep records filings, and rejects those that the index cannot hold.
func (p *pass) keep(filings []*parse.Filing) error {
	filings, err := recordFit(p.Index.Record, filings, func(unfit *index.UnfitError) error {
		return p.reject(unfit.Accession, unfit.Error())
	})
	if err != nil {
		return err
	}
	for _, f := range filings {
		p.report.Recorded++
		p.progress.Last = f.Accession
		if f.Accepted.After(p.began) && !p.anew {
			p.Signs.Fresh(f.Recorded.Sub(f.Accepted))
		}
		logRecorded(p.Log, f)
		p.tell()
		if err := p.step("recorded " + f.Accession.String()); err != nil {
			return err
		}
	}
	return nil
}

// judge decides on an entry that could not be had. A long row of failures without
// one success is not about the entries: of absences it is a block in disguise,
// and no sentence is passed; of others an outage. Both end the pass.
func (p *pass) judge(o outcome) error {
	if o.fault == nil {
		if o.entry.Cut && o.filing != nil && !p.anew {
			p.report.Completed++
		}
		if o.answered {
			p.health.served()
			p.failures, p.absences = 0, 0
			return p.sentence(gone)
		}
		return nil
	}
	if o.fault.kind == damaged {
		p.report.Deferred++
		p.Log.Warn("archived submission not readable", zap.Stringer("accession", o.entry.Accession), zap.String("reason", o.fault.reason))
		p.tell()
		return nil
	}
	if time.Since(p.failed) > streakPause { // of a pass that goes on for days
		p.failures, p.absences = 0, 0
	}
	p.failed = time.Now()
	p.failures++
	switch o.fault.kind {
	case lag:
		p.absences++
	case gone:
		p.absences++
		p.suspects = append(p.suspects, o)
	default:
		p.absences = 0
	}
	if o.fault.kind != gone {
		if err := p.putOff(o); err != nil {
			return err
		}
	}
	switch {
	case p.absences >= failureStreak:
		return errors.Join(p.sentence(transient), p.door.block(fmt.Sprintf("%d listed filings in a row were not there", p.absences)))
	case p.failures >= failureStreak:
		return errors.Join(p.sentence(transient), &outageError{p.failures, o.fault.reason})
	}
	return nil
}

// sentence passes judgement on those that seemed gone, as faults of a kind.
func (p *pass) sentence(kind faultKind) error {
	for _, o := range p.suspects {
		o.fault.kind = kind
		if err := p.putOff(o); err != nil {
			return err
		}
		p.claims.release(o.entry.Accession)
	}
	p.suspects = nil
	return nil
}

// putOff defers an entry, or rejects it when trying again would not help.
func (p *pass) putOff(o outcome) error {
	e, f := o.entry, o.fault
	attempts := e.Attempts + 1
	switch {
	case e.State == index.Recorded || p.anew: // what is recorded stays, a cut copy to be completed, too
		p.report.Deferred++
		p.Log.Warn("filing not fetched again", zap.Stringer("accession", e.Accession), zap.String("reason", f.reason))
		p.tell()
		return nil
	case f.kind == gone, f.kind == final:
		return p.reject(e.Accession, f.reason)
	case f.kind == content && attempts >= maxAttempts && p.health.good():
		return p.reject(e.Accession, fmt.Sprintf("gave up after %d attempts: %s", attempts, f.reason))
	}
	next := time.Now().Add(backoff(attempts))
	if err := p.Index.Defer(e.Accession, next, f.reason); err != nil {
		return err
	}
	p.report.Deferred++
	p.Log.Warn("filing deferred", zap.Stringer("accession", e.Accession), zap.String("reason", f.reason),
		zap.Int("attempts", attempts), zap.Time("next", next))
	p.tell()
	return nil
}

func (p *pass) reject(a edgar.Accession, reason string) error {
	err := p.Index.Reject(a, reason)
	switch {
	case errors.Is(err, index.ErrNotFound), errors.Is(err, index.ErrForbidden): // archived and never listed, or recorded before
	case err != nil:
		return err
	}
	p.report.Rejected++
	p.Log.Warn("filing rejected", zap.Stringer("accession", a), zap.String("reason", reason))
	p.tell()
	return nil
}

// outageError ends a pass early: nothing is to be had from EDGAR at the moment.
type outageError struct {
	failures int
	reason   string
}

func (e *outageError) Error() string {
	switch e.failures {
	case 0:
		return e.reason
	case 1:
		return "EDGAR cannot be reached: " + e.reason
	}
	return fmt.Sprintf("%d requests in a row came to nothing, the last: %s", e.failures, e.reason)
}

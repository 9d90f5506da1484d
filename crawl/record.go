package crawl

import (
	"fmt"
	"time"

	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// recordBatch bounds the filings of one transaction.
const recordBatch = 500

// record takes outcomes in until done is closed, one transaction for all that
// are waiting: a filing at a time when live, hundreds in bulk. It returns early
// only when the index fails.
func (p *pass) record(done <-chan outcome) error {
	for o := range done {
		batch := []outcome{o}
		for waiting := true; waiting && len(batch) < recordBatch; {
			select {
			case o, ok := <-done:
				if waiting = ok; ok {
					batch = append(batch, o)
				}
			default:
				waiting = false
			}
		}
		if err := p.settle(batch); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) settle(batch []outcome) error {
	var filings []*parse.Filing
	for _, o := range batch {
		if o.filing != nil {
			filings = append(filings, o.filing)
		} else if err := p.putOff(o); err != nil {
			return err
		}
	}
	if len(filings) == 0 {
		return nil
	}
	if err := p.Index.Record(filings...); err != nil {
		return err
	}
	for _, f := range filings {
		p.report.Recorded++
		p.progress.Last = f.Accession
		p.Log.Info("filing recorded", zap.Stringer("accession", f.Accession), zap.Stringer("form", f.Form),
			zap.Stringer("filed", f.Filed), zap.Int("items", len(f.Items)), zap.Int64("bytes", f.Size))
		p.tell()
		if err := p.step("recorded " + f.Accession.String()); err != nil {
			return err
		}
	}
	return nil
}

// putOff defers an entry, or rejects it when trying again would not help.
func (p *pass) putOff(o outcome) error {
	e, f := o.entry, o.fault
	attempts := e.Attempts + 1
	if !f.final && attempts < maxAttempts {
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
	if !f.final {
		f.reason = fmt.Sprintf("gave up after %d attempts: %s", attempts, f.reason)
	}
	if err := p.Index.Reject(e.Accession, f.reason); err != nil {
		return err
	}
	p.report.Rejected++
	p.Log.Warn("filing rejected", zap.Stringer("accession", e.Accession), zap.String("reason", f.reason))
	p.tell()
	return nil
}

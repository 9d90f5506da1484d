package crawl

import (
	"errors"
	"iter"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"go.uber.org/zap"
)

// Check is what Audit and Verify read, and whom they tell. Index and Archive are
// required. What another process records or fetches while they read is no
// difference.
type Check struct {
	Index       index.Asking
	Archive     *archive.Store
	ListingsDir string         // of Audit alone
	Log         *zap.Logger    // nil for none
	Progress    func(Progress) // called from one goroutine at a time; nil for none
}

// offline is a pass that asks EDGAR for nothing.
func offline(cfg Config) *pass {
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	return &pass{Crawler: &Crawler{Config: cfg, door: new(polite), claims: newClaims(), step: func(string) error { return nil }}, now: time.Now()}
}

// checkup is one Audit or Verify under way.
type checkup struct {
	*pass
	ask index.Asking
}

func (c Check) begin() (*checkup, error) {
	p := offline(Config{Archive: c.Archive, ListingsDir: c.ListingsDir, Log: c.Log, Progress: c.Progress})
	p.progress.Stage, p.progress.Started = StageChecking, p.now
	u := &checkup{pass: p, ask: c.Index}
	return u, u.ask(func(ix index.Reader) error {
		n, err := ix.Counts()
		p.progress.Listings = 0
		for _, y := range n.Years { // roughly what is ahead
			p.progress.Listings += y.Count
		}
		if errors.Is(err, index.ErrStale) { // what the check is to find out
			err = nil
		}
		return err
	})
}

// end takes the progress off the screen.
func (c *checkup) end() {
	c.progress.Stage = StageDone
	c.Progress(c.progress)
}

// standings yields what the index has of each submission after an accession number.
func (c *checkup) standings(after edgar.Accession) iter.Seq2[index.Standing, error] {
	return func(yield func(index.Standing, error) bool) {
		for {
			var page []index.Standing
			err := c.ask(func(ix index.Reader) (err error) {
				page, err = ix.Standings(after, index.MaxStandings)
				return err
			})
			if err != nil {
				yield(index.Standing{}, err)
				return
			}
			for _, st := range page {
				if !yield(st, nil) {
					return
				}
			}
			if len(page) < index.MaxStandings {
				return
			}
			after = page[len(page)-1].Accession
		}
	}
}

package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

const statusLong = `Says what is known, what is due, what failed and why, how complete each quarter
is, and what the last passes did; with --items, how many filings of each year
report which item.`

// statusCommand shows where the archive stands.
type statusCommand struct {
	*app
	all      bool
	check    bool
	items    bool
	from, to string
}

func newStatus(a *app) *cobra.Command {
	s := &statusCommand{app: a}
	cmd := &cobra.Command{
		Use:   "status",
		Short: "What is held, what is due, what failed and why",
		Long:  statusLong,
		Args: func(cmd *cobra.Command, args []string) error {
			return errors.Join(noArguments(cmd, args), exclusive(cmd, "check", "items"), exclusive(cmd, "items", "from"), exclusive(cmd, "items", "to"))
		},
		RunE: does(s.run),
	}
	cmd.Flags().BoolVar(&s.all, "all", false, "every quarter, pass and reason, or year, not only the latest")
	cmd.Flags().StringVar(&s.from, "from", "", "only the quarters from that of this `DAY` on: 2024-01-31, 2024Q1, 2024, 1y")
	cmd.Flags().StringVar(&s.to, "to", "", "only the quarters up to that of this `DAY`")
	cmd.Flags().BoolVar(&s.items, "items", false, "instead, how many filings of each year report which item")
	cmd.Flags().BoolVar(&s.check, "check", false, "print nothing, only read: 0 says that the data directory is in order or in use")
	cmd.MarkFlagsMutuallyExclusive("check", "items")
	return cmd
}

// report is the status as JSON.
type report struct {
	Data string `json:"data"`
	index.Status
	Rate   float64            `json:"rate"`           // requests a second that a pass may make, 0 for unlimited
	Gaps   []crawl.Difference `json:"gaps,omitempty"` // listings of past days and quarters that are missing
	Pauses []pause            `json:"pauses,omitempty"`
	Feeds  []string           `json:"feeds"` // the live sources that run asks

	FeedsRead map[string]time.Time `json:"feeds_read,omitempty"` // when each was read last
	WholePass *index.Pass          `json:"whole_pass,omitempty"` // the last that read every listing of its scope
}

// pause is a cool-down that holds every request to a host.
type pause struct {
	Host  string    `json:"host"`
	Until time.Time `json:"until"`
}

func (s *statusCommand) run(_ context.Context, cmd *cobra.Command, _ []string) error {
	if err := refuseEmpty(cmd, "from", "to"); err != nil {
		return err
	}
	first, last, err := filter.Days(filter.Bound{Text: s.from, Origin: "--from"}, filter.Bound{Text: s.to, Origin: "--to"}, time.Now())
	if err != nil {
		return err
	}
	eff, err := s.config(cmd)
	if err != nil {
		return err
	}
	if s.items {
		return s.itemCounts(eff.Data)
	}
	r, err := standingOf(eff)
	if s.check && errors.Is(err, index.ErrLocked) {
		return nil // a pass is at work
	}
	if err != nil {
		return err
	}
	if r.Pauses, err = s.pauses(eff); err != nil || s.check {
		return err
	}
	r.cut(first.Quarter(), last.Quarter())
	if s.json {
		return s.printJSON(r)
	}
	return s.print(r)
}

// cut leaves of the quarters, and of what is missing, those from first to last;
// one that is zero is no bound.
func (r *report) cut(first, last edgar.Quarter) {
	outside := func(q edgar.Quarter) bool {
		return !q.IsZero() && (q.Compare(first) < 0 || !last.IsZero() && last.Compare(q) < 0)
	}
	r.Quarters = slices.DeleteFunc(r.Quarters, func(c index.QuarterCoverage) bool { return outside(c.Quarter) })
	r.Gaps = slices.DeleteFunc(r.Gaps, func(g crawl.Difference) bool {
		q, err := edgar.ParseQuarter(g.Listing)
		if d, derr := edgar.ParseDate(g.Listing); err != nil && derr == nil {
			q = d.Quarter()
		}
		return outside(q)
	})
}

// standingOf reads what the data directory tells, and holds it no longer than
// that.
func standingOf(eff *effective) (r report, err error) {
	err = reading(eff.Data, func(h *holdings) error {
		r, err = h.report(eff)
		return err
	})
	return r, err
}

func (h *holdings) report(eff *effective) (r report, err error) {
	r = report{Data: h.dir, Rate: eff.Rate, Feeds: liveFeeds(eff.Feeds)}
	if r.Status, err = h.index.Status(time.Now()); err != nil {
		return r, err
	}
	if r.Gaps, err = crawl.Gaps(h.index, time.Now()); err != nil {
		return r, err
	}
	if r.FeedsRead, err = feedsRead(h.index); err != nil {
		return r, err
	}
	r.WholePass, err = wholePass(h.index)
	return r, err
}

// feedsRead tells when each live source was read last.
func feedsRead(ix index.Reader) (map[string]time.Time, error) {
	read := make(map[string]time.Time)
	for _, feed := range []string{feedCurrent, feedXBRL} {
		l, ok, err := ix.Listing(feed)
		if err != nil {
			return nil, err
		}
		if ok && !l.Checked.IsZero() {
			read[feed] = l.Checked
		}
	}
	return read, nil
}

// wholePass returns the last pass that read every listing of its scope, nil when
// none did.
func wholePass(ix index.Reader) (*index.Pass, error) {
	ps, err := ix.Passes(passesLooked)
	for i := range ps {
		if ps[i].Complete && ps[i].Scope != "" {
			return &ps[i], err
		}
	}
	return nil, err
}

const passesLooked = 1000

// pauses returns the cool-down that holds the configured server, if one does.
func (a *app) pauses(eff *effective) ([]pause, error) {
	state, err := stateDir(a.getenv)
	if err != nil {
		return nil, err
	}
	b, err := crawl.ReadAllowance(state, eff.BaseURL)
	if err != nil || b.Until.IsZero() {
		return nil, err
	}
	return []pause{{b.Host, b.Until.UTC()}}, nil
}

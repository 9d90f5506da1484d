package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/serve"
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
	cmd.Flags().BoolVar(&s.check, "check", false, "print nothing, only read: 0 says that the data directory is in order or in use, and that run, when it serves, is ready")
	cmd.MarkFlagsMutuallyExclusive("check", "items")
	return cmd
}

func (s *statusCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
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
	if r.Pauses, err = s.pauses(eff); err != nil {
		return err
	}
	if s.check {
		return s.checkReady(ctx, eff)
	}
	cutQuarters(&r, first.Quarter(), last.Quarter())
	if s.json {
		return s.printJSON(r)
	}
	return s.print(r)
}

// cutQuarters leaves of the quarters, and of what is missing, those from first to last;
// one that is zero is no bound.
func cutQuarters(r *serve.Standing, first, last edgar.Quarter) {
	outside := func(q edgar.Quarter) bool {
		return !q.IsZero() && (q.Compare(first) < 0 || !last.IsZero() && last.Compare(q) < 0)
	}
	r.Quarters = slices.DeleteFunc(r.Quarters, func(c index.QuarterCoverage) bool { return outside(c.Quarter) })
	r.Gaps = slices.DeleteFunc(r.Gaps, func(g serve.Gap) bool {
		q, err := edgar.ParseQuarter(g.Listing)
		if d, derr := edgar.ParseDate(g.Listing); err != nil && derr == nil {
			q = d.Quarter()
		}
		return outside(q)
	})
}

// standingOf reads what the data directory tells, and holds it no longer than
// that.
func standingOf(eff *effective) (r serve.Standing, err error) {
	err = reading(eff.Data, func(h *holdings) error {
		r, err = h.report(eff)
		return err
	})
	return r, err
}

func (h *holdings) report(eff *effective) (serve.Standing, error) {
	return environment(eff, h.dir).Stand(h.index, time.Now())
}

// environment is what a report on a data directory needs beside the index. The pauses
// are the user's, and added by whoever asks.
func environment(eff *effective, dir string) serve.Environment {
	return serve.Environment{
		Data: dir, Rate: eff.Rate, Feeds: liveFeeds(eff.Feeds), Gaps: gapsOf,
		Disk: func() (serve.Disk, error) { return diskOf(dir) },
	}
}

// gapsOf tells which listings are missing.
func gapsOf(ix index.Reader, now time.Time) (all []serve.Gap, err error) {
	ds, err := crawl.Gaps(ix, now)
	for _, d := range ds {
		all = append(all, serve.Gap{Kind: string(d.Kind), Listing: d.Listing, Detail: d.Detail})
	}
	return all, err
}

// diskOf tells what the disk of a data directory has free, and the index takes.
func diskOf(dir string) (d serve.Disk, err error) {
	if d.Free, d.Reserve, err = crawl.Space(dir); err != nil {
		return d, err
	}
	info, err := os.Stat(filepath.Join(dir, indexFile))
	if err == nil {
		d.Index = info.Size()
	}
	return d, err
}

// pauses returns the cool-down that holds the configured server, if one does.
func (a *app) pauses(eff *effective) ([]serve.Pause, error) {
	state, err := stateDir(a.getenv)
	if err != nil {
		return nil, err
	}
	b, err := crawl.ReadAllowance(state, eff.BaseURL)
	if err != nil || b.Until.IsZero() {
		return nil, err
	}
	return []serve.Pause{{Host: b.Host, Until: b.Until.UTC(), Why: b.Why}}, nil
}

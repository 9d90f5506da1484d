package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
)

const auditLong = `Compares, without network, EDGAR's listings as they were kept with the index,
and the index with the archive. Of every quarter: each filing that the listings
name and that was wanted is recorded, deferred, rejected or withdrawn; each
recorded one is in the archive, of the size and SHA-256 that the index has; and
the listings themselves, of past quarters and past business days, are there.
crawler verify reads the archive's bytes too.

Exit code 3 says that there is a difference; each is named, the first 20 of
them unless --all is given. With --json there is one object for each quarter,
which names its first 1,000 differences, and at last one of their sums, with
quarters and complete.`

// auditCommand tells how complete the archive is.
type auditCommand struct {
	*app
	all bool
}

func newAudit(a *app) *cobra.Command {
	c := &auditCommand{app: a}
	cmd := &cobra.Command{
		Use:     "audit",
		Short:   "Prove completeness: listings, index and archive compared",
		Long:    auditLong,
		Example: "  crawler audit\n  crawler audit --json | jq 'select(.differences > 0)'",
		Args:    noArguments,
		RunE:    does(c.run),
	}
	cmd.Flags().BoolVar(&c.all, "all", false, "every quarter and every difference, not only the latest and the first")
	return cmd
}

func (c *auditCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	what, err := c.checking(ctx, cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, what.Close()) }()
	rep, err := crawl.Audit(ctx, what.Check)
	if err != nil {
		return err
	}
	if c.json {
		err = c.lines(rep)
	} else {
		err = c.print(rep)
	}
	if err == nil && rep.Differs() {
		return quietly(exitDiffers)
	}
	return err
}

// checking makes ready for a check of the data directory, which is to be closed.
func (a *app) checking(ctx context.Context, cmd *cobra.Command) (*checked, error) {
	eff, err := a.config(cmd)
	if err != nil {
		return nil, err
	}
	h, err := readHoldings(eff.Data)
	if err != nil {
		return nil, err
	}
	ar, err := archive.OpenReadOnly(filepath.Join(eff.Data, archiveFolder))
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	c := &checked{eff: eff, visits: visit(ctx, h)}
	c.Check = crawl.Check{Index: c.visits.ask, Archive: ar, ListingsDir: h.listings()}
	if a.err.term.tty && !a.quiet {
		c.Progress = (&progressLine{out: a.err}).show
	}
	return c, nil
}

// checked is a data directory under check.
type checked struct {
	crawl.Check
	eff    *effective
	visits *visits
}

func (c *checked) Close() error { return errors.Join(c.visits.Close(), c.Archive.Close()) }

// auditSummary is the last line of an audit as JSON.
type auditSummary struct {
	Quarters int `json:"quarters"`
	crawl.QuarterAudit
	Complete bool `json:"complete"`
}

func (c *auditCommand) lines(rep crawl.AuditReport) error {
	for _, q := range rep.Quarters {
		if err := c.printJSON(q); err != nil {
			return err
		}
	}
	return c.printJSON(auditSummary{len(rep.Quarters), rep.Total, !rep.Differs()})
}

func (c *auditCommand) print(rep crawl.AuditReport) error {
	if len(rep.Quarters) == 0 {
		c.note("there is nothing to compare yet: no listing was read, and nothing is in the archive")
		return nil
	}
	if err := c.quarters(rep).write(c.out); err != nil {
		return err
	}
	var named []crawl.Difference
	for _, q := range rep.Quarters {
		named = append(named, q.Named...)
	}
	if err := c.differences(named, rep.Total.Differences, c.all, remedies(named)...); err != nil {
		return err
	}
	t := rep.Total
	verdict := fmt.Sprintf("complete: %s listed, %s in the archive", plural(t.Listed, "filing"), count(t.Archived))
	switch {
	case rep.Differs():
		verdict = fmt.Sprintf("not complete: %s", plural(t.Differences, "difference"))
	case t.Listed == 0:
		verdict = fmt.Sprintf("nothing is listed: %s in the archive, recorded as they should be", plural(t.Archived, "filing"))
	}
	if c.quiet {
		return nil
	}
	_, err := fmt.Fprintf(c.out, "\n%s\n", verdict)
	return err
}

// quarters is the table of the latest quarters and of those with differences.
func (c *auditCommand) quarters(rep crawl.AuditReport) *table {
	t := &table{columns: []column{
		{name: "quarter"}, {name: "listed", right: true}, {name: "recorded", right: true}, {name: "deferred", right: true}, {name: "rejected", right: true},
		{name: "withdrawn", right: true}, {name: "archived", right: true}, {name: "differences", right: true, style: alarm(red)},
	}}
	var others crawl.QuarterAudit
	var rows [][]string
	for i, q := range rep.Quarters {
		if c.all || q.Differences > 0 || i >= len(rep.Quarters)-shownQuarters {
			rows = append(rows, auditRow(q.Quarter.String(), q))
		} else {
			others.Sum(q)
		}
	}
	if others.Listed > 0 {
		t.add(auditRow("others", others)...)
	}
	for _, r := range rows {
		t.add(r...)
	}
	return t
}

func auditRow(name string, q crawl.QuarterAudit) []string {
	if name == "" {
		name = "none"
	}
	return []string{name, count(q.Listed), count(q.Recorded), blankZero(q.Deferred), blankZero(q.Rejected), blankZero(q.Withdrawn),
		count(q.Archived), blankZero(q.Differences)}
}

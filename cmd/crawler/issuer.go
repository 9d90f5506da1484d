package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index/filter"
)

const issuerLong = `Fetches everything that issuers ever filed on the chosen forms: every 8-K since 1993
unless --form, --all-forms or --from say otherwise. Issuers are named by CIK or
ticker.

What there is comes from the listing that data.sec.gov keeps of each issuer,
which is current within seconds: one request, and one for each older page that
the range needs. Up to 20 issuers are asked for in this way, more by EDGAR's
own listings. Filings of other forms than 8-K are kept and found like others;
no items are read in them.

With --out the filings are also laid out, as folders of files that open without a
program: documents under their own names, pictures and PDFs decoded,
filing.json and an index.html in each. What is there already is left alone, and
what is held is laid out even when SEC refuses us or there is no network.

What sync is meant to cover does not change.`

const issuerExample = `  crawler issuer AAPL
  crawler issuer 320193 MSFT --from 2010Q1 --dry-run
  crawler issuer AAPL --form 10-K --form 10-Q --out ~/filings`

// issuerCommand makes a pass over issuers.
type issuerCommand struct {
	syncCommand
	allForms bool
	out      string
}

func newIssuer(a *app) *cobra.Command {
	i := &issuerCommand{syncCommand: syncCommand{app: a}}
	cmd := &cobra.Command{
		Use:     "issuer CIK|TICKER…",
		Short:   "Fetch all that an issuer ever filed",
		Long:    issuerLong,
		Example: issuerExample,
		Args:    needIssuers,
		RunE:    does(i.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.Var(&i.forms, "form", "only this `TYPE` exactly, such as 8-K/A (repeatable; default all eight types of 8-K)")
	completeWith(cmd, "form", currentReports()...)
	f.BoolVar(&i.allForms, "all-forms", false, "filings of every type")
	f.StringVar(&i.from, "from", "", "first filing `DAY`: 2024-01-31, 2024Q1, 2024, or a span ago such as 7d (default the first)")
	f.StringVar(&i.to, "to", "", "last filing `DAY` (default today)")
	f.IntVar(&i.limit, "limit", 0, "fetch at most `N` filings")
	f.BoolVar(&i.dryRun, "dry-run", false, "say what a pass would ask for and keep, and fetch no filing")
	f.BoolVar(&i.wait, "wait", false, "when SEC says we were too fast, or the disk is full, wait and go on instead of ending")
	f.StringVar(&i.out, "out", "", "lay the filings out as plain files below `DIR`")
	f.BoolVar(&i.retryNow, "retry-now", false, "try deferred filings at once")
	f.BoolVar(&i.retryRejected, "retry-rejected", false, "try rejected filings again")
	f.BoolVar(&i.complete, "complete", false, "fetch filings of the range again whose copy was cut (archive.keep: text), and keep all of them")
	f.BoolVar(&i.accept, "accept-withdrawals", false, "withdraw what the issuers' listings no longer have, however much that is")
	f.BoolVar(&i.yes, "yes", false, "go ahead with more than 50,000 filings")
	cmd.MarkFlagsMutuallyExclusive("form", "all-forms")
	cmd.MarkFlagsMutuallyExclusive("out", "dry-run")
	return cmd
}

func needIssuers(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name at least one issuer, by CIK or ticker")
	}
	for _, w := range args {
		if _, err := edgar.ParseCIK(w); err != nil && !isTicker(w) {
			return fmt.Errorf("%q is neither a CIK, as 320193, nor a ticker, as AAPL or BRK-B", w)
		}
	}
	return cmp.Or(exclusive(cmd, "form", "all-forms"), exclusive(cmd, "out", "dry-run"))
}

func (i *issuerCommand) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	eff, scope, err := i.scope(cmd)
	if err != nil {
		return err
	}
	o := &order{scope: scope, issuers: args, pass: (*crawl.Crawler).Issuer}
	if !i.dryRun {
		o.after = i.finish
	}
	return i.make(ctx, cmd.Name(), eff, o)
}

// scope reads configuration and flags into what the pass is about. From when on
// the archive is kept, and of whom, does not count here.
func (i *issuerCommand) scope(cmd *cobra.Command) (*effective, crawl.Scope, error) {
	sc := crawl.Scope{Limit: i.limit, DryRun: i.dryRun, RetryNow: i.retryNow, RetryRejected: i.retryRejected, Complete: i.complete, AcceptWithdrawals: i.accept, AllForms: i.allForms}
	if err := refuseEmpty(cmd, "from", "to", "out"); err != nil {
		return nil, sc, err
	}
	if info, err := os.Stat(i.out); i.out != "" && err == nil && !info.IsDir() {
		return nil, sc, misuse("--out: %s is a file: name a directory", i.out)
	}
	if i.limit < 0 {
		return nil, sc, misuse("--limit %d: want a number from 0", i.limit)
	}
	eff, err := i.config(cmd, "forms")
	if err != nil {
		return nil, sc, err
	}
	sc.Forms = eff.Forms
	sc.From, sc.To, err = filter.Days(filter.Bound{Text: i.from, Origin: "--from"}, filter.Bound{Text: i.to, Origin: "--to"}, time.Now())
	return eff, sc, err
}

// finish says whom the pass was about, and lays their filings out.
func (i *issuerCommand) finish(ctx context.Context, h *holdings, sc crawl.Scope) (*laid, error) {
	if !i.json && !i.quiet {
		for _, c := range sc.CIKs {
			if is, ok := crawl.KeptIssuer(h.listings(), c); ok {
				fmt.Fprintln(i.app.out, issuerText(is))
			}
		}
	}
	if i.out == "" {
		return nil, nil
	}
	return i.layOut(ctx, h, sc)
}

package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index/filter"
	"example.com/edgard/vital"
)

const syncLong = `Makes one complete pass: reads EDGAR's listings, fetches the filings that are
not held yet, archives them byte for byte, parses them and puts them into the
index. A pass that is interrupted anywhere is finished by the next one, and a
pass with nothing new fetches nothing.

SEC wants to know who asks: give --user-agent your name and e-mail address, or
put them into the configuration. At most 8 requests are made a second.

Without --from the pass begins at the configuration's from, else where this
archive's coverage begins, else 7 days ago. Days are filing dates in Eastern
time, and both ends belong to the range.

Exit code 3 means that this pass put off or gave up a filing, or found a listing
missing: crawler status says why. What is left from earlier passes does not count:
crawler audit judges the whole archive. 4 means that sec.gov refuses us; the
message, and "until" of --json, say until when.`

const syncExample = `  crawler sync --user-agent "Jane Doe jane@doe.org"
  crawler sync --from 2024Q1 --to 2024Q2 --dry-run
  crawler sync --ticker AAPL --from 2010Q1`

// syncCommand makes one pass.
type syncCommand struct {
	*app
	issuerFlags
	from, to      string
	forms         wordList
	limit         int
	dryRun        bool
	wait          bool
	retryNow      bool
	retryRejected bool
	complete      bool
	accept        bool
	yes           bool
	state         string // state directory, "" for the user's
	signs         *vital.Signs
}

func newSync(a *app) *cobra.Command {
	s := &syncCommand{app: a}
	cmd := &cobra.Command{
		Use:     "sync",
		Short:   "Fetch what is new, in one complete pass",
		Long:    syncLong,
		Example: syncExample,
		Args:    noArguments,
		RunE:    does(s.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&s.from, "from", "", "first filing `DAY`: 2024-01-31, 2024Q1, 2024, or a span ago such as 7d")
	f.StringVar(&s.to, "to", "", "last filing `DAY` (default today)")
	f.Var(&s.forms, "form", "only this `TYPE` exactly, such as 8-K/A (repeatable; default all eight types of 8-K)")
	completeWith(cmd, "form", currentReports()...)
	s.register(f)
	f.IntVar(&s.limit, "limit", 0, "fetch at most `N` filings")
	f.BoolVar(&s.dryRun, "dry-run", false, "say what a pass would ask for and keep, and fetch no filing")
	f.BoolVar(&s.wait, "wait", false, "when SEC says we were too fast, or the disk is full, wait and go on instead of ending")
	f.BoolVar(&s.retryNow, "retry-now", false, "try deferred filings at once")
	f.BoolVar(&s.retryRejected, "retry-rejected", false, "try rejected filings again")
	f.BoolVar(&s.complete, "complete", false, "fetch filings of the range again whose copy was cut (archive.keep: text), and keep all of them")
	f.BoolVar(&s.accept, "accept-withdrawals", false, "withdraw what a rebuilt listing no longer has, however much that is")
	f.BoolVar(&s.yes, "yes", false, "go ahead with more than 50,000 filings")
	return cmd
}

func (s *syncCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	eff, scope, err := s.scope(cmd)
	if err != nil {
		return err
	}
	return s.make(ctx, cmd.Name(), eff, &order{scope: scope, issuers: eff.Issuers, pass: (*crawl.Crawler).Sync})
}

// order is a pass that a command asks for, and what it does with the outcome.
type order struct {
	scope   crawl.Scope
	issuers []string // CIKs and tickers
	pass    func(*crawl.Crawler, context.Context, crawl.Scope) (crawl.Report, error)

	after func(context.Context, *holdings, crawl.Scope) (*laid, error) // unless the pass was misused or called off; may be nil
}

// make makes a pass over the data directory, and prints what came of it.
func (s *syncCommand) make(ctx context.Context, name string, eff *effective, o *order) error {
	if eff.UserAgent == "" {
		return misuse("%s", noUserAgent)
	}
	h, err := openHoldings(eff.Data, name, s.logger(eff))
	if err != nil {
		return err
	}
	defer h.Close()
	c, err := s.crawler(eff, h)
	if err != nil {
		return err
	}
	ask := &agreement{app: s.app, dir: h.dir, yes: s.yes, rate: eff.Rate}
	o.scope.Confirm = ask.confirm
	rep, err := o.make(ctx, c)
	if ctx.Err() != nil {
		s.note("all that was recorded is kept; the next pass goes on from here")
	}
	var misused *crawl.MisuseError
	switch {
	case errors.Is(err, crawl.ErrNotConfirmed):
		return misuse("more than %s filings are ahead: add --yes once to go ahead; nothing was fetched", count(manyFilings))
	case errors.As(err, &misused):
		return err
	case err == nil && settles(o.scope, rep):
		ask.forget()
	}
	var out *laid
	if o.after != nil && ctx.Err() == nil {
		var aerr error
		out, aerr = o.after(ctx, h, o.scope)
		err = errors.Join(err, aerr)
	}
	return errors.Join(err, s.summarise(o.scope, rep, out, err))
}

// make finds out whom the pass is about and makes it; its report is valid whatever
// the error.
func (o *order) make(ctx context.Context, c *crawl.Crawler) (rep crawl.Report, err error) {
	if o.scope.CIKs, err = issuersOf(ctx, c, o.issuers); err != nil {
		return rep, err
	}
	return o.pass(c, ctx, o.scope)
}

const noUserAgent = `sec.gov wants to know who asks, and refuses whoever does not say: give your name and e-mail address
  crawler sync --user-agent "Jane Doe jane@doe.org"
or set EDGARD_USER_AGENT, or user_agent in edgard.yaml`

// scope reads configuration and flags into what the pass is about.
func (s *syncCommand) scope(cmd *cobra.Command) (*effective, crawl.Scope, error) {
	sc := crawl.Scope{Limit: s.limit, DryRun: s.dryRun, RetryNow: s.retryNow, RetryRejected: s.retryRejected, Complete: s.complete, AcceptWithdrawals: s.accept}
	if err := refuseEmpty(cmd, "from", "to"); err != nil {
		return nil, sc, err
	}
	if err := s.check(); err != nil {
		return nil, sc, err
	}
	if s.limit < 0 {
		return nil, sc, misuse("--limit %d: want a number from 0", s.limit)
	}
	eff, err := s.config(cmd, "from", "forms", "issuers")
	if err != nil {
		return nil, sc, err
	}
	sc.Forms = eff.Forms
	sc.AdHoc = narrowed(cmd)
	now := time.Now()
	sc.From, sc.To, err = filter.Days(filter.Bound{Text: eff.From, Origin: eff.origin["from"]}, filter.Bound{Text: s.to, Origin: "--to"}, now)
	if today := edgar.DateOf(now); err == nil && today.Before(sc.From) {
		err = misuse("%s: %s is still to come", eff.origin["from"], sc.From)
	}
	return eff, sc, err
}

// narrowed reports whether flags of cmd ask for less than the archive is kept for.
func narrowed(cmd *cobra.Command) bool {
	return slices.ContainsFunc([]string{"form", "cik", "ticker"}, cmd.Flags().Changed)
}

func (s *syncCommand) crawler(eff *effective, h *holdings) (*crawl.Crawler, error) {
	state := s.state
	if state == "" {
		var err error
		if state, err = stateDir(s.getenv); err != nil {
			return nil, err
		}
	}
	token, err := baseToken(eff)
	if err != nil {
		return nil, err
	}
	line := &progressLine{out: s.err}
	cfg := crawl.Config{
		UserAgent: eff.UserAgent, BaseURL: eff.BaseURL, Token: token, Rate: eff.Rate, Patient: s.wait,
		StateDir: state, ListingsDir: h.listings(), Index: h.store, Archive: h.archive, KeepText: eff.keepsText(), Log: s.logger(eff), Signs: s.signs,
	}
	if s.err.term.tty && !s.quiet {
		cfg.Progress = line.show
	}
	return crawl.New(cfg)
}

// issuersOf turns CIKs and tickers into CIKs.
func issuersOf(ctx context.Context, c *crawl.Crawler, issuers []string) ([]edgar.CIK, error) {
	var ciks []edgar.CIK
	var tickers []string
	for _, w := range issuers {
		if cik, err := edgar.ParseCIK(w); err == nil {
			ciks = append(ciks, cik)
		} else {
			tickers = append(tickers, w)
		}
	}
	if len(tickers) == 0 {
		return ciks, nil
	}
	more, err := c.Tickers(ctx, tickers)
	return append(ciks, more...), err
}

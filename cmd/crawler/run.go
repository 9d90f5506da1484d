package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/serve"
	"example.com/edgard/vital"
)

const runLong = `Keeps the archive current until it is stopped: follows EDGAR's live feed, makes
a pass each night, and reconciles what SEC rebuilds each week. After downtime it
first catches up. When SEC refuses it for a while, it waits.

SIGTERM or SIGINT stop it within five seconds, with everything so far kept and
exit code 0. SIGHUP makes it read the configuration again: rate, from, forms,
issuers, feeds and log.level take effect at once, the other keys after a
restart. A configuration with mistakes is refused, and the one in effect stays.
On a terminal SIGHUP means that the terminal has gone, and stops it.

It serves pages and API at 127.0.0.1:8080, or where --listen says; off for none.
crawler serve --help says what another address needs.

While it runs, list, show, export, status, audit, verify, backup and doctor read the
index through it; other commands that work on the data directory are refused.

Without --from it begins at the configuration's from, else where this archive's
coverage begins, else 7 days ago. It does not ask before it fetches: the log says
when more than 50,000 filings are ahead, and sync --dry-run says so beforehand.`

const runExample = `  crawler run --user-agent "Jane Doe jane@doe.org"
  crawler run --config /etc/edgard/edgard.yaml
  crawler run --from 2024Q1 --ticker AAPL`

// runCommand is the daemon.
type runCommand struct {
	*app
	issuerFlags
	from  string
	forms wordList
}

func newRun(a *app) *cobra.Command {
	r := &runCommand{app: a}
	cmd := &cobra.Command{
		Use:     "run",
		Short:   "Keep the archive current, until stopped",
		Long:    runLong,
		Example: runExample,
		Args:    noArguments,
		RunE:    does(r.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&r.from, "from", "", "first filing `DAY`: 2024-01-31, 2024Q1, 2024, or a span ago such as 7d")
	f.Var(&r.forms, "form", "only this `TYPE` exactly, such as 8-K/A (repeatable; default all eight types of 8-K)")
	completeWith(cmd, "form", currentReports()...)
	r.register(f)
	listenFlags(f)
	return cmd
}

func (r *runCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	hups := hangUps(r.err.term)
	defer signal.Stop(hups)
	eff, err := r.configuration(cmd)
	if err != nil {
		return err
	}
	if eff.UserAgent == "" {
		return misuse("%s", noUserAgent)
	}
	level := zap.NewAtomicLevelAt(r.level(eff))
	log := r.loggerAt(level, eff.Log.Format)
	h, err := openHoldings(eff.Data, cmd.Name(), log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	signs := new(vital.Signs)
	pages, err := r.site(ctx, eff, h, signs, log)
	if err != nil {
		return err
	}
	r.stopping.daemon.Store(true)
	s := &service{
		app: r.app, log: log, level: level, eff: eff, manager: newManager(log), signs: signs, adHoc: narrowed(cmd),
		hups: hups, read: func() (*effective, error) { return r.configuration(cmd) },
	}
	stopping := sync.OnceFunc(s.manager.stopping)
	defer context.AfterFunc(ctx, stopping)()
	log.Info("crawler run began", zap.String("version", thisBuild().Version), zap.String("data", eff.Data), zap.String("from", eff.From),
		zap.Strings("issuers", eff.Issuers), zap.Float64("rate", eff.Rate), zap.Strings("feeds", liveFeeds(eff.Feeds)))
	err = pages.beside(ctx, log, func(ctx context.Context) error { return s.crawl(ctx, h) })
	if ctx.Err() != nil {
		stopping() // not to end before the manager was told
		log.Info("crawler run ended, with everything so far kept", zap.NamedError("cause", context.Cause(ctx)))
		return nil // being stopped is how it ends
	}
	return err
}

// site is what the daemon serves, nil when it listens nowhere.
func (r *runCommand) site(ctx context.Context, eff *effective, h *holdings, signs *vital.Signs, log *zap.Logger) (*site, error) {
	if eff.Listen == "off" {
		return nil, nil
	}
	secret, err := r.token(eff)
	if err != nil {
		return nil, err
	}
	return r.newSite(ctx, eff, secret, serve.Config{Index: index.Of(h.index), Archive: h.archive, Signs: signs, Log: log})
}

// configuration reads what the daemon is told by flags, variables and file.
func (r *runCommand) configuration(cmd *cobra.Command) (*effective, error) {
	if err := refuseEmpty(cmd, "from", "listen", "token-file"); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return r.config(cmd, append(listenKeys(), "from", "forms", "issuers")...)
}

// service is the daemon at work.
type service struct {
	*app
	log     *zap.Logger
	adHoc   bool // flags narrow the scope of what the archive is kept for
	level   zap.AtomicLevel
	manager *manager
	hups    <-chan os.Signal
	signs   *vital.Signs
	read    func() (*effective, error) // the configuration, anew

	eff     *effective // in effect
	crawler *crawl.Crawler
	first   edgar.Date // what eff.From meant when it was read, zero for nothing
}

// crawl keeps the archive current until ctx ends.
func (s *service) crawl(ctx context.Context, h *holdings) (err error) {
	state, err := stateDir(s.getenv)
	if err != nil {
		return err
	}
	base := s.eff.BaseURL // never changes
	show := &vitals{
		app: s.app, manager: s.manager, line: progressLine{out: s.err},
		cooling: func() (crawl.Allowance, error) { return crawl.ReadAllowance(state, base) },
	}
	token, err := baseToken(s.eff)
	if err != nil {
		return err
	}
	s.crawler, err = crawl.New(crawl.Config{
		UserAgent: s.eff.UserAgent, BaseURL: s.eff.BaseURL, Token: token, Rate: s.eff.Rate, Patient: true, StateDir: state,
		ListingsDir: h.listings(), Index: h.store, Archive: h.archive, KeepText: s.eff.keepsText(), Log: s.log, Progress: show.progress, Signs: s.signs,
	})
	if err != nil {
		return err
	}
	settings, err := s.settings(ctx, s.eff)
	if err != nil {
		return err
	}
	reload, wait := s.untilReloads(ctx)
	defer wait()
	return s.crawler.Run(ctx, crawl.Daemon{Settings: settings, Reload: reload, Ready: s.manager.ready, Alive: show.alive})
}

// settings is what eff says of the things that may change while the daemon runs. A
// span such as 7d counts from when it was first read.
func (s *service) settings(ctx context.Context, eff *effective) (crawl.Settings, error) {
	var err error
	set := crawl.Settings{Feeds: liveFeeds(eff.Feeds), Rate: eff.Rate}
	set.Scope.Forms = eff.Forms
	set.Scope.AdHoc = s.adHoc
	set.Scope.Confirm = s.announce
	if set.Scope.From = s.first; s.first.IsZero() || eff.From != s.eff.From {
		if set.Scope.From, _, err = filter.Days(filter.Bound{Text: eff.From, Origin: eff.origin["from"]}, filter.Bound{}, time.Now()); err != nil {
			return set, err
		}
	}
	set.Scope.CIKs, err = issuersOf(ctx, s.crawler, eff.Issuers)
	if err == nil {
		s.first = set.Scope.From
	}
	return set, err
}

// announce says what a pass is about to do, and lets it.
func (s *service) announce(p crawl.Plan) bool {
	switch {
	case p.Filings > manyFilings:
		s.log.Warn("much is ahead: " + planText(p))
	case p.Filings > 0:
		s.log.Info("pass planned: " + planText(p))
	}
	return true
}

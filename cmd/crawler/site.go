package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"

	"go.uber.org/zap"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/serve/guard"
)

// site is the pages and the API at an address.
type site struct {
	guard *guard.Server
	pages *serve.Server
}

// newSite binds the address of eff, for what cfg shows, and serves nothing yet. What
// every site is told the same is filled in.
func (a *app) newSite(ctx context.Context, eff *effective, secret string, cfg serve.Config) (*site, error) {
	b := thisBuild()
	cfg.Build = serve.Build{Version: b.Version, Commit: b.Commit, Date: b.Date}
	cfg.Read = func(ix index.Reader, acc edgar.Accession, revision int) (*parse.Filing, error) {
		return crawl.ReadReport(ix, cfg.Archive, acc, revision)
	}
	cfg.Environment = environment(eff, filepath.Dir(cfg.Archive.Dir()))
	cfg.Pauses = func() ([]serve.Pause, error) { return a.pauses(eff) }
	pages, err := serve.New(cfg)
	if err != nil {
		return nil, err
	}
	g, err := guard.Listen(ctx, eff.Listen, guard.Config{Token: secret, Hosts: eff.Hosts, Open: []string{"/livez"}, Refuse: pages.Refuse, Log: cfg.Log})
	if err != nil {
		return nil, errors.Join(explainListen(eff, err), pages.Close())
	}
	return &site{g, pages}, nil
}

// explainListen says what to do about an address that cannot be had.
func explainListen(eff *effective, err error) error {
	var open *guard.OpenError
	switch {
	case errors.As(err, &open):
		return misuse("%s: %w: put one into a file and name it with --token-file, or into the variable %s", eff.origin["listen"], err, tokenVariable)
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%w: another program, perhaps another crawler, listens there: stop it, or choose another port, such as --listen 127.0.0.1:8081", err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return misuse("%s: %w: this machine has no such address", eff.origin["listen"], err)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%w: ports below 1024 are for root: choose a higher one with --listen", err)
	}
	return err
}

// run serves until ctx ends.
func (s *site) run(ctx context.Context) error {
	return errors.Join(s.guard.Serve(ctx, s.pages), s.pages.Close())
}

// beside serves while work is done, and until that ends; when serving fails, work is
// ended. nil serves nothing. 2 ⇒ 1.
func (s *site) beside(ctx context.Context, log *zap.Logger, work func(context.Context) error) error {
	if s == nil {
		return work(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	log.Info("pages and API are served", zap.String("url", s.guard.URL()))
	served := make(chan error, 1)
	go func() {
		defer cancel()
		served <- s.run(ctx)
	}()
	err := work(ctx)
	cancel()
	return cmp.Or(<-served, err)
}

// close lets go of the address of a site that was not run.
func (s *site) close() error { return errors.Join(s.guard.Close(), s.pages.Close()) }

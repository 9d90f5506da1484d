package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/edgard/harmless"
	"example.com/edgard/serve"
)

const serveLong = `Serves pages and API over an archive, read-only, without crawling, until it is
stopped. It does not keep others from writing: while run, sync or another
command works on the same data directory, it reads the index through that one.
While compact or reindex works there, which share nothing, it answers 503.

It listens on this machine alone, at 127.0.0.1:8080, unless told otherwise. An
address that other machines can reach must be stated, and needs a token: in a
file (--token-file), or in the variable EDGARD_TOKEN. Programs send it as
Authorization: Bearer TOKEN, browsers as the password of any user. The names
under which browsers reach the server there must be given with --host.

SIGTERM or SIGINT stop it within five seconds, with exit code 0.`

const serveExample = `  crawler serve
  crawler serve --listen 127.0.0.1:9000 --data /srv/edgard
  crawler serve --listen 0.0.0.0:8080 --token-file token --host edgard.example.com`

// serveCommand serves pages and API.
type serveCommand struct{ *app }

func newServe(a *app) *cobra.Command {
	s := &serveCommand{a}
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Pages and API over an archive, without crawling",
		Long:    serveLong,
		Example: serveExample,
		Args:    noArguments,
		RunE:    does(s.run),
	}
	listenFlags(cmd.Flags())
	return cmd
}

// listenFlags are those of commands that serve.
func listenFlags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.String("listen", "", "serve pages and API at `ADDRESS` (default 127.0.0.1:8080; off for none)")
	f.Var(new(wordList), "host", "a `NAME` under which browsers reach it, besides localhost (repeatable)")
	f.String("token-file", "", "require the token in `FILE` of every request")
}

// listenKeys are the keys that listenFlags set.
func listenKeys() []string { return []string{"listen", "hosts", "token_file"} }

func (s *serveCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	if err := refuseEmpty(cmd, "listen", "token-file"); err != nil {
		return err
	}
	eff, err := s.config(cmd, listenKeys()...)
	if err != nil {
		return err
	}
	if eff.Listen == "off" {
		return misuse("%s: listen is off: serve does nothing but listen", eff.origin["listen"])
	}
	secret, err := s.token(eff)
	if err != nil {
		return err
	}
	log := s.logger(eff)
	g, err := visitFor(ctx, eff.Data, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	pages, err := s.newSite(ctx, eff, secret, serve.Config{Index: g.ask, Archive: g.archive, Log: log})
	if err != nil {
		return err
	}
	s.stopping.daemon.Store(true)
	if err := s.announce(pages, eff.Data); err != nil {
		return errors.Join(err, pages.close())
	}
	manager := newManager(log)
	manager.ready()
	defer context.AfterFunc(ctx, sync.OnceFunc(manager.stopping))()
	return pages.run(ctx)
}

// announce says where pages are found.
func (a *app) announce(s *site, dir string) error {
	if a.json {
		return a.printJSON(struct {
			URL string `json:"url"`
		}{s.guard.URL()})
	}
	if a.quiet {
		return nil
	}
	_, err := fmt.Fprintf(a.out, "%s is served at %s until this is stopped (Ctrl-C)\n", harmless.Line(dir), s.guard.URL())
	return err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/serve"
	"example.com/edgard/vital"
)

const demoLong = `Shows the whole thing without network or configuration: a small EDGAR in
memory, on a loopback address, is crawled for real into a temporary directory,
and what a user would look at is printed. A second pass then shows that nothing
is fetched twice.

Companies and filings of that EDGAR are invented. With --corpus DIR it serves
the submissions below DIR instead. With --data DIR what was fetched stays in
DIR, for the other commands to read. With --serve pages and API stay up over it
at the end, on this machine alone, until Ctrl-C.`

const demoAgent = "edgard demo demo@edgard.example"

// demoCommand crawls an EDGAR of its own.
type demoCommand struct {
	*app
	corpus string
	serve  bool
}

func newDemo(a *app) *cobra.Command {
	d := &demoCommand{app: a}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See it work, without network or configuration",
		Long:  demoLong,
		Args:  noArguments,
		RunE:  does(d.run),
	}
	cmd.Flags().StringVar(&d.corpus, "corpus", "", "serve the submissions below `DIR` instead of made ones")
	cmd.Flags().BoolVar(&d.serve, "serve", false, "keep the web pages up at the end, until Ctrl-C")
	return cmd
}

func (d *demoCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	if err := d.check(cmd); err != nil {
		return err
	}
	world, err := d.world()
	if err != nil {
		return err
	}
	base, stop, err := serveLoopback(world)
	if err != nil {
		return err
	}
	defer stop()
	eff, err := d.configuration(cmd, base)
	if err != nil {
		return err
	}
	dir, done, err := d.place(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	h, err := openHoldings(dir, cmd.Name(), d.logger(eff))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	var pages *site
	signs := new(vital.Signs)
	if d.serve {
		if pages, err = d.demoSite(ctx, eff, h, signs); err != nil {
			return err
		}
	}
	show := &demonstration{
		syncCommand: &syncCommand{app: d.app, state: filepath.Join(dir, "state"), signs: signs},
		world:       world, holdings: h, eff: eff, base: base, stays: cmd.Flags().Changed("data"), site: pages,
	}
	return show.run(ctx)
}

// demoSite is where the demo's archive is shown: where run and serve listen, or if that
// port is in use at any other.
func (d *demoCommand) demoSite(ctx context.Context, eff *effective, h *holdings, signs *vital.Signs) (*site, error) {
	cfg := serve.Config{Index: index.Of(h.index), Archive: h.archive, Signs: signs}
	s, err := d.newSite(ctx, eff, "", cfg)
	if errors.Is(err, syscall.EADDRINUSE) {
		eff.Listen = "127.0.0.1:0"
		s, err = d.newSite(ctx, eff, "", cfg)
	}
	return s, err
}

// check refuses flags that the demo could only ignore.
func (d *demoCommand) check(cmd *cobra.Command) error {
	for _, name := range []string{"base-url", "base-token-file", "user-agent", "config"} {
		if cmd.Flags().Changed(name) {
			return misuse("--%s: the demo asks an EDGAR of its own, without configuration", name)
		}
	}
	return refuseEmpty(cmd, "corpus")
}

// configuration is that of a user who asks the server at base without limit.
func (d *demoCommand) configuration(cmd *cobra.Command, base string) (*effective, error) {
	eff, err := loadConfig("", nil, append([]assignment{
		{"base_url", textValue(base), "demo"}, {"user_agent", textValue(demoAgent), "demo"},
		{"rate", textValue("0"), "demo"}, {"log.level", textValue("warn"), "demo"},
	}, flagAssignments(cmd, nil)...))
	return eff, err
}

// world makes the EDGAR to crawl.
func (d *demoCommand) world() (*edgartest.World, error) {
	if d.corpus == "" {
		return edgartest.Demo(), nil
	}
	if info, err := os.Stat(d.corpus); err != nil || !info.IsDir() {
		return nil, misuse("--corpus %s: want a directory with submissions", d.corpus)
	}
	w, err := edgartest.FromFS(os.DirFS(d.corpus))
	if err != nil {
		return nil, err
	}
	for _, s := range w.Skipped() {
		d.note("%s is no submission: %v", harmless.Line(s.Name), s.Err)
	}
	if len(w.Submissions()) == 0 {
		return nil, misuse("--corpus %s: no submissions below it", d.corpus)
	}
	return w, nil
}

// place makes the directory to crawl into: a temporary one that done removes, or
// that of --data, which must hold no archive yet and stays.
func (d *demoCommand) place(cmd *cobra.Command) (dir string, done func() error, err error) {
	if f := cmd.Flags().Lookup("data"); f != nil && f.Changed {
		dir = f.Value.String()
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			return "", nil, misuse("--data %s: is not empty, and the demo's filings must not mix with others", dir)
		}
		return dir, func() error { return nil }, nil
	}
	dir, err = os.MkdirTemp("", "edgard-demo-")
	return dir, func() error { return os.RemoveAll(dir) }, err
}

// serveLoopback serves h on a free port of the loopback address.
func serveLoopback(h http.Handler) (base string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listening on loopback: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = srv.Serve(l) // ends with ErrServerClosed
	}()
	return "http://" + l.Addr().String(), func() { _ = srv.Close(); <-ended }, nil
}

// earliest is the day of the first filing that the world holds.
func earliest(w *edgartest.World) edgar.Date {
	var first edgar.Date
	for _, s := range w.Submissions() {
		if first.IsZero() || s.Filed.Before(first) {
			first = s.Filed
		}
	}
	return first
}

// wholeOf is everything that the world holds.
func wholeOf(w *edgartest.World) crawl.Scope {
	return crawl.Scope{From: earliest(w), Forms: edgar.CurrentReports()}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

const importLong = `Takes submissions that you already have into archive and index, without network:
files, and folders with everything below them, of .txt and .nc submissions,
compressed with gzip or zstd or not, of several submissions in one file (EDGAR's
Oldloads), and tar files such as the .nc.tar.gz of EDGAR's Feed. The first bytes
of a file decide what it is, not its name.

Each submission passes the checks of a fetch: whole, with its end mark, and of
a form that is kept; of a truncated file, what came before is taken. Other forms
are skipped, and so are a Feed's corrections, symbolic links, and hidden names
below a folder. What is recorded already stays as it is. Repeated, an interrupted
import resumes where it stopped.

An import does not change the day from which the archive is meant to be complete:
sync continues as it would have, and fetches nothing that was imported.`

const importExample = `  crawler import ~/filings
  crawler import --from 2023Q1 20240102.nc.tar.gz 20240103.nc.tar.gz
  crawler import --form 10-K --cik 320193 0000320193-23-000106.txt`

// importCommand takes files into archive and index.
type importCommand struct {
	*app
	issuerFlags
	from, to string
	forms    wordList
}

func newImport(a *app) *cobra.Command {
	c := &importCommand{app: a}
	cmd := &cobra.Command{
		Use:     "import PATH…",
		Short:   "Take submissions from files, without network",
		Long:    importLong,
		Example: importExample,
		Args:    needPaths,
		RunE:    does(c.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&c.from, "from", "", "only filed on this `DAY` or later: 2024-01-31, 2024Q1, 2024, 7d (default any)")
	f.StringVar(&c.to, "to", "", "only filed on this `DAY` or earlier")
	f.Var(&c.forms, "form", "only this `TYPE` exactly, such as 8-K/A (repeatable; default all eight types of 8-K)")
	completeWith(cmd, "form", currentReports()...)
	c.register(f)
	return cmd
}

func needPaths(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name at least one file or folder to import")
	}
	return nil
}

func (c *importCommand) run(ctx context.Context, cmd *cobra.Command, paths []string) error {
	eff, scope, err := c.scope(cmd)
	if err != nil {
		return err
	}
	if eff.origin["log.level"] == "default" {
		eff.Log.Level = "warn" // a line for each filing tells nothing here
	}
	log := c.logger(eff)
	h, err := openHoldings(eff.Data, cmd.Name(), log)
	if err != nil {
		return err
	}
	defer h.Close()
	if scope.CIKs, err = knownIssuers(h.store, eff.Issuers); err != nil {
		return err
	}
	cfg := crawl.Config{Index: h.store, Archive: h.archive, KeepText: eff.keepsText(), Log: log}
	if c.err.term.tty && !c.quiet {
		cfg.Progress = (&importLine{out: c.err}).show
	}
	rep, err := crawl.Import(ctx, cfg, paths, scope)
	if ctx.Err() != nil {
		c.note("all that was recorded is kept; the same import again goes on from here")
	}
	var misused *crawl.MisuseError
	if errors.As(err, &misused) {
		return err
	}
	return errors.Join(err, c.summarise(rep, err))
}

// scope reads configuration and flags into what is to be taken.
func (c *importCommand) scope(cmd *cobra.Command) (*effective, crawl.Scope, error) {
	var sc crawl.Scope
	if err := refuseEmpty(cmd, "from", "to"); err != nil {
		return nil, sc, err
	}
	if err := c.check(); err != nil {
		return nil, sc, err
	}
	eff, err := c.config(cmd, "forms", "issuers")
	if err != nil {
		return nil, sc, err
	}
	sc.Forms = eff.Forms
	sc.From, sc.To, err = filter.Days(filter.Bound{Text: c.from, Origin: "--from"}, filter.Bound{Text: c.to, Origin: "--to"}, time.Now())
	return eff, sc, err
}

// knownIssuers turns CIKs and tickers into CIKs, by the tickers that a pass has
// learnt.
func knownIssuers(ix *index.Store, issuers []string) (ciks []edgar.CIK, err error) {
	for _, w := range issuers {
		cik, err := edgar.ParseCIK(w)
		if err != nil {
			if cik, err = ix.Ticker(w); err != nil {
				return nil, misuse("--ticker: %w: sync --ticker %s learns it, or give --cik", err, harmless.Line(w))
			}
		}
		ciks = append(ciks, cik)
	}
	return ciks, nil
}

// summarise prints what an import did, also one that ended early with err, and
// returns the exit code that the report itself calls for.
func (c *importCommand) summarise(rep crawl.Report, err error) error {
	var werr error
	switch {
	case c.json:
		werr = c.printJSON(rep)
	case !c.quiet:
		_, werr = fmt.Fprint(c.out, importText(rep))
	default:
		for _, f := range rep.Faults {
			fmt.Fprintf(c.err, "crawler: not imported: %s\n", harmless.Line(f))
		}
	}
	if werr == nil && err == nil && rep.Differs() {
		return quietly(exitDiffers)
	}
	return werr
}

// importText is the summary of an import for people.
func importText(r crawl.Report) string {
	var b strings.Builder
	d := time.Duration(r.Seconds * float64(time.Second))
	fmt.Fprintf(&b, "%s, %s, read in %s\n", plural(r.Files, "file"), size(r.Bytes), took(d))
	fmt.Fprintf(&b, "%s of the forms and filers wanted, %s passed over\n", plural(r.Listed, "submission"), count(r.PassedOver))
	fmt.Fprintf(&b, "%s recorded", count(r.Recorded))
	for _, x := range []struct {
		n    int
		word string
	}{{r.Known, "known already"}, {r.Rejected, "rejected"}} {
		if x.n > 0 {
			fmt.Fprintf(&b, ", %s %s", count(x.n), x.word)
		}
	}
	b.WriteByte('\n')
	if r.Events > 0 {
		fmt.Fprintf(&b, "%s of the Feed (corrections, deletions, private filings made public) passed over: sync learns of them from the listings\n", plural(r.Events, "event"))
	}
	if r.Unread > 0 {
		fmt.Fprintf(&b, "%s could not be read to the end: the log says which\n", plural(r.Unread, "file"))
	}
	return b.String()
}

// importLine turns the reports of an import into the line at the foot of a
// terminal.
type importLine struct {
	out   *console
	drawn time.Time
}

func (l *importLine) show(p crawl.Progress) {
	if p.Stage == crawl.StageDone {
		l.out.progress("")
		return
	}
	if now := time.Now(); now.Sub(l.drawn) >= redraw {
		l.drawn = now
		l.out.progress(importProgress(p, now.Sub(p.Started), l.out.term))
	}
}

// importProgress is the line for p, elapsed after the import began.
func importProgress(p crawl.Progress, elapsed time.Duration, t *terminal) string {
	parts := []string{"files " + count(p.Files), "filings " + count(p.Recorded)}
	for _, x := range []struct {
		n    int
		word string
	}{{p.Known, "known"}, {p.PassedOver, "passed over"}, {p.Rejected, "rejected"}} {
		if x.n > 0 {
			parts = append(parts, count(x.n)+" "+x.word)
		}
	}
	if s := elapsed.Seconds(); s > 0.5 {
		parts = append(parts, fmt.Sprintf("%.0f/s", float64(p.Recorded+p.Known)/s), size(int64(float64(p.Bytes)/s))+"/s")
	}
	return cut(strings.Join(parts, gap), t.columns(pageWidth)-1)
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/edgard/crawl"
	"example.com/edgard/edgartest"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// demonstration is a demo under way: two passes, and a look at what they left.
type demonstration struct {
	*syncCommand
	world    *edgartest.World
	holdings *holdings
	eff      *effective
	base     string
	stays    bool  // the data directory is the user's
	site     *site // stays up at the end; nil for none
}

// bothPasses is the summary as JSON.
type bothPasses struct {
	crawl.Report
	Again crawl.Report `json:"again"`
	URL   string       `json:"url,omitempty"` // of what is served from now on
}

func (d *demonstration) run(ctx context.Context) error {
	if d.site == nil {
		return d.passes(ctx)
	}
	err := d.passes(ctx)
	var c *coded
	if err != nil && !errors.As(err, &c) { // what differs can still be looked at
		return errors.Join(err, d.site.close())
	}
	d.stopping.daemon.Store(true)
	return errors.Join(err, d.site.run(ctx))
}

// url is where the archive is shown, "" for nowhere.
func (d *demonstration) url() string {
	if d.site == nil {
		return ""
	}
	return d.site.guard.URL()
}

// passes makes both passes and shows what they left.
func (d *demonstration) passes(ctx context.Context) error {
	scope := wholeOf(d.world)
	d.introduce()
	d.command("crawler sync --from %s --base-url %s", scope.From, d.base)
	first, err := d.pass(ctx, scope)
	if err == nil {
		err = d.look(ctx)
	}
	var again crawl.Report
	if err == nil {
		d.say("\nAgain: what is held is not fetched twice.\n")
		d.command("crawler sync --from %s --base-url %s", scope.From, d.base)
		again, err = d.pass(ctx, scope)
	}
	d.stopping.daemon.Store(d.site != nil && err == nil) // before it is said: whoever reads it may stop us
	if d.json {
		err = errors.Join(err, d.printJSON(bothPasses{first, again, d.url()}))
	} else if err == nil {
		d.next()
	}
	if err == nil && (first.Differs() || again.Differs()) {
		return quietly(exitDiffers)
	}
	return err
}

// introduce says what is what; a command after a $ is not typed anywhere.
func (d *demonstration) introduce() {
	d.say("An EDGAR with %s listens on %s.\nNothing leaves this machine.\n", plural(len(d.world.Submissions()), "submission"), d.base)
	if d.stays {
		d.say("After each $ stands a command and what it prints. The archive stays in %s.\n", harmless.Line(d.holdings.dir))
		return
	}
	d.say("After each $ stands a command and what it prints. Here they run on a temporary directory,\nwhich is removed at the end; typed into a shell they would run on ./edgard-data.\n")
}

// pass makes one pass and prints what it did.
func (d *demonstration) pass(ctx context.Context, scope crawl.Scope) (crawl.Report, error) {
	c, err := d.crawler(d.eff, d.holdings)
	if err != nil {
		return crawl.Report{}, err
	}
	if !d.json {
		scope.Confirm = d.plan
	}
	rep, err := c.Sync(ctx, scope)
	if err == nil && !d.json {
		_, err = io.WriteString(d.out, reportText(rep))
	}
	return rep, err
}

// plan prints what the pass is about to do, in place of the progress line.
func (d *demonstration) plan(p crawl.Plan) bool {
	d.err.progress("")
	for _, line := range wrap(planText(p), d.out.columns(pageWidth)) {
		d.say("%s\n", line)
	}
	return true
}

// look prints the newest filings, one of them, and the status.
func (d *demonstration) look(ctx context.Context) error {
	if d.json || d.quiet {
		return nil
	}
	d.command("crawler list --limit 12")
	silent := *d.app
	silent.quiet = true
	list := &listCommand{app: &silent, limit: 12}
	if err := list.pages(ctx, list.filings(d.holdings.index.Find, index.Query{})); err != nil {
		return err
	}
	if err := d.showOne(); err != nil {
		return err
	}
	d.command("crawler status")
	r, err := d.holdings.report(d.eff)
	if err != nil {
		return err
	}
	return (&statusCommand{app: d.app}).print(r)
}

// showOne shows a filing with a press release, and the beginning of that.
func (d *demonstration) showOne() error {
	p, err := d.holdings.index.Find(index.Query{Limit: 100})
	if err != nil || len(p.Filings) == 0 {
		return err
	}
	chosen := p.Filings[0]
	for _, f := range p.Filings {
		if pressRelease(f) != nil {
			chosen = f
			break
		}
	}
	f, err := d.holdings.held(chosen.Accession, 0)
	if err != nil {
		return err
	}
	d.command("crawler show %s", f.Accession)
	err = d.beginning(40, func(a *app) error { return (&showCommand{app: a}).printPage(f) })
	if x := pressRelease(f.Filing); err == nil && x != nil {
		d.command("crawler show %s --exhibit %s", f.Accession, x.Number)
		err = d.beginning(14, func(a *app) error { return (&showCommand{app: a}).printDocument(f, x.Document) })
	}
	return err
}

// pressRelease returns the first attached exhibit of the 99 series, or nil.
func pressRelease(f *parse.Filing) *parse.Exhibit {
	for i, x := range f.Exhibits {
		if strings.HasPrefix(x.Number, "99") && x.Document > 0 {
			return &f.Exhibits[i]
		}
	}
	return nil
}

// beginning prints the first lines of what output prints.
func (d *demonstration) beginning(lines int, output func(*app) error) error {
	var b bytes.Buffer
	a, out := *d.app, *d.out
	out.Writer = &b
	a.out = &out
	if err := output(&a); err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(b.String()) {
		if n++; n > lines {
			left := strings.Count(b.String(), "\n") - lines
			d.say("%s\n", d.out.in(dim, fmt.Sprintf("… %d more lines", left)))
			break
		}
		if _, err := io.WriteString(d.out, line); err != nil {
			return err
		}
	}
	return nil
}

// command prints a command line as the user would type it.
func (d *demonstration) command(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if d.stays {
		line += " --data " + harmless.Line(d.holdings.dir)
	}
	d.say("\n%s\n", d.out.in(bold, "$ "+line))
}

func (d *demonstration) say(format string, args ...any) {
	if !d.json && !d.quiet {
		fmt.Fprintf(d.out, format, args...)
	}
}

func (d *demonstration) next() {
	d.say(`
Now the real one. SEC wants to know who asks: give your name and e-mail address.

  crawler sync --user-agent "Jane Doe jane@doe.org"   the last seven days
  crawler list --item 2.02                            who reported results
  crawler parse FILE                                  8-Ks that you have already
`)
	if d.site != nil {
		d.say("\nThe demo's filings are served at %s until you press Ctrl-C.\n", d.site.guard.URL())
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const verifyLong = `Checks the keys and counters of the index against the entries and filings in
it; then reads the whole archive and checks every byte against the hash it was
stored with, every submission against what the index recorded of it, and that
neither has anything the other lacks. --sample 1% reads one submission in a
hundred, at random, and checks size and hash of the others as the archive noted
them. A full verification that was interrupted resumes where it stopped, within
a week (verify.json in the data directory); --anew starts from the beginning.

It changes nothing, and works while run and sync write; crawler status reports
it later, unless one of these was at work.
With --quarantine damaged files are moved into archive/quarantine, each with
its reason beside it: nothing reads them there as submissions, and nothing is
lost. --repair does that, repairs the keys of the index, records again from the
archive what the index has wrong or lacks, rebuilds the index if it cannot be
read, and fetches again what is damaged or missing, within the rate limit and
under --user-agent. Both need the data directory for themselves. What could not
be repaired is named; repairing again does no harm.

Exit code 3 says that something differed, also when all of it was repaired.`

// verifyCommand re-hashes the archive.
type verifyCommand struct {
	*app
	sample     string
	all        bool
	anew       bool
	quarantine bool
	repair     bool
	reindexed  bool // because the index could not be read
}

func newVerify(a *app) *cobra.Command {
	c := &verifyCommand{app: a}
	cmd := &cobra.Command{
		Use:     "verify",
		Short:   "Read the archive and check it, byte for byte, against the index",
		Long:    verifyLong,
		Example: "  crawler verify\n  crawler verify --sample 1%\n  crawler verify --repair --user-agent \"Jane Doe jane@doe.org\"",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			return exclusive(cmd, "quarantine", "repair")
		},
		RunE: does(c.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&c.sample, "sample", "100%", "read only this `SHARE`, such as 1%")
	f.BoolVar(&c.anew, "anew", false, "start from the beginning, even if an earlier verification was interrupted")
	f.BoolVar(&c.all, "all", false, "name every difference, not only the first 20")
	f.BoolVar(&c.quarantine, "quarantine", false, "move damaged files out of the archive")
	f.BoolVar(&c.repair, "repair", false, "move damaged files out of the archive, and repair archive and index")
	return cmd
}

func (c *verifyCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	share, err := readShare(c.sample)
	if err != nil {
		return misuse("--sample %q: %w", c.sample, err)
	}
	what, err := c.checking(ctx, cmd)
	if c.repair && errors.Is(err, index.ErrStale) {
		what, err = c.renewed(ctx, cmd, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, what.Close()) }()
	dir := what.eff.Data
	x := crawl.Extent{Sample: share, Bookmark: filepath.Join(dir, bookmarkFile), Anew: c.anew, Tell: func(s string) { c.note("%s", s) }}
	if c.quarantine || c.repair {
		return c.mend(ctx, what, x)
	}
	rep, err := crawl.Verify(ctx, what.Check, x)
	c.keepReport(dir, rep.Pass(err), what.visits)
	if err != nil {
		return c.cutOff(ctx, x, err)
	}
	return c.verified(rep)
}

const bookmarkFile = "verify.json"

// cutOff says how to go on.
func (c *verifyCommand) cutOff(ctx context.Context, x crawl.Extent, err error) error {
	if _, none := os.Stat(x.Bookmark); none == nil && x.Sample == 1 && ctx.Err() != nil {
		c.note("the next crawler verify goes on from here")
	}
	return err
}

// keepReport ends the visits, and adds the report to the others in the index, unless
// another process has that: it is not waited for.
func (c *verifyCommand) keepReport(dir string, p index.Pass, v *visits) {
	held, err := v.shared(), v.Close()
	if held {
		return
	}
	if err == nil {
		err = addPass(dir, p)
	}
	if err != nil && !isLocked(err) && !errors.Is(err, fs.ErrPermission) {
		c.note("the report of this verification is not kept: %v", err)
	}
}

func addPass(dir string, p index.Pass) error {
	var ix *index.Store
	release, err := claimed(dir, "verify", func() (err error) {
		ix, err = index.Open(dir)
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(ix.AddPass(p), ix.Close(), release())
}

// verified prints what was found, and what can be done.
func (c *verifyCommand) verified(rep crawl.VerifyReport) error {
	var err error
	if c.json {
		err = c.printJSON(rep)
	} else if err = c.print(rep); err == nil {
		err = c.differences(rep.Named, rep.Differences, c.all, "crawler verify --repair")
	}
	if err == nil && rep.Differs() {
		return quietly(exitDiffers)
	}
	return err
}

// readShare reads a percentage above 0 and up to 100.
func readShare(s string) (float64, error) {
	digits, ok := strings.CutSuffix(strings.TrimSpace(s), "%")
	f, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if !ok || err != nil || !(f > 0 && f <= 100) {
		return 0, errors.New("want a percentage such as 1% or 0.5%")
	}
	return f / 100, nil
}

// print sums up what was read.
func (c *verifyCommand) print(rep crawl.VerifyReport) error {
	if c.quiet {
		return nil
	}
	if k := rep.Keys; k.Keys > 0 {
		if _, err := fmt.Fprintf(c.out, "%s of %s in the index, compared in %s\n", plural(k.Keys, "key"), plural(k.Filings, "filing"), took(seconds(k.Seconds))); err != nil {
			return err
		}
	}
	d := seconds(rep.Seconds - rep.Keys.Seconds)
	_, err := fmt.Fprintf(c.out, "%s in the archive, %s of them read, %s in %s: %s\n", plural(rep.Archived, "submission"), count(rep.Verified),
		size(rep.Bytes), took(d), differing(rep.Differences))
	return err
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func differing(n int) string {
	if n == 0 {
		return "all as it should be"
	}
	return plural(n, "difference")
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const verifyLong = `Reads the archive whole and checks every byte against the hash it was stored
with, every submission against what the index recorded of it, and that neither
has what the other has not. --sample 1% reads one submission in a hundred, at
random, and checks the size and hash of all as the archive's own notes give
them.

Exit code 3 says that something differs. crawler reindex finds out what is
missing or damaged, and the next crawler sync fetches it again.`

// verifyCommand re-hashes the archive.
type verifyCommand struct {
	*app
	sample string
	all    bool
}

func newVerify(a *app) *cobra.Command {
	c := &verifyCommand{app: a}
	cmd := &cobra.Command{
		Use:     "verify",
		Short:   "Read the archive and check it, byte for byte, against the index",
		Long:    verifyLong,
		Example: "  crawler verify\n  crawler verify --sample 1%",
		Args:    noArguments,
		RunE:    does(c.run),
	}
	cmd.Flags().StringVar(&c.sample, "sample", "100%", "read only this `SHARE`, such as 1%")
	cmd.Flags().BoolVar(&c.all, "all", false, "name every difference, not only the first 20")
	return cmd
}

func (c *verifyCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	share, err := readShare(c.sample)
	if err != nil {
		return misuse("--sample %q: %w", c.sample, err)
	}
	eff, what, err := c.checking(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, what.Archive.Close()) }()
	rep, err := crawl.Verify(ctx, what, share)
	c.keepReport(eff.Data, rep.Pass(err))
	if err != nil {
		return err
	}
	if c.json {
		err = c.printJSON(rep)
	} else {
		err = c.print(rep)
	}
	if err == nil && rep.Differs() {
		return quietly(exitDiffers)
	}
	return err
}

// keepReport adds the report to the others in the index, if that can be written to
// at the moment.
func (c *verifyCommand) keepReport(dir string, p index.Pass) {
	ix, err := index.Open(dir)
	if err == nil {
		err = errors.Join(ix.AddPass(p), ix.Close())
	}
	if err != nil && !isLocked(err) && !errors.Is(err, fs.ErrPermission) {
		c.note("the report of this verification is not kept: %v", err)
	}
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

func (c *verifyCommand) print(rep crawl.VerifyReport) error {
	if !c.quiet {
		d := time.Duration(rep.Seconds * float64(time.Second))
		_, err := fmt.Fprintf(c.out, "%s in the archive, %s of them read, %s in %s: %s\n", plural(rep.Archived, "submission"), count(rep.Verified),
			size(rep.Bytes), took(d), differing(rep.Differences))
		if err != nil {
			return err
		}
	}
	return c.differences(rep.Named, rep.Differences, c.all)
}

func differing(n int) string {
	if n == 0 {
		return "all as it should be"
	}
	return plural(n, "difference")
}

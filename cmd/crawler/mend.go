package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

// mended is what verify --repair and --quarantine print as JSON: what was found
// first, and then what was done.
type mended struct {
	crawl.VerifyReport
	Repair repair `json:"repair"`
}

type repair struct {
	crawl.Mended
	Reindexed bool           `json:"reindexed,omitempty"` // the index was built anew
	Missing   int            `json:"missing"`             // submissions without a sound copy
	Fetched   int            `json:"fetched"`             // of them fetched again
	Left      crawl.Findings `json:"left"`                // as a second look finds it
	Beyond    int            `json:"beyond,omitempty"`    // more submissions with a difference, to which nothing was done yet

	asked bool // EDGAR was, for what is missing
}

// renewed makes ready for a check after the index, which cannot be read, was built
// anew.
func (c *verifyCommand) renewed(ctx context.Context, cmd *cobra.Command, why error) (*checked, error) {
	eff, err := c.config(cmd)
	if err != nil {
		return nil, err
	}
	c.note("%v: building it anew", why)
	if err := (&reindexCommand{app: c.app}).rebuild(ctx, eff); err != nil {
		return nil, err
	}
	c.reindexed = true
	return c.checking(ctx, cmd)
}

// mend verifies with the data directory to itself and then does what it is asked
// to.
func (c *verifyCommand) mend(ctx context.Context, read *checked, x crawl.Extent) (err error) {
	if err := read.visits.Close(); err != nil {
		return err
	}
	eff, what := read.eff, read.Check
	if eff.origin["log.level"] == "default" {
		eff.Log.Level = "warn" // what was done is printed
	}
	m := mended{Repair: repair{Reindexed: c.reindexed}}
	err = c.holding(eff, &what, func(h *holdings) (err error) {
		m.VerifyReport, err = crawl.Verify(ctx, what, x)
		if err := errors.Join(err, h.store.AddPass(m.Pass(err))); err != nil {
			return c.cutOff(ctx, x, err)
		}
		return c.put(ctx, eff, what, h, &m)
	})
	if err == nil && c.repair && m.Repair.Left.Kinds[crawl.IndexDamaged] > 0 { // entries, of which the journal knows
		err = c.reput(ctx, eff, what, &m)
	}
	if deeds := m.Repair.deeds(eff.Data); ctx.Err() != nil && len(deeds) > 0 {
		c.note("before it was cut off: %s", strings.Join(deeds, ", "))
	}
	if ctx.Err() != nil || m.Started.IsZero() {
		return err
	}
	if !m.Differs() && !m.Repair.Reindexed {
		return errors.Join(err, c.verified(m.VerifyReport))
	}
	told := c.repaired(eff.Data, m)
	if err != nil {
		return err
	}
	return told
}

// holding calls do with the data directory open for writing.
func (c *verifyCommand) holding(eff *effective, what *crawl.Check, do func(*holdings) error) (err error) {
	h, err := openHoldings(eff.Data, "verify", c.logger(eff))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	what.Index, what.Archive = index.Of(h.store), h.archive
	return do(h)
}

// put puts in order what was found, and looks what is left.
func (c *verifyCommand) put(ctx context.Context, eff *effective, what crawl.Check, h *holdings, m *mended) (err error) {
	if !m.Differs() {
		return nil
	}
	m.Repair.Beyond = m.Beyond
	m.Repair.Mended, err = crawl.Mend(ctx, crawl.Config{Index: h.store, Archive: h.archive}, m.VerifyReport, c.repair)
	if m.Repair.Missing = len(m.Repair.Mended.Missing); err == nil && m.Repair.Missing > 0 {
		err = c.refetch(ctx, eff, h, &m.Repair)
	}
	if ctx.Err() != nil {
		return err
	}
	left, looked := crawl.Recheck(ctx, what, m.VerifyReport)
	m.Repair.Left = left
	return errors.Join(err, looked)
}

// reput builds the index anew and looks again.
func (c *verifyCommand) reput(ctx context.Context, eff *effective, what crawl.Check, m *mended) error {
	if err := (&reindexCommand{app: c.app}).rebuild(ctx, eff); err != nil {
		return err
	}
	m.Repair.Reindexed = true
	return c.holding(eff, &what, func(*holdings) (err error) {
		m.Repair.Left, err = crawl.Recheck(ctx, what, m.VerifyReport)
		return err
	})
}

// refetch fetches what is missing, if we may say who asks.
func (c *verifyCommand) refetch(ctx context.Context, eff *effective, h *holdings, r *repair) error {
	if r.asked = eff.UserAgent != ""; !r.asked {
		c.note("without --user-agent \"Name email\" nothing is fetched: %s missing", plural(r.Missing, "submission"))
		return nil
	}
	crawler, err := (&syncCommand{app: c.app}).crawler(eff, h)
	if err != nil {
		return err
	}
	rep, err := crawler.Refetch(ctx, r.Mended.Missing)
	r.Fetched = rep.Recorded
	return err
}

// repaired prints what was found, done and left.
func (c *verifyCommand) repaired(dir string, m mended) error {
	var err error
	if c.json {
		err = c.printJSON(m)
	} else {
		err = c.account(dir, m)
	}
	if err != nil {
		return err
	}
	return quietly(exitDiffers)
}

func (c *verifyCommand) account(dir string, m mended) error {
	if err := c.print(m.VerifyReport); err != nil {
		return err
	}
	if err := c.differences(m.Named, m.Differences, c.all); err != nil {
		return err
	}
	r := m.Repair
	done := cmp.Or(strings.Join(r.deeds(dir), ", "), "nothing was done")
	if _, err := fmt.Fprintf(c.out, "\n%s\n%s\n", done, c.verdict(r)); err != nil || !c.repair {
		return err
	}
	return c.differences(r.Left.Named, r.Left.Differences, c.all, r.next())
}

// verdict says in a line whether that was all.
func (c *verifyCommand) verdict(r repair) string {
	switch {
	case !c.repair:
		return "what to do: crawler verify --repair"
	case r.Beyond > 0:
		return plural(r.Beyond, "more submission") + " with differences left for the next crawler verify --repair"
	case r.Left.Differences > 0:
		return plural(r.Left.Differences, "difference") + " left:"
	}
	return "all of it is repaired"
}

// next is what to do about what is left.
func (r *repair) next() string {
	if r.Missing > 0 && !r.asked {
		return `crawler verify --repair --user-agent "Name email"`
	}
	if r.Missing > r.Fetched {
		return "crawler verify --repair later; what EDGAR has no more: crawler import, from a copy of your own"
	}
	return "crawler verify --repair"
}

// deeds says what was done, if anything was.
func (r *repair) deeds(dir string) (deeds []string) {
	if r.Reindexed {
		deeds = append(deeds, "the index built anew")
	}
	if n := len(r.Quarantined); n > 0 {
		deeds = append(deeds, fmt.Sprintf("%s moved into %s", plural(n, "file"), filepath.Join(dir, archiveFolder, "quarantine")))
	}
	if r.Rerecorded > 0 {
		deeds = append(deeds, plural(r.Rerecorded, "filing")+" recorded anew from the archive")
	}
	if r.Rekeyed > 0 {
		deeds = append(deeds, plural(r.Rekeyed, "key")+" of the index repaired")
	}
	if r.Missing > 0 {
		deeds = append(deeds, fmt.Sprintf("%s of %s fetched again", count(r.Fetched), count(r.Missing)))
	}
	return deeds
}

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"example.com/edgard/crawl"
)

// mended is what verify --repair and --quarantine print as JSON: what was found
// first, and then what was done.
type mended struct {
	crawl.VerifyReport
	Repair repair `json:"repair"`
}

type repair struct {
	crawl.Mended
	Missing int            `json:"missing"` // submissions without a sound copy
	Fetched int            `json:"fetched"` // of them fetched again
	Left    crawl.Findings `json:"left"`    // as a second look finds it
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
	h, err := openHoldings(eff.Data, "verify", c.logger(eff))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	what.Index, what.Archive = crawl.Of(h.store), h.archive
	rep, err := crawl.Verify(ctx, what, x)
	if err := errors.Join(err, h.store.AddPass(rep.Pass(err))); err != nil {
		return c.cutOff(ctx, x, err)
	}
	if !rep.Differs() {
		return c.verified(rep)
	}
	m := mended{VerifyReport: rep}
	m.Repair.Mended, err = crawl.Mend(ctx, crawl.Config{Index: h.store, Archive: h.archive}, rep, c.repair)
	if m.Repair.Missing = len(m.Repair.Mended.Missing); err == nil && m.Repair.Missing > 0 {
		m.Repair.Fetched, err = c.refetch(ctx, eff, h, m.Repair.Mended)
	}
	if ctx.Err() != nil {
		return err
	}
	left, looked := crawl.Recheck(ctx, what, rep)
	m.Repair.Left = left
	told := c.repaired(eff.Data, m)
	if err := errors.Join(err, looked); err != nil {
		return err
	}
	return told
}

// refetch fetches what is missing, if we may say who asks.
func (c *verifyCommand) refetch(ctx context.Context, eff *effective, h *holdings, m crawl.Mended) (int, error) {
	if eff.UserAgent == "" {
		c.note("without --user-agent \"Name email\" nothing is fetched: %s missing", plural(len(m.Missing), "submission"))
		return 0, nil
	}
	crawler, err := (&syncCommand{app: c.app}).crawler(eff, h)
	if err != nil {
		return 0, err
	}
	rep, err := crawler.Refetch(ctx, m.Missing)
	return rep.Recorded, err
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
	verdict := "all of it is repaired"
	if !c.repair {
		verdict = "what can be repaired: crawler verify --repair"
	} else if r.Left.Differences > 0 {
		verdict = plural(r.Left.Differences, "difference") + " left:"
	}
	if _, err := fmt.Fprintf(c.out, "\n%s\n%s\n", strings.Join(r.deeds(dir), ", "), verdict); err != nil || !c.repair {
		return err
	}
	return c.differences(r.Left.Named, r.Left.Differences, c.all, r.next())
}

// next is what to do about what is left.
func (r *repair) next() string {
	if r.Left.Kinds[crawl.IndexDamaged] > 0 {
		return "crawler reindex, then crawler verify --repair"
	}
	return `crawler verify --repair --user-agent "Name email"`
}

// deeds says what was done.
func (r *repair) deeds(dir string) (deeds []string) {
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
	if deeds == nil {
		deeds = []string{"nothing was done"}
	}
	return deeds
}

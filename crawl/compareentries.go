package crawl

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"example.com/edgard/index"
)

// entries compares the entries.
func (c *contrast) entries(ctx context.Context, ix *index.Store) error {
	for t, err := range ix.ReplacedEntries() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil && t.Same() {
			c.Entries.Same++
			continue
		}
		var old, new *index.Entry
		if err == nil {
			old, new, err = t.Entries()
		}
		if errors.Is(err, index.ErrReplaced) {
			c.Broken = err.Error()
			return nil
		}
		if err != nil {
			return err
		}
		c.entry(old, new)
	}
	return nil
}

func (c *contrast) entry(old, new *index.Entry) {
	switch {
	case old == nil:
		c.Entries.Added++
		return
	case new == nil:
		c.Entries.Removed++
		return
	}
	c.Entries.Changed++
	if old.State != new.State {
		c.states[StateChange{From: old.State, To: new.State}]++
	}
}

// sort puts what was counted in order.
func (c *contrast) sort() {
	for _, f := range c.fields {
		c.Fields = append(c.Fields, *f)
	}
	slices.SortFunc(c.Fields, func(a, b FieldDifference) int {
		return cmp.Or(cmp.Compare(b.Filings, a.Filings), cmp.Compare(a.Path, b.Path))
	})
	for s, n := range c.states {
		s.Entries = n
		c.Entries.States = append(c.Entries.States, s)
	}
	slices.SortFunc(c.Entries.States, func(a, b StateChange) int {
		return cmp.Or(cmp.Compare(b.Entries, a.Entries), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

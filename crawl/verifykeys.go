package crawl

import (
	"context"
	"fmt"

	"go.uber.org/zap"

	"example.com/edgard/index"
)

// keys checks the index's own keys, and calls find with what is wrong.
func (c *checkup) keys(ctx context.Context, find func(Difference)) (index.KeyReport, error) {
	c.progress.Listing = "the keys of the index"
	r, err := index.CheckIndex(ctx, c.ask, func(entries int) {
		c.progress.Looked = entries
		c.Progress(c.progress)
	})
	c.progress.Listing, c.progress.Looked = "", 0
	if err != nil {
		return r, fmt.Errorf("checking the keys of the index: %w", err)
	}
	for _, f := range r.Named {
		find(Difference{Kind: KeyDiffers, Accession: f.Accession, Detail: f.Key + ": " + f.What})
		c.Log.Warn("a key of the index is not as it must be", zap.Stringer("accession", f.Accession), zap.String("key", f.Key), zap.String("what", f.What))
	}
	for range r.Faults - len(r.Named) {
		find(Difference{Kind: KeyDiffers})
	}
	return r, nil
}

package crawl

import (
	"context"
	"errors"
	"time"

	"example.com/edgard/index"
	"go.uber.org/zap"
)

// weeklyShare of the archive is read and verified every week: all of it in about
// two years.
const weeklyShare = 0.01

// sample verifies a share of the archive when the last time was before Sunday's
// small hours, and nobody files now; it reports whether it did.
func (b *backlog) sample(ctx context.Context, now time.Time) (done bool, err error) {
	sunday := lastSunday(now)
	if isOpen(now) || !b.sampled.Before(sunday) && !b.sampled.After(now) {
		return false, nil
	}
	if b.sampled, err = b.lastVerified(now); err != nil || !b.sampled.Before(sunday) {
		return false, err
	}
	what := Check{Index: index.Of(b.Index), Archive: b.Archive, Log: b.Log, Progress: func(p Progress) {
		errandOf(ctx).beat()
		b.Progress(p)
	}}
	r, err := Verify(ctx, what, Extent{Sample: weeklyShare})
	if added := b.Index.AddPass(r.Pass(err)); added != nil {
		return false, errors.Join(err, added)
	}
	switch {
	case err != nil:
	case r.Differs():
		b.Log.Error("sample of the archive differs: run crawler verify", zap.Int("differences", r.Differences))
	default:
		b.Log.Info("sample of the archive verified", zap.Int64("bytes", r.Bytes))
	}
	b.sampled = now
	return true, err
}

// lastVerified returns when a sample of the archive was verified last: not in the
// future, where a clock may have stood once.
func (b *backlog) lastVerified(now time.Time) (time.Time, error) {
	ps, err := b.Index.Passes(keptPasses)
	for _, p := range ps {
		if p.Command == "verify" && p.Complete && !p.Start.After(now) {
			return p.Start, err
		}
	}
	return time.Time{}, err
}

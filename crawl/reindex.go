package crawl

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// Reindex fills an empty index from the rest of a data directory, without
// network: entries from the journal and the kept listings, filings from the
// archive, read by today's parser. Submissions that cannot be read are counted as
// deferred and stay due. Progress and Log of cfg may be nil; of the rest it needs
// Index, Archive and ListingsDir.
func Reindex(ctx context.Context, cfg Config) (Report, error) {
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	p := &pass{Crawler: &Crawler{Config: cfg, door: new(polite), claims: newClaims(), step: func(string) error { return nil }}, now: time.Now()}
	if _, err := cfg.Index.Replay(p.rows); err != nil {
		return p.report, err
	}
	p.progress.Stage, p.progress.Started = StageFilings, p.now
	err := p.reread(ctx)
	p.progress.Stage = StageDone
	p.tell()
	return p.report, err
}

// rows yields the rows of a kept listing, and is nil when the copy is gone. So is
// one that is not what was fetched: the next pass fetches it again.
func (p *pass) rows(l index.Listing) iter.Seq2[parse.Row, error] {
	if l.Absent || l.File == "" || !filepath.IsLocal(filepath.FromSlash(l.File)) {
		return nil
	}
	err := p.unharmed(l)
	var bad *damagedError
	if errors.As(err, &bad) {
		err = p.dropCopy(l, bad)
	} else if err == nil {
		return p.keptRows(l)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return func(yield func(parse.Row, error) bool) { yield(parse.Row{}, err) }
}

// unharmed compares the kept copy of a listing with what its record says: it is a
// *damagedError when they differ.
func (p *pass) unharmed(l index.Listing) error {
	f, err := os.Open(p.kept(l.File))
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != l.SHA256 {
		return &damagedError{errNotAsFetched}
	}
	return nil
}

// reread parses every archived submission.
func (p *pass) reread(ctx context.Context) error {
	return fanOut(ctx, runtime.GOMAXPROCS(0), p.archived(), p.reparse, p.record)
}

// found is what the walk over the archive comes upon.
type found struct {
	info archive.Info
	err  error
}

func (p *pass) archived() iter.Seq[found] {
	return func(yield func(found) bool) {
		for info, err := range p.Archive.All() {
			if !yield(found{info, err}) {
				return
			}
		}
	}
}

// reparse makes an outcome of an archived submission. One that cannot be read has
// none: its entry stays due, and fetching heals it.
func (p *pass) reparse(ctx context.Context, x found) (outcome, error) {
	if ctx.Err() != nil {
		return outcome{}, context.Cause(ctx)
	}
	if x.err != nil {
		return outcome{entry: index.Entry{Accession: x.info.Accession}, fault: &fault{damaged, x.err.Error()}}, nil
	}
	e, err := p.Index.Entry(x.info.Accession)
	if errors.Is(err, index.ErrNotFound) { // archived, then cut off before it was listed
		e, err = index.Entry{Accession: x.info.Accession, Seen: x.info.Stored}, nil
	}
	if err != nil {
		return outcome{}, err
	}
	f, err := readFiling(p.Archive, x.info, e)
	switch {
	case unreadable(err):
		return outcome{entry: e, fault: &fault{damaged, err.Error()}}, nil
	case err != nil:
		return outcome{}, fmt.Errorf("submission %s: %w", x.info.Accession, err)
	}
	return outcome{entry: e, filing: f}, nil
}

package crawl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"sync"
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
	p := &pass{Crawler: &Crawler{Config: cfg, door: new(polite), step: func(string) error { return nil }}, now: time.Now()}
	if _, err := cfg.Index.Replay(p.keptRows); err != nil {
		return p.report, err
	}
	p.progress.Stage, p.progress.Started = StageFilings, p.now
	err := p.reread(ctx)
	p.progress.Stage = StageDone
	p.tell()
	return p.report, err
}

// keptRows yields the rows of a kept listing, or nothing when it is gone.
func (p *pass) keptRows(l index.Listing) iter.Seq2[parse.Row, error] {
	if l.Absent || l.File == "" || !filepath.IsLocal(filepath.FromSlash(l.File)) {
		return nil
	}
	f, err := os.Open(p.kept(l.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return func(yield func(parse.Row, error) bool) {
		if err != nil {
			yield(parse.Row{}, err)
			return
		}
		defer f.Close()
		for row, err := range parse.NewListing(f).Rows() {
			var bad *parse.LineError
			if errors.As(err, &bad) {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// reread parses every archived submission: 1 walk ⇒ N parse ⇒ 1 record.
func (p *pass) reread(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	todo, done := make(chan archive.Info), make(chan outcome, workers)
	go func() {
		defer close(todo)
		for info, err := range p.Archive.All() {
			if err != nil {
				p.report.Deferred++
				p.Log.Warn("archived submission not readable", zap.Error(err))
				continue
			}
			select {
			case todo <- info:
			case <-ctx.Done():
				return
			}
		}
	}()
	var parsers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		parsers.Go(func() {
			for info := range todo {
				o, err := p.reparse(info)
				if err != nil {
					stop(err)
					return
				}
				if o.filing != nil {
					done <- o
				}
			}
		})
	}
	go func() {
		parsers.Wait()
		close(done)
	}()
	if err := p.record(done); err != nil {
		stop(err)
		for range done { // let the parsers go
		}
	}
	return context.Cause(ctx)
}

func (p *pass) reparse(info archive.Info) (outcome, error) {
	e, err := p.Index.Entry(info.Accession)
	if errors.Is(err, index.ErrNotFound) { // archived, then cut off before it was listed
		e, err = index.Entry{Accession: info.Accession, Seen: info.Stored}, nil
	}
	if err != nil {
		return outcome{}, err
	}
	f, err := readFiling(p.Archive, info, e)
	if errors.Is(err, archive.ErrCorrupt) || errors.Is(err, parse.ErrNotSubmission) {
		p.Log.Warn("archived submission not readable", zap.Stringer("accession", info.Accession), zap.Error(err))
		return outcome{}, nil
	}
	if err != nil {
		return outcome{}, fmt.Errorf("submission %s: %w", info.Accession, err)
	}
	return outcome{entry: e, filing: f}, nil
}

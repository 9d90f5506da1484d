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
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// Reindex fills an empty index from the rest of a data directory, without
// network: entries from the journal and the kept listings, filings from the
// archive, read by today's parser:
//
//	1 walk over the archive ⇒ N read and parse ⇒ 1 record
//
// Submissions that cannot be read are counted as deferred and stay due. Progress and
// Log of cfg may be nil; of the rest it needs Index, Archive and ListingsDir.
func Reindex(ctx context.Context, cfg Config) (Report, error) {
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	p := &pass{Crawler: &Crawler{Config: cfg, door: new(polite), claims: newClaims(), step: func(string) error { return nil }}, now: time.Now()}
	p.progress.Stage, p.progress.Started = StageListings, p.now
	total, stop := countSubmissions(ctx, cfg.Archive)
	defer stop()
	if _, err := cfg.Index.Replay(p.rows); err != nil {
		return p.report, err
	}
	p.progress.Stage, p.progress.Started = StageFilings, time.Now()
	err := p.reread(ctx, total)
	p.progress.Stage = StageDone
	p.tell()
	return p.report, err
}

// countSubmissions counts in the background what is to be read; total returns 0
// until that is known. stop ends it and waits for it.
func countSubmissions(ctx context.Context, ar *archive.Store) (total func() int, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var n atomic.Int64
	var counting sync.WaitGroup
	counting.Go(func() {
		if all, err := ar.Count(ctx); err == nil {
			n.Store(int64(all))
		}
	})
	return func() int { return int(n.Load()) }, func() { cancel(); counting.Wait() }
}

// rows yields the rows of a kept listing, and is nil when the copy is gone. So is
// one that is not what was fetched: the next pass fetches it again.
func (p *pass) rows(l index.Listing) iter.Seq2[parse.Row, error] {
	p.progress.Looked, p.progress.Listing = p.progress.Looked+1, l.Key
	p.tell()
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

// reread parses every archived submission, total of them, into the index.
func (p *pass) reread(ctx context.Context, total func() int) error {
	into, err := p.Index.Loader()
	if err != nil {
		return err
	}
	l := &loading{pass: p, into: into, total: total, said: time.Now()}
	if err := fanOut(ctx, runtime.GOMAXPROCS(0), p.archived(), p.reparse, l.take); err != nil {
		return err
	}
	return into.Finish()
}

// A loading takes what was reread into the index, many filings at a time.
type loading struct {
	*pass
	into  *index.Loader
	total func() int
	said  time.Time // when the log told last how far it is

	batch []*parse.Filing
	text  int // bytes of it in the batch
}

// A batch is a thousand filings, fewer when they are long.
const (
	maxBatch     = 1000
	maxBatchText = 16 << 20
)

// take takes outcomes in until done is closed.
func (l *loading) take(done <-chan outcome) error {
	for o := range done {
		if err := l.judge(o); err != nil {
			return err
		}
		if o.filing == nil {
			continue
		}
		l.batch = append(l.batch, o.filing)
		for _, it := range o.filing.Items {
			l.text += len(it.Text)
		}
		if len(l.batch) == maxBatch || l.text > maxBatchText {
			if err := l.load(); err != nil {
				return err
			}
		}
	}
	return l.load()
}

// load adds the batch to the index.
func (l *loading) load() error {
	added, err := recordFit(l.into.Add, l.batch, func(unfit *index.UnfitError) error { return l.reject(unfit.Accession, unfit.Error()) })
	l.report.Recorded += len(added)
	l.batch, l.text = nil, 0
	l.progress.Due = l.total()
	l.tell()
	if now := time.Now(); now.Sub(l.said) >= logEvery {
		l.said = now
		l.logProgress()
	}
	return err
}

// logEvery is how far apart the log tells how far a long piece of work is.
const logEvery = 10 * time.Second

// logProgress says where a rebuild is, at which rate and for how long yet.
func (p *pass) logProgress() {
	done, took := p.report.Recorded+p.report.Deferred+p.report.Rejected, time.Since(p.progress.Started)
	fields := []zap.Field{zap.Int("filings", done), zap.Float64("per_second", math.Round(10*float64(done)/took.Seconds())/10)}
	if left := p.progress.Due - done; done > 0 && left >= 0 {
		fields = append(fields, zap.Int("of", p.progress.Due), zap.Duration("left", (took/time.Duration(done)*time.Duration(left)).Round(time.Second)))
	}
	p.Log.Info("reindexing", fields...)
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

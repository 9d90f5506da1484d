package crawl

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// Import takes submissions that lie in files into archive and index, without
// network and through the checks of a fetch: whole, with its end mark, of a form
// and issuer in s. Paths are files, which may be symbolic links, and folders,
// which are walked to the bottom; links, devices and hidden names below them are
// passed over. Whatever a file is called, its first bytes tell what it is: a
// submission in either dialect (.txt, .nc), several on end (EDGAR's Oldloads),
// gzip, zstd, tar, or any of these in another, as in a Feed's .nc.tar.gz.
// Members of a tar are never written under their names.
//
// The header says which submission it is; a file's name only where the header
// does not. What is recorded stays as it is, whatever the bytes; what is archived
// and not recorded is recorded from the archive. Of a file that is cut off or
// damaged the submissions before the fault are taken. So an import that was
// interrupted is finished by the same one again.
//
// With cfg.KeepText the text of submissions alone is archived; without it, the
// whole of a submission takes the place of the cut copy that is held of it.
//
// Of s, Forms, CIKs, From and To count, an open From or To being no bound; the
// archive's coverage stays as it is. Of cfg, Index and Archive are needed, Log and
// Progress may be nil. The error is a *MisuseError for a path that is not there,
// the cause of ctx when that ended, or a failure on our side; everything that is
// wrong with files is in the Report, which is valid in any case.
func Import(ctx context.Context, cfg Config, paths []string, s Scope) (Report, error) {
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	if err := checkPaths(paths); err != nil {
		return Report{}, err
	}
	if len(s.Forms) == 0 {
		s.Forms = edgar.CurrentReports()
	}
	m := newImporting(cfg, s)
	err := m.disk.explain(m.run(ctx, paths))
	m.tell(StageDone)
	m.Log.Info("import ended", zap.Int64("recorded", m.recorded.Load()), zap.Int64("known", m.known.Load()),
		zap.Int64("rejected", m.rejected.Load()), zap.Int64("unread", m.unread.Load()), zap.Error(err))
	return m.report(), errors.Join(err, m.Index.AddPass(m.summary(err)))
}

// importing is one run of Import:
//
//	1 walk ⇒ N read files, a submission each piece ⇒ N archive and parse ⇒ 1 record
type importing struct {
	Config
	scope   Scope
	start   time.Time
	disk    *disk
	holds   holds
	buffers sync.Pool // of *[]byte: whole submissions on their way from a reader to an archiver
	readers sync.Pool // of *bufio.Reader

	files, bytes                                              atomic.Int64
	listed, recorded, known, passed, events, rejected, unread atomic.Int64

	mu     sync.Mutex
	faults []string
	last   edgar.Accession
	drawn  sync.Mutex // held while Progress is called
}

func newImporting(cfg Config, s Scope) *importing {
	m := &importing{
		Config: cfg, scope: s, start: time.Now(), holds: holds{held: make(map[edgar.Accession]chan struct{})},
		disk: &disk{dirs: []string{cfg.Archive.Dir(), cfg.Index.Dir()}, look: freeSpace},
	}
	m.buffers.New = func() any { return new([]byte) }
	m.readers.New = func() any { return bufio.NewReaderSize(nil, headKept) }
	return m
}

func (m *importing) run(ctx context.Context, paths []string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := func(ctx context.Context, p piece) (outcome, error) {
		o, err := m.take(ctx, p)
		if err != nil {
			stop(err) // the readers wait for nobody any more
		}
		return o, err
	}
	record := func(done <-chan outcome) error {
		err := m.record(done)
		if err != nil {
			stop(err)
		}
		return err
	}
	return fanOut(ctx, takers+runtime.GOMAXPROCS(0), m.pieces(ctx, files(paths)), work, record)
}

func (m *importing) wantsForm(f edgar.Form) bool { return slices.Contains(m.scope.Forms, f) }

// takers is how many submissions are archived at a time beside one for each
// processor: much of that is waiting for the disk.
const takers = 6

// take archives a submission, unless it is, and parses it. An error is a failure
// on our side.
func (m *importing) take(ctx context.Context, p piece) (outcome, error) {
	if p.err != nil {
		return outcome{}, p.err
	}
	if ctx.Err() != nil {
		return outcome{}, context.Cause(ctx)
	}
	o, err := outcome{entry: p.entry, filing: p.filing}, error(nil)
	switch {
	case p.data != nil:
		if err = m.disk.room(); err == nil {
			o.filing, err = m.store(p)
		}
	case o.filing == nil:
		o.filing, err = readFiling(m.Archive, p.info, p.entry)
	}
	switch {
	case unreadable(err):
		m.reject(p.from, err.Error())
	case err != nil:
		return outcome{}, fmt.Errorf("submission %s: %w", p.entry.Accession, err)
	}
	return o, nil
}

// store archives a submission that is in memory, and parses it.
func (m *importing) store(p piece) (*parse.Filing, error) {
	defer m.buffers.Put(p.data)
	w, err := newCopying(m.Archive, p.entry.Accession, m.KeepText)
	if err != nil {
		return nil, err
	}
	defer w.abort()
	if _, err := w.Write(*p.data); err != nil {
		return nil, err
	}
	info, err := w.commit()
	switch {
	case err != nil:
		return nil, err
	case info.Cut:
		return readFiling(m.Archive, info, p.entry)
	}
	return parseFiling(bytes.NewReader(*p.data), info, p.entry, parse.ReadReport)
}

// record takes outcomes in until done is closed, one transaction for all that are
// waiting.
func (m *importing) record(done <-chan outcome) error {
	for o := range done {
		batch := []outcome{o}
		for range len(done) {
			batch = append(batch, <-done)
		}
		if err := m.settle(batch); err != nil {
			return err
		}
	}
	return nil
}

func (m *importing) settle(batch []outcome) error {
	var filings []*parse.Filing
	for _, o := range batch {
		if o.filing != nil {
			filings = append(filings, o.filing)
		}
	}
	filings, err := recordFit(m.Index.Record, filings, func(unfit *index.UnfitError) error {
		m.reject(origin{path: unfit.Accession.String()}, unfit.Reason)
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range filings {
		m.recorded.Add(1)
		logRecorded(m.Log, f)
	}
	for _, o := range batch {
		m.holds.release(o.entry.Accession)
	}
	m.mu.Lock()
	m.last = batch[len(batch)-1].entry.Accession
	m.mu.Unlock()
	m.tell(StageImport)
	return nil
}

// holds keeps two copies of a submission from being taken at the same time.
type holds struct {
	mu   sync.Mutex
	held map[edgar.Accession]chan struct{}
}

// take waits until nobody holds a, and holds it.
func (c *holds) take(ctx context.Context, a edgar.Accession) error {
	for {
		c.mu.Lock()
		busy, ok := c.held[a]
		if !ok {
			c.held[a] = make(chan struct{})
		}
		c.mu.Unlock()
		if !ok {
			return nil
		}
		select {
		case <-busy:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (c *holds) release(a edgar.Accession) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if busy, ok := c.held[a]; ok {
		close(busy)
		delete(c.held, a)
	}
}

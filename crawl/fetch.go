package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math/rand/v2"
	"net/http"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	workers     = 8 // of a pass: enough to use 9 requests a second at 800 ms each
	connections = 2*workers + 2
	liveDays    = 4 // filings of so many days go before others: a weekend and a holiday
	freshDays   = 7 // a submission may be listed before it can be fetched
	backoffBase = time.Minute
	backoffCap  = 6 * time.Hour
)

// outcome is what became of one entry.
type outcome struct {
	entry    index.Entry
	filing   *parse.Filing // recorded when not nil
	fault    *fault        // otherwise: put off or given up
	answered bool          // EDGAR served it just now
	skipped  bool          // nothing became of it: another pass has it, or had it a moment ago
}

// fetchAll works through the due entries.
func (p *pass) fetchAll(ctx context.Context, due queue) error {
	p.progress.Stage, p.progress.Due, p.progress.Started = StageFilings, due.length, time.Now()
	p.tell()
	defer p.claims.releaseAll(p)
	var unread error
	err := fanOut(ctx, workers, p.until(due, &unread), p.fetch, p.record)
	return errors.Join(err, unread)
}

// until yields the due entries while the pass has not had enough, and sets why they
// could not be read to their end.
func (p *pass) until(due queue, unread *error) iter.Seq[edgar.Accession] {
	return func(yield func(edgar.Accession) bool) {
		for a, err := range due.entries {
			if err != nil {
				*unread = err
				return
			}
			if p.enough != nil && p.enough() || !yield(a) {
				return
			}
		}
	}
}

// fetch brings one entry's submission into the archive, unless it is there whole,
// and parses it: if nobody else is at it, and it is still to be had. An error is
// more than this entry's failure.
func (p *pass) fetch(ctx context.Context, a edgar.Accession) (outcome, error) {
	if ctx.Err() != nil {
		return outcome{}, context.Cause(ctx)
	}
	if !p.claims.take(a, p) {
		return outcome{skipped: true}, nil
	}
	e, err := p.Index.Entry(a)
	if err != nil {
		return outcome{}, err
	}
	if p.anew {
		return p.fetchNew(ctx, e)
	}
	if p.scope.Complete && e.Cut && e.State == index.Recorded {
		return p.completeCopy(ctx, e)
	}
	if e.State != index.Discovered && e.State != index.Deferred || e.Next.After(time.Now()) {
		p.claims.release(a)
		return outcome{skipped: true}, nil
	}
	info, err := p.Archive.Stat(a)
	if err == nil {
		var f *parse.Filing
		if f, err = p.readArchived(info, e); err == nil {
			return outcome{entry: e, filing: f}, nil
		}
	}
	if !errors.Is(err, fs.ErrNotExist) && !unreadable(err) {
		return outcome{}, fmt.Errorf("submission %s: %w", a, err)
	}
	return p.fetchNew(ctx, e)
}

// completeCopy fetches a submission whose archived copy is cut. When that has been
// done already, and was not recorded, it is recorded.
func (p *pass) completeCopy(ctx context.Context, e index.Entry) (outcome, error) {
	info, err := p.Archive.Stat(e.Accession)
	if err != nil || info.Cut {
		return p.fetchNew(ctx, e)
	}
	f, err := p.readArchived(info, e)
	if unreadable(err) {
		return p.fetchNew(ctx, e)
	}
	return outcome{entry: e, filing: f}, err
}

// readArchived parses the archived submission of an entry, to be recorded.
func (p *pass) readArchived(info archive.Info, e index.Entry) (*parse.Filing, error) {
	defer parsing(p.Signs)()
	return readFiling(p.Archive, info, e)
}

// unreadable reports whether an archived copy is damaged, so that fetching it
// again may heal it.
func unreadable(err error) bool {
	return errors.Is(err, archive.ErrCorrupt) || errors.Is(err, parse.ErrNotSubmission)
}

func (p *pass) fetchNew(ctx context.Context, e index.Entry) (outcome, error) {
	if len(e.CIKs) == 0 {
		return outcome{entry: e, fault: &fault{final, "no listing says under which CIK it lies"}}, nil
	}
	if err := p.disk.room(); err != nil {
		return outcome{}, err
	}
	f, flaw, err := p.download(ctx, e)
	switch {
	case err != nil:
		return outcome{}, fmt.Errorf("submission %s: %w", e.Accession, err)
	case flaw != nil:
		return outcome{entry: e, fault: flaw}, nil
	}
	return outcome{entry: e, filing: f, answered: true}, p.step("archived " + e.Accession.String())
}

// download makes the one request for a submission and brings it into the
// archive: whole and right, or not at all.
func (p *pass) download(ctx context.Context, e index.Entry) (*parse.Filing, *fault, error) {
	buf := p.buffers.Get().(*[]byte)
	got := &receipt{store: p.Archive, text: p.KeepText, signs: p.Signs, entry: e, held: (*buf)[:0]}
	defer func() {
		got.abort()
		*buf = got.held
		p.buffers.Put(buf)
	}()
	v, err := p.pages.get(withClass(ctx, urgency(e)), edgar.SubmissionPath(e.CIKs[0], e.Accession), nil, got, archive.MaxSize)
	p.filingRequests.Add(int64(v.Requests))
	var status *StatusError
	switch {
	case err == nil && v.Status == http.StatusNotModified:
		return nil, &fault{transient, "answered 304, unasked"}, nil
	case err == nil:
	case endsPass(ctx, err):
		return nil, nil, err
	case errors.As(err, &status) && status.Absent:
		return nil, p.absence(e, status), nil
	default:
		return nil, &fault{transient, err.Error()}, nil
	}
	if flaw := got.check(); flaw != nil {
		return nil, flaw, nil
	}
	if err := p.step("spooled " + e.Accession.String()); err != nil {
		return nil, nil, err
	}
	f, err := got.commit()
	if errors.Is(err, parse.ErrNotSubmission) {
		return nil, &fault{content, err.Error()}, nil
	}
	return f, nil, err
}

// urgency tells filings of the last days from those of the past.
func urgency(e index.Entry) class {
	if e.Filed.Before(edgar.DateOf(time.Now()).AddDays(-liveDays)) {
		return backfill
	}
	return live
}

// absence judges a submission that EDGAR lists but does not serve: dissemination
// may lag behind the listing; what is old is gone.
func (p *pass) absence(e index.Entry, err *StatusError) *fault {
	if edgar.DateOf(time.Now()).AddDays(-freshDays).Before(e.Filed) {
		return &fault{lag, "listed but not yet there: " + err.Error()}
	}
	return &fault{gone, "gone: " + err.Error()}
}

// ReadFiling reads a submission from the archive by today's parser, items' text
// and documents included, and adds what only the index knows of it. Revision 0 is
// the newest. What a pass records is the same, without the exhibits' text.
func ReadFiling(ix index.Reader, ar *archive.Store, a edgar.Accession, revision int) (*parse.Filing, error) {
	e, err := ix.Entry(a)
	if err != nil {
		return nil, err
	}
	return readArchived(ar, archive.Info{Accession: a, Revision: revision}, e, parse.ReadSubmission)
}

// ReadReport is ReadFiling for whoever needs no more than items' text: exhibits are
// passed over, so that memory does not grow with them.
func ReadReport(ix index.Reader, ar *archive.Store, a edgar.Accession, revision int) (*parse.Filing, error) {
	e, err := ix.Entry(a)
	if err != nil {
		return nil, err
	}
	return readArchived(ar, archive.Info{Accession: a, Revision: revision}, e, parse.ReadReport)
}

// readFiling parses the archived submission of an entry, to be recorded.
func readFiling(a *archive.Store, info archive.Info, e index.Entry) (*parse.Filing, error) {
	return readArchived(a, info, e, parse.ReadReport)
}

func readArchived(a *archive.Store, info archive.Info, e index.Entry, read readSubmission) (*parse.Filing, error) {
	r, info, err := a.Open(info.Accession, info.Revision)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return parseFiling(r, info, e, read)
}

// readSubmission is parse.ReadSubmission, or parse.ReadReport where nobody will ask
// for the exhibits' text.
type readSubmission func(io.Reader) (*parse.Submission, error)

// parseFiling parses the submission of an entry, of which the archive says info.
func parseFiling(r io.Reader, info archive.Info, e index.Entry, read readSubmission) (*parse.Filing, error) {
	s, err := read(r)
	if err != nil {
		return nil, err
	}
	f := parse.EightK(s)
	f.Accession = info.Accession // also of submissions without a header
	if f.Form.IsZero() {
		f.Form, f.Amendment = e.Form, e.Form.IsAmendment()
	}
	if f.Filed.IsZero() {
		f.Filed = e.Filed
	}
	if f.URL == "" && len(e.CIKs) > 0 {
		f.URL = secWWW + edgar.SubmissionPath(e.CIKs[0], f.Accession)
	}
	f.Seen, f.Recorded = e.Seen, info.Stored
	size, sum := info.Served()
	f.SHA256, f.Size, f.Revision = fmt.Sprintf("%x", sum), size, info.Revision
	return f, nil
}

// backoff is how long after the n-th failure an entry is tried again: full
// jitter over a doubling span, but never at once.
func backoff(attempts int) time.Duration {
	span := min(backoffCap, backoffBase<<min(attempts, 16))
	return backoffBase/2 + rand.N(span)
}

package crawl

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/edgard/durable"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

const (
	maxListing    = 512 << 20 // the largest quarterly listing is 65 MB
	maxFolder     = 32 << 20
	listingTries  = 3
	unreadStreak  = 3        // listings in a row that cannot be had end a pass
	tmpListing    = ".tmp-*" // files being fetched
	badLinesShown = 20
)

// A gapError says why a listing is missing from a pass that went on without it.
type gapError struct {
	absent  bool // EDGAR does not have it, as far as it says
	damaged bool // it came, and is no whole listing
	err     error
}

func (e *gapError) Error() string { return e.err.Error() }

// refresh returns the record of src with an up-to-date copy of it kept, asking
// EDGAR only when the listing can have changed, with the validators of the copy.
func (p *pass) refresh(ctx context.Context, src source) (index.Listing, error) {
	l, had, err := p.Index.Listing(src.name)
	if err != nil {
		return l, err
	}
	had = had && (l.Absent || p.isKept(l))
	if had && !src.due(l, p.now) {
		return l, nil
	}
	if had && !l.Absent {
		l.Version = src.version
		return p.fetchListing(ctx, l)
	}
	paths := src.paths
	for tried := 0; len(paths) > 0; tried++ {
		l, err := p.fetchListing(ctx, index.Listing{Key: src.name, File: file(paths[0]), Version: src.version})
		var gap *gapError
		if !errors.As(err, &gap) || !gap.absent && !gap.damaged {
			return l, err
		}
		if gap.damaged { // the same listing may be whole in another format
			if paths = paths[1:]; len(paths) == 0 || tried > 0 {
				return l, err
			}
			continue
		}
		if paths, err = p.otherPaths(ctx, src, paths, tried); err != nil {
			return l, err
		}
	}
	return p.absent(src)
}

// isKept reports whether the copy of a listing is where it was put.
func (p *pass) isKept(l index.Listing) bool {
	info, err := os.Stat(p.kept(l.File))
	return !l.Absent && err == nil && info.Size() == l.Size
}

// absent notes that EDGAR has no such listing. A running one may yet come.
func (p *pass) absent(src source) (index.Listing, error) {
	l := index.Listing{Key: src.name, Absent: true, Checked: p.now}
	if !p.scope.DryRun && !src.young {
		if err := p.Index.PutListing(l); err != nil {
			return l, err
		}
	}
	return l, &gapError{absent: true, err: errors.New("EDGAR does not have it")}
}

// otherPaths returns what to try after paths[0] was not there: what the folder
// lists; when there is no folder either, the plain spelling, once, unless the
// listing may be yet to come.
func (p *pass) otherPaths(ctx context.Context, src source, paths []string, tried int) ([]string, error) {
	rest := paths[1:]
	if tried > 0 || len(rest) == 0 || src.folder == "" {
		return rest, nil
	}
	listed, err := p.folder(ctx, src.folder)
	if err != nil {
		return nil, err
	}
	if len(listed) == 0 && src.young {
		return nil, nil
	}
	if len(listed) == 0 {
		return rest[:1], nil
	}
	return slices.DeleteFunc(slices.Clone(rest), func(path string) bool {
		return !slices.Contains(listed, strings.TrimPrefix(path, src.folder))
	}), nil
}

// file is where the copy of the listing at path is kept, and the inverse of
// listingPath.
func file(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, "/Archives/edgar"), "/")
}

func listingPath(file string) string {
	if isIssuerListing(file) {
		return "/" + file
	}
	return "/Archives/edgar/" + file
}

// fetchListing asks for a listing until it is had whole, is unchanged, or is
// given up for this pass, which is a gapError.
func (p *pass) fetchListing(ctx context.Context, l index.Listing) (index.Listing, error) {
	for try := 1; ; try++ {
		got, err := p.tryListing(ctx, l)
		if err == nil || endsPass(ctx, err) {
			return got, err
		}
		if !p.door.answered.Load() && unreachable(err) {
			return l, &outageError{1, err.Error()}
		}
		var status *StatusError
		if errors.As(err, &status) && status.Absent {
			return l, &gapError{absent: true, err: err}
		}
		var damaged *damagedError
		if try == listingTries || errors.Is(err, errTooLarge) || errors.Is(err, errAstray) {
			return l, &gapError{damaged: errors.As(err, &damaged), err: err}
		}
		p.Log.Info("listing will be asked for again", zap.String("listing", l.Key), zap.Error(err))
		if err := breathe(ctx, try); err != nil {
			return l, err
		}
	}
}

// breathe waits seconds after a try that failed: up to two, doubling.
func breathe(ctx context.Context, try int) error {
	span := time.Second << try
	return sleepUntil(ctx, time.Now().Add(span/2+jitter(span/2)))
}

// unreachable reports whether there was no connection at all.
func unreachable(err error) bool {
	var op *net.OpError
	var proxy *proxyError
	return errors.As(err, &op) && op.Op == "dial" || errors.As(err, &proxy)
}

// endsPass reports whether err is more than one object's failure.
func endsPass(ctx context.Context, err error) bool {
	var throttled *ThrottledError
	var undeclared *UndeclaredError
	var forbidden *ForbiddenError
	var outage *outageError
	var ours *sinkError
	var misuse *MisuseError
	return ctx.Err() != nil || errors.As(err, &throttled) || errors.As(err, &undeclared) || errors.As(err, &forbidden) ||
		errors.As(err, &outage) || errors.As(err, &ours) || errors.As(err, &misuse)
}

// tryListing makes one request for a listing into a temporary file, reads that
// to its end, and only then puts it where the kept copy is.
func (p *pass) tryListing(ctx context.Context, l index.Listing) (index.Listing, error) {
	if err := p.disk.room(); err != nil {
		return l, &sinkError{err}
	}
	kept := p.kept(l.File)
	if err := durable.MkdirAll(filepath.Dir(kept), 0o750); err != nil {
		return l, &sinkError{err}
	}
	tmp, err := os.CreateTemp(p.ListingsDir, tmpListing)
	if err != nil {
		return l, &sinkError{err}
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	sum := sha256.New()
	hdr := validators(l.ETag, l.LastModified)
	v, err := p.pages.get(ctx, listingPath(l.File), hdr, io.MultiWriter(tmp, sum), maxListing)
	if err != nil {
		return l, err
	}
	l.Checked = p.now
	if v.Status == http.StatusNotModified {
		if len(hdr) == 0 {
			return l, errors.New("answered 304, unasked")
		}
		return l, p.putListing(l)
	}
	if err := p.verify(tmp, &l); err != nil {
		return l, err
	}
	l.ETag, l.LastModified, l.Absent = v.Header.Get("ETag"), v.Header.Get("Last-Modified"), false
	if err := publish(tmp, kept); err != nil {
		return l, &sinkError{err}
	}
	digest := hex.EncodeToString(sum.Sum(nil))
	if digest == l.SHA256 { // what was read in it holds
		return l, p.putListing(l)
	}
	l.Size, l.SHA256 = v.Size, digest
	l.Fetched, l.Scope, l.Wanted = p.now, "", 0
	if err := p.putListing(l); err != nil {
		return l, err
	}
	if err := p.step("kept " + l.Key); err != nil {
		return l, &sinkError{err}
	}
	return l, nil
}

// putListing keeps the record of a listing that EDGAR served as it should.
func (p *pass) putListing(l index.Listing) error {
	p.health.served()
	if err := p.Index.PutListing(l); err != nil {
		return &sinkError{err}
	}
	return nil
}

// validators makes a request conditional on the copy they belong to.
func validators(etag, lastModified string) http.Header {
	hdr := http.Header{}
	if etag != "" {
		hdr.Set("If-None-Match", etag)
	}
	if lastModified != "" {
		hdr.Set("If-Modified-Since", lastModified)
	}
	return hdr
}

// verify reads a fetched listing to its end: that it is one, that its gzip is
// whole, and which of its lines are bad.
func (p *pass) verify(f *os.File, l *index.Listing) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return &sinkError{err}
	}
	if isIssuerListing(l.File) {
		return p.verifyIssuer(f, l)
	}
	in := parse.NewListing(f)
	l.Bad = 0
	for _, err := range in.Rows() {
		var bad *parse.LineError
		if errors.As(err, &bad) {
			if l.Bad++; l.Bad <= badLinesShown {
				p.Log.Warn("listing line skipped", zap.String("listing", l.Key), zap.Error(bad))
			}
		} else if err != nil {
			return &damagedError{err}
		}
	}
	p.report.BadLines += l.Bad
	l.Rows, l.LastData = in.Lines(), in.LastData()
	return nil
}

// damagedError is a listing that came and is not whole, or is none.
type damagedError struct{ err error }

func (e *damagedError) Error() string { return e.err.Error() }
func (e *damagedError) Unwrap() error { return e.err }

// publish makes a temporary file durable under its name.
func publish(tmp *os.File, name string) error {
	if err := tmp.Sync(); err != nil {
		return err
	}
	return durable.Rename(tmp.Name(), name)
}

// folder returns the names that a folder's index.json lists, none when there is
// no such folder.
func (p *pass) folder(ctx context.Context, path string) ([]string, error) {
	var body bytes.Buffer
	_, err := p.pages.get(ctx, path+"index.json", nil, &body, maxFolder)
	var status *StatusError
	if errors.As(err, &status) && status.Absent {
		return nil, nil
	}
	if err != nil {
		if endsPass(ctx, err) {
			return nil, err
		}
		p.Log.Warn("folder not read", zap.String("folder", path), zap.Error(err))
		return nil, nil
	}
	var f struct {
		Directory struct {
			Item []struct{ Name string }
		}
	}
	if err := json.Unmarshal(body.Bytes(), &f); err != nil {
		p.Log.Warn("folder not read", zap.String("folder", path), zap.Error(fmt.Errorf("index.json: %w", err)))
		return nil, nil
	}
	var names []string
	for _, it := range f.Directory.Item {
		names = append(names, it.Name)
	}
	return names, nil
}

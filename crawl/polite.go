package crawl

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"
)

// attemptTimeout bounds one attempt, body included, counted from its token.
const attemptTimeout = 10 * time.Minute

// polite is the one door to EDGAR: an http.RoundTripper that declares who asks,
// takes a token for every request (redirects, retries and HEAD come through here
// one by one), and recognises the answers that mean stop.
//
// It asks for gzip and unpacks it itself, so that the bytes on the wire can be
// counted and a body that ends early or fails its checksum is an error.
type polite struct {
	next    http.RoundTripper
	agent   string
	budget  *budget
	patient bool // wait a cool-down out instead of giving up

	requests atomic.Int64
	bytes    atomic.Int64 // of bodies, as they came over the wire
	answered atomic.Bool  // some answer was neither throttled nor undeclared
}

func (p *polite) RoundTrip(req *http.Request) (*http.Response, error) {
	for {
		if err := p.budget.take(req.Context(), p.patient); err != nil {
			return nil, err
		}
		res, kind, err := p.attempt(req)
		if err != nil {
			return nil, err
		}
		switch kind {
		case answerThrottled:
			discard(res)
			until, err := p.budget.throttled(time.Now(), fmt.Sprintf("HTTP %d for %s", res.StatusCode, req.URL.Path))
			if err != nil {
				return nil, err
			}
			if !p.patient {
				return nil, &ThrottledError{Host: req.URL.Host, Until: until, First: !p.answered.Load()}
			}
		case answerUndeclared:
			discard(res)
			return nil, &UndeclaredError{Host: req.URL.Host, UserAgent: p.agent}
		default:
			p.answered.Store(true)
			return res, nil
		}
	}
}

// attempt makes one request under its own deadline and reads far enough to know
// what the answer means.
func (p *polite) attempt(req *http.Request) (*http.Response, answer, error) {
	ctx, cancel := context.WithTimeout(req.Context(), attemptTimeout)
	sent := 0
	trace := &httptrace.ClientTrace{WroteHeaders: func() { sent++ }}
	out := req.Clone(httptrace.WithClientTrace(ctx, trace))
	out.Header.Set("User-Agent", p.agent)
	out.Header.Set("Accept-Encoding", "gzip")
	p.requests.Add(1)
	res, err := p.next.RoundTrip(out)
	// net/http sends again by itself when a kept connection turns out dead.
	for ; sent > 1; sent-- {
		p.requests.Add(1)
		if err := p.budget.debit(); err != nil {
			break
		}
	}
	if err != nil {
		cancel()
		return nil, answerFault, err
	}
	res.Request = req
	head, err := p.decode(res, cancel)
	if err != nil {
		discard(res)
		return nil, answerFault, fmt.Errorf("body of %s: %w", req.URL.Path, err)
	}
	return res, classify(res.StatusCode, head), nil
}

// decode replaces the body with one that counts, unpacks and ends the attempt's
// deadline when closed, and returns the first bytes of it.
func (p *polite) decode(res *http.Response, cancel context.CancelFunc) (head []byte, err error) {
	wire := &wireReader{r: res.Body, left: res.ContentLength, count: &p.bytes}
	b := &body{Reader: bufio.NewReaderSize(wire, 32<<10), raw: res.Body, cancel: cancel}
	res.Body = b
	if res.Request.Method == http.MethodHead {
		return nil, nil
	}
	if strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip") {
		if err := b.unpack(); err != nil {
			return nil, err
		}
		res.Header.Del("Content-Encoding")
		res.Header.Del("Content-Length")
		res.ContentLength, res.Uncompressed = -1, true
	}
	head, err = b.Peek(headSize)
	if err == io.EOF {
		err = nil
	}
	return bytes.Clone(head), err
}

// body is a response body behind its decoder.
type body struct {
	*bufio.Reader
	raw    io.Closer
	cancel context.CancelFunc
}

// unpack puts a gzip reader in between. No bytes at all are an empty body, not a
// torn one.
func (b *body) unpack() error {
	if _, err := b.Peek(1); err == io.EOF {
		return nil
	}
	zr, err := gzip.NewReader(b.Reader)
	if err != nil {
		return err
	}
	b.Reader = bufio.NewReaderSize(zr, 32<<10)
	return nil
}

func (b *body) Close() error {
	err := b.raw.Close()
	b.cancel()
	return err
}

// wireReader counts bytes and turns an end before the declared length into
// io.ErrUnexpectedEOF.
type wireReader struct {
	r     io.Reader
	left  int64 // -1: not declared
	count *atomic.Int64
}

func (w *wireReader) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.count.Add(int64(n))
	if w.left >= 0 {
		w.left -= int64(n)
		if err == io.EOF && w.left > 0 {
			err = io.ErrUnexpectedEOF
		}
	}
	return n, err
}

// discard reads a little of what is left, so that the connection can be kept,
// and closes.
func discard(res *http.Response) {
	io.CopyN(io.Discard, res.Body, 64<<10)
	res.Body.Close()
}

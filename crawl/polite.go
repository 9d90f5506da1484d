package crawl

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"example.com/edgard/vital"
	"github.com/klauspost/compress/gzip"
)

// One attempt, counted from its token, ends when nothing arrives for a while, and
// at last in any case.
const (
	stallTimeout   = time.Minute
	attemptTimeout = 10 * time.Minute
)

var errStalled = errors.New("nothing arrived for a minute")

// polite is the one door to EDGAR: an http.RoundTripper that declares who asks,
// takes a token for every request (redirects, retries and HEAD come through here
// one by one), and recognises the answers that mean stop.
//
// It asks for gzip and unpacks it itself, so that the bytes on the wire can be
// counted and a body that ends early or fails its checksum is an error.
type polite struct {
	next    http.RoundTripper
	agent   string
	token   string // of a mirror, "" for none
	budget  *budget
	patient bool // wait a cool-down out instead of giving up
	signs   *vital.Signs

	requests atomic.Int64
	answered atomic.Bool // some answer, not that for robots.txt, was neither throttled nor undeclared
}

func newPolite(next http.RoundTripper, agent string, b *budget) *polite {
	return &polite{next: next, agent: agent, budget: b}
}

func (p *polite) setRate(perSecond float64) { p.budget.setRate(perSecond) }

func (p *polite) RoundTrip(req *http.Request) (*http.Response, error) {
	for {
		if err := p.budget.take(req.Context(), p.patient); err != nil {
			return nil, err
		}
		res, kind, err := p.attempt(req)
		if t := (*ThrottledError)(nil); p.patient && errors.As(err, &t) {
			continue // another process was refused while this one made a connection
		}
		if err != nil {
			return nil, err
		}
		if kind == answerUndeclared && p.answered.Load() {
			kind = answerThrottled // it knew us a moment ago
		}
		p.signs.Answered(req.URL.Host, kind.outcome())
		switch kind {
		case answerThrottled:
			discard(res)
			err := p.block(fmt.Sprintf("HTTP %d for %s", res.StatusCode, req.URL.Path))
			if t := (*ThrottledError)(nil); !p.patient || !errors.As(err, &t) {
				return nil, err
			}
		case answerUndeclared:
			discard(res)
			return nil, &UndeclaredError{Host: req.URL.Host, UserAgent: p.agent}
		case answerClosed:
			discard(res)
			return nil, p.shutOut(req.URL.Host)
		default:
			if req.URL.Path != robotsPath { // which may be served by others than the archives are
				p.answered.Store(true)
			}
			return res, nil
		}
	}
}

// shutOut says what a mirror wants that does not let us in.
func (p *polite) shutOut(host string) error {
	if p.token == "" {
		return misusef("%s wants to be told a token: put it into a file and give that as --base-token-file", host)
	}
	return misusef("%s does not take the token that it was told: put the right one into the file of --base-token-file", host)
}

// block starts a cool-down and returns the ThrottledError that says so.
func (p *polite) block(why string) error {
	until, err := p.budget.throttled(context.Background(), why) // also when the request was cancelled meanwhile
	if err != nil {
		return err
	}
	return &ThrottledError{Host: p.budget.host, Until: until, First: !p.answered.Load()}
}

// attempt makes one request under its own deadlines and reads far enough to know
// what the answer means.
func (p *polite) attempt(req *http.Request) (*http.Response, answer, error) {
	ctx, stop := context.WithCancelCause(req.Context())
	ctx, end := context.WithTimeout(ctx, attemptTimeout)
	stalled := time.AfterFunc(stallTimeout, func() { stop(errStalled) })
	cancel := func() { stalled.Stop(); end(); stop(nil) }
	sent, slot := 0, time.Now()
	trace := &httptrace.ClientTrace{GotConn: func(on httptrace.GotConnInfo) {
		if sent++; sent > 1 {
			slot = time.Time{} // net/http sends again by itself when a kept connection turns out dead
		}
		if err := p.budget.renew(ctx, slot); err != nil { // slots taken while dialling must not be used together
			stop(err)
			keepBack(on.Conn)
			return
		}
		p.signs.Sent(time.Now())
	}}
	out := req.Clone(httptrace.WithClientTrace(ctx, trace))
	out.Header.Set("User-Agent", p.agent)
	if p.token != "" {
		out.Header.Set("Authorization", "Bearer "+p.token)
	}
	out.Header.Set("Accept-Encoding", "gzip")
	whose := errandOf(ctx)
	whose.beat()
	p.requests.Add(1)
	whose.requests.Add(1)
	if s, ok := ctx.Value(sinkKey{}).(*sink); ok {
		s.requests++
	}
	res, err := p.next.RoundTrip(out)
	if sent == 0 && err == nil {
		p.signs.Sent(slot) // by a transport that tells nothing of its connections
	}
	for ; sent > 1; sent-- {
		p.requests.Add(1)
		whose.requests.Add(1)
		p.signs.Answered(req.URL.Host, vital.Unanswered)
	}
	if err != nil {
		p.signs.Answered(req.URL.Host, vital.Unanswered)
		err = causeOf(ctx, err)
		cancel()
		return nil, answerFault, err
	}
	res.Request = req
	wire := &wireReader{ctx: ctx, r: res.Body, left: res.ContentLength, errand: whose, signs: p.signs, stalled: stalled}
	head, err := decode(res, wire, cancel)
	kind := classify(res.StatusCode, head)
	if err != nil && (kind == answerOK || kind == answerRedirect) {
		discard(res)
		p.signs.Answered(req.URL.Host, vital.Fault)
		return nil, answerFault, fmt.Errorf("body: %w", err)
	}
	return res, kind, nil
}

// keepBack sees that a request whose context has ended is not written to its
// connection: over HTTP/2 net/http looks before it writes, over HTTP/1 it may write
// first.
func keepBack(c net.Conn) {
	if s, ok := c.(*tls.Conn); ok && s.ConnectionState().NegotiatedProtocol == "h2" || c == nil {
		return
	}
	c.Close()
}

// decode replaces the body with one that counts, unpacks and ends the attempt's
// deadline when closed, and returns the first bytes of it.
func decode(res *http.Response, wire *wireReader, cancel func()) (head []byte, err error) {
	b := &body{Reader: bufio.NewReaderSize(wire, 32<<10), raw: res.Body, cancel: cancel}
	res.Body = b
	switch {
	case res.Request.Method == http.MethodHead, res.StatusCode == http.StatusNotModified, res.StatusCode == http.StatusNoContent:
		return nil, nil // no body, whatever the header says of its length
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
	cancel func()
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

// wireReader counts bytes, keeps the stall timer from running out while any come,
// and turns an end before the declared length into io.ErrUnexpectedEOF.
type wireReader struct {
	ctx     context.Context
	r       io.Reader
	left    int64 // -1: not declared
	errand  *errand
	signs   *vital.Signs
	stalled *time.Timer
}

func (w *wireReader) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		err = causeOf(w.ctx, err)
	}
	if n > 0 {
		w.stalled.Reset(stallTimeout)
		w.errand.beat()
	}
	w.errand.bytes.Add(int64(n))
	w.signs.Fetched(int64(n))
	if w.left >= 0 {
		w.left -= int64(n)
		if err == io.EOF && w.left > 0 {
			err = io.ErrUnexpectedEOF
		}
	}
	return n, err
}

// causeOf returns why ctx ended, when that is why err happened.
func causeOf(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// discard reads a little of what is left, so that the connection can be kept,
// and closes.
func discard(res *http.Response) {
	io.CopyN(io.Discard, res.Body, 64<<10)
	res.Body.Close()
}

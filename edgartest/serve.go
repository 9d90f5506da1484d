package edgartest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// reply is an answer on its way out, with what may go wrong on that way.
type reply struct {
	status int
	header http.Header
	body   []byte

	answer string // the scripted answer that made it; "" for the truth

	cut   bool          // break the connection in the middle of the body
	stall bool          // stop in the middle of the body until the context ends
	reset bool          // break the connection before any answer
	hang  bool          // never answer
	chunk int           // with delay: bytes sent between two delays
	delay time.Duration // before each chunk
}

// ServeHTTP serves the world as www.sec.gov and data.sec.gov in one.
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	rp := w.exchange(r)
	if rp.hang {
		<-r.Context().Done()
	}
	if rp.reset || rp.hang {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(rw.Header(), rp.header)
	rw.WriteHeader(rp.status)
	body := newBody(r, rp)
	defer body.Close()
	var out io.Writer = rw
	if rp.chunk > 0 || rp.cut || rp.stall {
		out = flusher{rw}
	}
	if _, err := io.Copy(out, body); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// flusher sends every write at once, so that delays and breaks are felt where
// they are.
type flusher struct{ rw http.ResponseWriter }

func (f flusher) Write(p []byte) (int, error) {
	n, err := f.rw.Write(p)
	if err == nil {
		err = http.NewResponseController(f.rw).Flush()
	}
	return n, err
}

// RoundTrip answers r without a socket or a goroutine. Like http.Transport it
// asks for gzip and undoes it when the request does not say Accept-Encoding.
// Addressed to www.sec.gov or data.sec.gov it serves what that host serves; to
// any other host, all of it.
func (w *World) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body.Close()
	}
	asked := r
	transparent := r.Header.Get("Accept-Encoding") == "" && r.Header.Get("Range") == "" && r.Method != http.MethodHead
	if transparent {
		r = r.Clone(r.Context())
		r.Header.Set("Accept-Encoding", "gzip")
	}
	rp := w.exchange(r)
	if rp.hang {
		<-r.Context().Done()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if rp.reset {
		return nil, fmt.Errorf("read %s: %w", r.URL.Host, syscall.ECONNRESET)
	}
	return rp.response(r, asked, transparent), nil
}

// response makes of rp what http.Transport would make of it for the request asked
// for, which went out as sent.
func (rp *reply) response(sent, asked *http.Request, transparent bool) *http.Response {
	resp := &http.Response{
		Status:     strconv.Itoa(rp.status) + " " + http.StatusText(rp.status),
		StatusCode: rp.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        rp.header,
		ContentLength: -1,
		Close:         rp.header.Get("Connection") == "close",
		Request:       asked,
		Body:          newBody(sent, rp),
	}
	if n, err := strconv.ParseInt(rp.header.Get("Content-Length"), 10, 64); err == nil {
		resp.ContentLength = n
	}
	if transparent && rp.header.Get("Content-Encoding") == "gzip" {
		resp.Header.Del("Content-Encoding")
		resp.Header.Del("Content-Length")
		resp.ContentLength, resp.Uncompressed = -1, true
		resp.Body = &gunzip{src: resp.Body}
	}
	return resp
}

// gunzip undoes gzip on the first read, as http.Transport does.
type gunzip struct {
	src io.ReadCloser
	z   *gzip.Reader
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.z == nil {
		z, err := gzip.NewReader(g.src)
		if err != nil {
			return 0, err
		}
		g.z = z
	}
	return g.z.Read(p)
}

func (g *gunzip) Close() error { return g.src.Close() }

// body is the body of a reply, with its delays and its breaks.
type body struct {
	r      *http.Request
	rp     *reply
	rest   *bytes.Reader
	ready  int // bytes left of a chunk that has arrived
	closed bool
}

func newBody(r *http.Request, rp *reply) *body {
	b := rp.body
	if rp.cut || rp.stall {
		b = b[:len(b)/2]
	}
	if r.Method == http.MethodHead {
		b = nil
	}
	return &body{r: r, rp: rp, rest: bytes.NewReader(b)}
}

func (b *body) Read(p []byte) (int, error) {
	ctx := b.r.Context()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if b.closed {
		return 0, http.ErrBodyReadAfterClose
	}
	if b.rest.Len() == 0 {
		switch {
		case b.r.Method == http.MethodHead:
		case b.rp.stall:
			<-ctx.Done()
			return 0, ctx.Err()
		case b.rp.cut:
			return 0, io.ErrUnexpectedEOF
		}
		return 0, io.EOF
	}
	if b.rp.chunk == 0 {
		return b.rest.Read(p)
	}
	if b.ready == 0 {
		if err := wait(b.r, b.rp.delay); err != nil {
			return 0, err
		}
		b.ready = b.rp.chunk
	}
	n, err := b.rest.Read(p[:min(len(p), b.ready)])
	b.ready -= n
	return n, err
}

func (b *body) Close() error {
	b.closed = true
	return nil
}

// wait waits for d or until the request's context ends.
func wait(r *http.Request, d time.Duration) error {
	if d <= 0 {
		return r.Context().Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-r.Context().Done():
		return r.Context().Err()
	}
}

// exchange logs r, lets the limiter and the script have their say, and finds the
// answer.
func (w *World) exchange(r *http.Request) *reply {
	arrived := time.Now()
	blocked := w.gate.admit(arrived)
	seq := w.log.begin(r, arrived, blocked)
	rp := w.decide(r, blocked)
	rp.header.Set("Date", w.now().UTC().Format(http.TimeFormat))
	rp.header.Set("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains ; preload")
	if _, ok := rp.header["Content-Length"]; !ok && rp.status != http.StatusNotModified {
		rp.header.Set("Content-Length", strconv.Itoa(len(rp.body)))
	}
	if wait(r, w.latency) != nil {
		rp.reset = true
	}
	w.log.end(seq, rp)
	return rp
}

func (w *World) decide(r *http.Request, blocked bool) *reply {
	if blocked {
		return throttlePage(http.StatusForbidden)
	}
	truth := func(r *http.Request) *reply {
		if !w.anyAgent && !declared(r.UserAgent()) {
			return undeclaredPage()
		}
		return w.route(r)
	}
	if a := w.script.next(r.URL.Path); a != nil {
		rp := a.reply(w, r, truth)
		if a != Normal {
			rp.answer = name(a)
		}
		return rp
	}
	return truth(r)
}

// declared reports whether a User-Agent names somebody and how to reach them.
func declared(agent string) bool {
	named, mail := false, false
	for word := range strings.FieldsSeq(agent) {
		user, host, ok := strings.Cut(strings.Trim(word, "()<>,;"), "@")
		switch {
		case ok && user != "" && strings.Contains(host, "."):
			mail = true
		case strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"):
			named = true
		}
	}
	return named && mail
}

package edgartest

import (
	"crypto/md5"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"example.com/edgard/edgar"
)

// Answer is what Script makes the world say instead of the truth: one of the
// Faults, or what Slow, Redirect, Other, Body and Always return.
type Answer interface {
	// reply answers r; truth is how the world would.
	reply(w *World, r *http.Request, truth func(*http.Request) *reply) *reply
}

// Fault is an Answer that needs no further words.
type Fault int

// The faults. All but the last group are whole HTTP answers.
const (
	Normal       Fault = iota // the truth: lets a script begin later
	Undeclared                // 403, the page for undeclared tools
	Throttled                 // 403, the throttle page
	TooMany                   // 429, the throttle page, no Retry-After
	ThrottledOK               // 200, the throttle page
	AccessDenied              // 403, XML of the storage: no such listing
	NoSuchKey                 // 404, XML of the storage: no such file
	Unavailable               // 503, a page, Connection: close
	Empty                     // 200 and no bytes
	Truncated                 // half of the body, and a Content-Length that agrees

	CutOff      // half of the body, then the connection breaks
	CorruptGzip // the body with a wrong checksum, compressed even if not asked for
	Stall       // half of the body, then nothing until the request's context ends
	Hang        // nothing until the request's context ends
	Reset       // the connection breaks before any answer
)

var faultNames = [...]string{"Normal", "Undeclared", "Throttled", "TooMany", "ThrottledOK", "AccessDenied", "NoSuchKey",
	"Unavailable", "Empty", "Truncated", "CutOff", "CorruptGzip", "Stall", "Hang", "Reset"}

// String returns the name of the constant.
func (f Fault) String() string {
	if f < 0 || int(f) >= len(faultNames) {
		return "Fault(" + strconv.Itoa(int(f)) + ")"
	}
	return faultNames[f]
}

func (f Fault) reply(w *World, r *http.Request, truth func(*http.Request) *reply) *reply {
	switch f {
	case Undeclared:
		return undeclaredPage()
	case Throttled:
		return throttlePage(http.StatusForbidden)
	case TooMany:
		return throttlePage(http.StatusTooManyRequests)
	case ThrottledOK:
		return throttlePage(http.StatusOK)
	case AccessDenied:
		return accessDenied(r.URL.Path)
	case NoSuchKey:
		return noSuchKey(r.URL.Path)
	case Unavailable:
		return unavailable()
	case Hang:
		return &reply{header: make(http.Header), hang: true}
	case Reset:
		return &reply{header: make(http.Header), reset: true}
	}
	return f.spoil(r, truth)
}

// spoil answers truthfully but for a fault in the body.
func (f Fault) spoil(r *http.Request, truth func(*http.Request) *reply) *reply {
	switch f {
	case Empty, Truncated:
		return shorten(truth(without(r, "Accept-Encoding")), f == Empty)
	case CorruptGzip:
		return corrupt(truth(r))
	}
	rp := truth(r)
	rp.cut, rp.stall = f == CutOff, f == Stall
	return rp
}

func shorten(rp *reply, all bool) *reply {
	rp.body = rp.body[:len(rp.body)/2]
	if all {
		rp.body = nil
	}
	return rp
}

// corrupt spoils the checksum at the end of a gzip stream.
func corrupt(rp *reply) *reply {
	kind := rp.header.Get("Content-Type")
	if kind != octetStream && rp.header.Get("Content-Encoding") != "gzip" {
		rp.body = compress("", rp.body)
		rp.header.Set("Content-Encoding", "gzip")
	}
	rp.body = append([]byte(nil), rp.body...)
	if n := len(rp.body); n >= 8 {
		for i := n - 8; i < n-4; i++ {
			rp.body[i] ^= 0xff
		}
	}
	return rp
}

func without(r *http.Request, header string) *http.Request {
	r = r.Clone(r.Context())
	r.Header.Del(header)
	return r
}

type slow struct {
	chunk int
	delay time.Duration
}

// Slow answers truthfully, chunk bytes at a time with a delay before each.
func Slow(chunk int, delay time.Duration) Answer { return slow{max(chunk, 1), delay} }

func (s slow) reply(_ *World, r *http.Request, truth func(*http.Request) *reply) *reply {
	rp := truth(r)
	rp.chunk, rp.delay = s.chunk, s.delay
	return rp
}

type redirect string

// Redirect answers 301 and points to another path. Each hop is a request of its
// own, to be paid for and counted.
func Redirect(path string) Answer { return redirect(path) }

func (to redirect) reply(*World, *http.Request, func(*http.Request) *reply) *reply {
	rp := errorReply(http.StatusMovedPermanently, html, []byte("<html><title>Moved</title></html>\n"))
	rp.header.Set("Location", string(to))
	return rp
}

type other struct{ acc edgar.Accession }

// Other serves the bytes of another submission of the world: another form, or
// another company's, under a name that promised something else.
func Other(a edgar.Accession) Answer { return other{a} }

func (o other) reply(w *World, r *http.Request, _ func(*http.Request) *reply) *reply {
	b, err := w.Body(o.acc)
	if err != nil {
		return noSuchKey(r.URL.Path)
	}
	return resource{kind: plainText, body: b, sum: md5.Sum(b), file: true}.reply(r)
}

type custom struct {
	status int
	kind   string
	body   []byte
}

// Body answers with a status, a Content-Type and bytes of your own.
func Body(status int, contentType string, body []byte) Answer {
	return &custom{status, contentType, body}
}

func (c *custom) reply(*World, *http.Request, func(*http.Request) *reply) *reply {
	return errorReply(c.status, c.kind, c.body)
}

type always struct{ Answer }

// Always makes an answer that the script never uses up.
func Always(a Answer) Answer { return always{a} }

// name returns what a Request says of an answer.
func name(a Answer) string {
	switch a := a.(type) {
	case Fault:
		return a.String()
	case always:
		return name(a.Answer)
	case slow:
		return "Slow"
	case redirect:
		return "Redirect"
	case other:
		return "Other"
	}
	return fmt.Sprintf("Body(%d)", a.(*custom).status)
}

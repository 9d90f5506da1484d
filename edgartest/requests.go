package edgartest

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"example.com/edgard/edgar"
)

// Request is one request that reached the world, and what became of it.
type Request struct {
	At          time.Time // by time.Now, when it arrived
	Method      string
	Host        string
	Path        string
	Query       string
	UserAgent   string
	Conditional bool            // it carried If-None-Match or If-Modified-Since
	Accession   edgar.Accession // the submission whose whole text it asked for
	Status      int             // 0: no answer
	Bytes       int             // of the body, as sent
	Blocked     bool            // the limiter had shut its sender out
	Answer      string          // the scripted answer it got: "Throttled"; "" for the truth
}

// requestLog remembers requests in the order in which they arrived.
type requestLog struct {
	mu   sync.Mutex
	list []*Request
	ever int // requests since the world was made, Reset or not
}

func (l *requestLog) begin(r *http.Request, arrived time.Time, blocked bool) *Request {
	host := r.Host
	if host == "" {
		host = r.URL.Host
	}
	q := &Request{
		At: arrived, Method: r.Method, Host: host, Path: r.URL.Path, Query: r.URL.RawQuery,
		UserAgent: r.UserAgent(), Blocked: blocked,
		Conditional: r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "",
		Accession:   submissionOf(r.URL.Path),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, q)
	l.ever++
	return q
}

func (l *requestLog) end(q *Request, rp *reply) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q.Answer = rp.answer
	if !rp.reset && !rp.hang {
		q.Status, q.Bytes = rp.status, len(rp.body)
	}
	if q.Method == http.MethodHead {
		q.Bytes = 0
	}
}

func (l *requestLog) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ever
}

// Requests returns every request since the world was made or last Reset, in
// order of arrival.
func (w *World) Requests() []Request {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	list := make([]Request, len(w.log.list))
	for i, q := range w.log.list {
		list[i] = *q
	}
	return list
}

// FilingRequests returns the requests for whole submissions, whatever the answer
// was.
func (w *World) FilingRequests() []Request {
	return slices.DeleteFunc(w.Requests(), func(q Request) bool { return q.Accession.IsZero() })
}

// Reset forgets the requests so far. Script and limiter stay as they are.
func (w *World) Reset() {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	w.log.list = nil
}

// MaxPerSecond returns the largest number of requests that arrived within any
// one second, its end excluded.
func (w *World) MaxPerSecond() int {
	most, first := 0, 0
	list := w.Requests()
	slices.SortFunc(list, func(a, b Request) int { return a.At.Compare(b.At) })
	for i, q := range list {
		for q.At.Sub(list[first].At) >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

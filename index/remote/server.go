package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

const (
	maxWorking = 4 // questions answered at a time

	patience   = 5 * time.Second  // with a question that comes slowly
	takingTime = 10 * time.Second // to read an answer
	closing    = time.Second      // for the questions under way when the server closes
)

// Server answers the questions of other processes.
type Server struct {
	dir     string
	ix      index.Reader
	version string
	faults  *log.Logger
	http    http.Server
	working chan struct{} // a slot for each question that may be with the index
	copying chan struct{} // the one for a copy of it
	ended   chan struct{}
	close   func() error // once
}

// Serve lets other processes of the same user and version read ix, the index of
// the data directory dir, until Close. The caller holds the lock of that index, and
// closes the server before the index. What goes wrong with a connection is told to
// faults, nil for the standard logger.
func Serve(dir string, ix index.Reader, version string, faults *log.Logger) (*Server, error) {
	l, err := listen(dir)
	if err != nil {
		return nil, fmt.Errorf("sharing index %s: %w", dir, err)
	}
	if faults == nil {
		faults = log.Default()
	}
	s := &Server{dir: dir, ix: ix, version: identity(version), faults: faults, working: make(chan struct{}, maxWorking), copying: make(chan struct{}, 1), ended: make(chan struct{})}
	s.http = http.Server{
		Handler: s.handler(), ErrorLog: faults, MaxHeaderBytes: 1 << 14,
		ReadHeaderTimeout: patience, ReadTimeout: patience, WriteTimeout: time.Minute,
	}
	s.http.SetKeepAlivesEnabled(false)
	s.close = sync.OnceValue(s.end)
	go func() {
		defer close(s.ended)
		_ = s.http.Serve(l) // ends with ErrServerClosed
	}()
	return s, nil
}

// Close ends the sharing: who asks from now on finds nobody, and who has asked
// gets an answer if it is ready within a second. When it returns no handler uses
// the index any more, unless a disk holds one up for longer than two seconds: that
// is told to faults, and closing the index waits for it or ends it.
func (s *Server) Close() error { return s.close() }

func (s *Server) end() error {
	err := unlink(s.dir)
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	_ = s.http.Shutdown(ctx) // what it leaves, http.Close cuts off
	err = errors.Join(err, s.http.Close())
	<-s.ended
	enough := time.After(closing)
	for i := range maxWorking + 1 {
		slots := s.working
		if i == maxWorking {
			slots = s.copying
		}
		select {
		case slots <- struct{}{}: // for good
		case <-enough:
			s.faults.Printf("index %s is shared no more, but a question is still with it after %v", s.dir, 2*closing)
			return s.ending(err)
		}
	}
	return s.ending(err)
}

func (s *Server) ending(err error) error {
	if err != nil {
		return fmt.Errorf("ending to share index %s: %w", s.dir, err)
	}
	return nil
}

func identity(version string) string { return strconv.Itoa(protocol) + " " + version }

func (s *Server) handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /hello", func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, struct{}{}) })
	m.HandleFunc("POST /entry", answer(s, s.ix.Entry))
	m.HandleFunc("POST /filing", answer(s, func(a edgar.Accession) (filing, error) {
		f, err := s.ix.Filing(a)
		if err != nil {
			return nil, err
		}
		return index.PackFiling(f), nil
	}))
	m.HandleFunc("POST /amendments", answer(s, func(a edgar.Accession) (found, error) {
		fs, err := s.ix.Amendments(a)
		return enclose(index.Page{Filings: fs}), err
	}))
	m.HandleFunc("POST /standings", answer(s, func(q stretch) ([]index.Standing, error) { return s.ix.Standings(q.After, q.Count) }))
	m.HandleFunc("POST /keys", answer(s, s.ix.CheckKeys))
	m.HandleFunc("POST /find", answer(s, func(q question) (found, error) {
		p, err := s.ix.Find(index.Query(q))
		return enclose(p), err
	}))
	m.HandleFunc("POST /entries", answer(s, func(q entryQuestion) (entryPage, error) {
		p, err := s.ix.FindEntries(index.EntryQuery(q))
		return entryPage(p), err
	}))
	m.HandleFunc("POST /symbols", answer(s, s.ix.Symbols))
	m.HandleFunc("POST /ticker", answer(s, s.ix.Ticker))
	m.HandleFunc("POST /tickers", answer(s, func(struct{}) (tickers, error) {
		t, err := s.ix.Tickers()
		return tickers{t, t.CIKs}, err
	}))
	m.HandleFunc("POST /issuer", answer(s, s.ix.Issuer))
	m.HandleFunc("POST /suggest", answer(s, func(q suggestion) ([]index.Issuer, error) { return s.ix.Suggest(q.Words, q.Count) }))
	m.HandleFunc("POST /edition", answer(s, func(struct{}) (index.Edition, error) { return s.ix.Edition() }))
	m.HandleFunc("POST /tally", answer(s, s.ix.Tally))
	m.HandleFunc("POST /status", answer(s, s.ix.Status))
	m.HandleFunc("POST /changes", answer(s, func(q changesAfter) (changed, error) {
		p, err := s.ix.Changes(q.After, q.Limit)
		return changesOf(p), err
	}))
	m.HandleFunc("POST /counts", answer(s, func(struct{}) (index.Counts, error) { return s.ix.Counts() }))
	m.HandleFunc("POST /passes", answer(s, s.ix.Passes))
	m.HandleFunc("POST /listing", answer(s, func(key string) (maybe[index.Listing], error) {
		l, ok, err := s.ix.Listing(key)
		return maybe[index.Listing]{l, ok}, err
	}))
	m.HandleFunc("POST /listings", answer(s, func(struct{}) ([]index.Listing, error) { return s.ix.Listings() }))
	m.HandleFunc("POST /coverage", answer(s, func(struct{}) (maybe[edgar.Date], error) {
		d, ok, err := s.ix.Coverage()
		return maybe[edgar.Date]{d, ok}, err
	}))
	m.HandleFunc("POST /backup", s.backup)
	return s.sameVersion(m)
}

// sameVersion lets through only what the same program asks.
func (s *Server) sameVersion(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(versionHeader, s.version)
		if r.Header.Get(versionHeader) != s.version {
			http.Error(w, "this is another version", http.StatusConflict)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// answer makes a handler of a method: it reads the question, asks the index when
// there is a slot, and writes the answer when the index is done with it.
func answer[Q, A any](s *Server, ask func(Q) (A, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var q Q
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
		if err == nil {
			err = json.Unmarshal(data, &q)
		}
		if err != nil {
			reply(w, http.StatusBadRequest, faultOf(fmt.Errorf("question %s: %w", r.URL.Path, err)))
			return
		}
		select {
		case s.working <- struct{}{}:
		case <-r.Context().Done():
			return
		}
		a, err := held(s.working, ask, q)
		if err != nil {
			reply(w, http.StatusUnprocessableEntity, faultOf(err))
			return
		}
		reply(w, http.StatusOK, a)
	}
}

// held asks, and gives the slot back, also when asking panics.
func held[Q, A any](slot <-chan struct{}, ask func(Q) (A, error), q Q) (A, error) {
	defer func() { <-slot }()
	return ask(q)
}

// reply writes v within the time that a client has to take it.
func reply(w http.ResponseWriter, status int, v any) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(takingTime)) // else the server's
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who has gone needs no answer; a part of one is no JSON
}

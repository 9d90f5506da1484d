package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/vital"
)

const (
	probePatience = 3 * time.Second // for index and archive to answer
	probeKept     = time.Second     // for which an answer is used again
)

// health is what /readyz answers.
type health struct {
	Ready   bool     `json:"ready"`
	Reasons []string `json:"reasons,omitempty"` // why not
}

// livez answers as long as the process can answer at all. It checks nothing else: a
// process must not be restarted for a full disk.
func (s *Server) livez(w http.ResponseWriter, _ *http.Request) error {
	return writeHealth(w, http.StatusOK, struct {
		Alive bool `json:"alive"`
	}{true})
}

// readyz answers 200 when filings can be had from here, and, where a crawl is meant
// to keep them current, it is alive; otherwise 503 with reasons.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) error {
	h := s.probe.get(r.Context())
	if !h.Ready {
		return writeHealth(w, http.StatusServiceUnavailable, h)
	}
	return writeHealth(w, http.StatusOK, h)
}

func writeHealth(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
	return nil
}

// probe finds out whether the server is ready, once for all who ask at the same
// time.
type probe struct {
	s    *Server
	turn chan struct{} // held by the one who looks at what follows
	last health
	at   time.Time
	busy chan string // of the last look at index and archive, when it has not come back
}

func newProbe(s *Server) *probe { return &probe{s: s, turn: make(chan struct{}, 1)} }

func (p *probe) get(ctx context.Context) health {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return health{Reasons: []string{context.Cause(ctx).Error()}}
	}
	defer func() { <-p.turn }()
	if p.at.IsZero() || time.Since(p.at) > probeKept {
		p.last, p.at = p.look(), time.Now()
	}
	return p.last
}

func (p *probe) look() (h health) {
	if why := p.answers(); why != "" {
		h.Reasons = append(h.Reasons, why)
	}
	now := p.s.Signs.Snapshot(time.Now())
	for _, name := range now.Stuck() {
		h.Reasons = append(h.Reasons, fmt.Sprintf("the crawl's activity %q has shown no sign of life for more than %v", name, vital.StuckAfter))
	}
	h.Ready = len(h.Reasons) == 0
	return h
}

// answers says why the archive cannot be read, "" when it can. Of looks that hang
// there is one at most.
func (p *probe) answers() string {
	if p.busy == nil {
		busy := make(chan string, 1)
		p.busy = busy
		go func() { busy <- p.s.readable() }()
	}
	patience := time.NewTimer(probePatience)
	defer patience.Stop()
	select {
	case why := <-p.busy:
		p.busy = nil
		return why
	case <-patience.C:
		return fmt.Sprintf("index and archive have not answered within %v", probePatience)
	}
}

// readable reads the newest filing, and whether its submission is there.
func (s *Server) readable() string {
	var newest edgar.Accession
	err := s.Index(func(ix index.Reader) error {
		page, err := ix.Find(index.Query{Limit: 1})
		newest = edgar.Accession{}
		if len(page.Filings) > 0 {
			newest = page.Filings[0].Accession
		}
		return err
	})
	switch {
	case errors.Is(err, index.ErrLocked):
		return "the index is in use by a command that does not share it"
	case err != nil:
		s.Log.Error("not ready: index not read", zap.Error(err))
		return "the index cannot be read: the log says more"
	case newest.IsZero():
		return ""
	}
	_, err = s.Archive.Stat(newest)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("the archive lacks the submission of the newest filing, %s: is it mounted?", newest)
	case err != nil:
		s.Log.Error("not ready: archive not read", zap.Error(err))
		return fmt.Sprintf("the archive cannot be read, at submission %s: the log says more", newest)
	}
	return ""
}

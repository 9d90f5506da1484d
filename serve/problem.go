package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// problem says why a request is not answered, in the shape of RFC 9457. It is an
// error that handlers return.
type problem struct {
	Type   string `json:"type"` // "about:blank": the title says all
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"` // and what to do

	Parameter string      `json:"parameter,omitempty"` // the one that is wrong
	State     index.State `json:"state,omitempty"`     // of a submission that is no filing here
}

func (p *problem) Error() string { return p.Detail }

func notFound(detail string) error   { return &problem{Status: http.StatusNotFound, Detail: detail} }
func badRequest(detail string) error { return &problem{Status: http.StatusBadRequest, Detail: detail} }
func unavailable(detail string) error {
	return &problem{Status: http.StatusServiceUnavailable, Detail: detail}
}

// badParameter says what is wrong with a parameter, and what would do.
func badParameter(name, format string, args ...any) error {
	return &problem{Status: http.StatusBadRequest, Parameter: name, Detail: name + ": " + fmt.Sprintf(format, args...)}
}

// problemOf finds what to tell of an error.
func problemOf(err error) problem {
	p := problem{Status: http.StatusInternalServerError, Detail: "something went wrong here: the log says more"}
	var own *problem
	var mistake *filter.Mistake
	var gone *absent
	switch {
	case errors.As(err, &own):
		p = *own
	case errors.As(err, &gone):
		why := absentOf(gone.Entry)
		p = problem{Status: http.StatusNotFound, State: gone.State, Detail: harmless.Line(gone.Error() + ": " + why.Why + " " + why.Do)}
	case errors.As(err, &mistake):
		p = problem{Status: http.StatusBadRequest, Detail: mistake.Error(), Parameter: mistake.Parameter}
	case errors.Is(err, index.ErrNotFound):
		p = problem{Status: http.StatusNotFound, Detail: err.Error()}
	case errors.Is(err, index.ErrToken):
		p = problem{Status: http.StatusBadRequest, Detail: "after: " + err.Error() + ": begin again without it", Parameter: "after"}
	case errors.Is(err, index.ErrLocked):
		p = problem{Status: http.StatusServiceUnavailable, Detail: "the index is in use by a command that does not share it: try again when it is done"}
	case errors.Is(err, context.Canceled): // who asked has gone, or the server ends
		p = problem{Status: http.StatusServiceUnavailable, Detail: "the server is shutting down: try again in a moment"}
	case errors.Is(err, index.ErrStale):
		p.Detail = "the index cannot be read: crawler doctor says more"
	case errors.Is(err, archive.ErrCorrupt), errors.Is(err, fs.ErrNotExist):
		p.Detail = "the archive has no sound copy of this submission: crawler verify --repair fetches it again"
	}
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	return p
}

// fail tells why a request is not answered.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && p.Status != http.StatusServiceUnavailable {
		s.Log.Error("request failed", zap.String("path", r.URL.Path), zap.Error(err))
	}
	s.tell(w, r, p)
}

// Refuse tells why a request is turned away before it reaches a handler, for package
// guard, and counts that.
func (s *Server) Refuse(w http.ResponseWriter, r *http.Request, status int, detail string) {
	s.meters.answers.WithLabelValues(guardRoute, strconv.Itoa(status)).Inc()
	s.tell(w, r, problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail})
}

func (s *Server) tell(w http.ResponseWriter, r *http.Request, p problem) {
	w.Header().Set("Cache-Control", "no-store")
	if p.Status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "2")
	}
	if !wantsProblem(r) && s.page(w, r, p.Status, "problem", p) == nil {
		return
	}
	body, _ := harmless.JSON(p) // strings and a number
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

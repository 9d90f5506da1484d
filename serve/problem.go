package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"go.uber.org/zap"

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
}

func (p *problem) Error() string { return p.Detail }

func notFound(detail string) error   { return &problem{Status: http.StatusNotFound, Detail: detail} }
func badRequest(detail string) error { return &problem{Status: http.StatusBadRequest, Detail: detail} }
func unavailable(detail string) error {
	return &problem{Status: http.StatusServiceUnavailable, Detail: detail}
}

// problemOf finds what to tell of an error.
func problemOf(err error) problem {
	p := problem{Status: http.StatusInternalServerError, Detail: "something is wrong on this side: the log has more"}
	var own *problem
	var mistake *filter.Mistake
	switch {
	case errors.As(err, &own):
		p = *own
	case errors.As(err, &mistake):
		p = problem{Status: http.StatusBadRequest, Detail: mistake.Error()}
	case errors.Is(err, index.ErrNotFound):
		p = problem{Status: http.StatusNotFound, Detail: err.Error()}
	case errors.Is(err, index.ErrToken):
		p = problem{Status: http.StatusBadRequest, Detail: "after: " + err.Error()}
	case errors.Is(err, index.ErrLocked):
		p = problem{Status: http.StatusServiceUnavailable, Detail: "the index is in use by a command that does not share it: try again when it is done"}
	}
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	return p
}

// fail tells why a request is not answered.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody listens any more
	}
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		s.Log.Error("request failed", zap.String("path", r.URL.Path), zap.Error(err))
	}
	w.Header().Set("Cache-Control", "no-store")
	if !wantsProblem(r) && s.page(w, r, p.Status, "problem", p) == nil {
		return
	}
	body, _ := json.Marshal(p) // strings and a number
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

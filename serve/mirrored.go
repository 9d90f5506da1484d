package serve

import (
	"net/http"

	"go.uber.org/zap"

	"example.com/edgard/serve/mirror"
)

// mirrored are the routes of EDGAR's own layout, whose clients know what is missing
// by the answers that EDGAR gives.
func (s *Server) mirrored() (routes []route) {
	m := mirror.New(mirror.Config{Index: s.Index, Archive: s.Archive, Fault: func(r *http.Request, err error) {
		s.Log.Error("request failed", zap.String("path", r.URL.Path), zap.Error(err))
	}})
	for _, path := range mirror.Patterns() {
		routes = append(routes, route{path: path, handle: func(w http.ResponseWriter, r *http.Request) error {
			m.ServeHTTP(w, r)
			return nil
		}})
	}
	return routes
}

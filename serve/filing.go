package serve

import (
	"net/http"

	"example.com/edgard/parse"
)

// filingView is one filing.
type filingView struct {
	*parse.Filing
	Row row
}

// filingPage is the page of one filing.
func (s *Server) filingPage(w http.ResponseWriter, r *http.Request) error {
	f, err := s.filing(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "filing", filingView{f, rowOf(f)})
}

package serve

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

func (s *Server) getIssuer(w http.ResponseWriter, r *http.Request) error {
	c, err := edgar.ParseCIK(r.PathValue("cik"))
	if err != nil {
		return notFound(harmless.Line(err.Error()))
	}
	return s.sendKept(w, r, listKey(r, mediaJSON), func() (*answer, error) {
		var is index.Issuer
		err := s.Index(func(ix index.Reader) (err error) {
			is, err = ix.Issuer(c)
			return err
		})
		if errors.Is(err, index.ErrNotFound) {
			return nil, notFound(fmt.Sprintf("no filing of CIK %s is held here: crawler issuer %s fetches what there is", c, c))
		}
		if err != nil {
			return nil, err
		}
		return jsonAnswer(is)
	})
}

// issuerList is issuers that somebody may mean.
type issuerList struct {
	Issuers []index.Issuer `json:"issuers"`
}

func suggestionParameters() []filter.Parameter {
	return []filter.Parameter{
		{Name: "q", Kind: filter.Text, Help: "a ticker, a CIK, or beginnings of words of the name"},
		{Name: "limit", Kind: filter.Number, Help: fmt.Sprintf("at most `N`: 1 to %d", index.MaxSuggestions)},
	}
}

func (s *Server) listIssuers(w http.ResponseWriter, r *http.Request) error {
	words, err := filter.FromURL(r.URL.Query(), suggestionParameters())
	if err != nil {
		return err
	}
	n, given, err := words.Whole("limit")
	switch {
	case err != nil:
		return err
	case words.One("q") == "":
		return badParameter("q", "is missing: give a ticker, a CIK or words of a name")
	case given && (n < 1 || n > index.MaxSuggestions):
		return badParameter("limit", "%d: want 1 to %d", n, index.MaxSuggestions)
	case !given:
		n = index.MaxSuggestions / 2
	}
	return s.sendKept(w, r, listKey(r, mediaJSON), func() (*answer, error) {
		l := issuerList{}
		err := s.Index(func(ix index.Reader) error {
			found, err := ix.Suggest(words.One("q"), n)
			l.Issuers = append([]index.Issuer{}, found...)
			return err
		})
		if err != nil {
			return nil, err
		}
		return jsonAnswer(l)
	})
}

// coverage is what this archive holds, quarter by quarter, and which listings it lacks.
type coverage struct {
	From     edgar.Date              `json:"from,omitzero"` // the first day that it means to hold
	To       edgar.Date              `json:"to,omitzero"`   // the latest that a listing reached
	Quarters []index.QuarterCoverage `json:"quarters"`      // by filing date, oldest first
	Gaps     []Gap                   `json:"gaps"`
}

func (s *Server) getCoverage(w http.ResponseWriter, r *http.Request) error {
	var c coverage
	err := s.Index(func(ix index.Reader) error {
		st, err := ix.Status(time.Now())
		if err != nil {
			return err
		}
		c = coverage{st.From, st.To, append([]index.QuarterCoverage{}, st.Quarters...), []Gap{}}
		if s.Gaps == nil {
			return nil
		}
		gaps, err := s.Gaps(ix, time.Now())
		c.Gaps = append(c.Gaps, gaps...)
		return err
	})
	if err != nil {
		return err
	}
	return sendJSON(w, r, c)
}

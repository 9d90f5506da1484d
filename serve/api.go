package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// readQuery reads the filters in a URL.
func readQuery(v url.Values) (q index.Query, err error) {
	for _, text := range v["cik"] {
		c, err := edgar.ParseCIK(text)
		if err != nil {
			return q, badRequest("cik: " + err.Error())
		}
		q.CIKs = append(q.CIKs, c)
	}
	q.Items = v["item"]
	q.Name = v.Get("name")
	q.After = v.Get("after")
	return q, nil
}

// list is a page of filings.
type list struct {
	Filings []*parse.Filing `json:"filings"`
	Next    string          `json:"next,omitempty"` // the token of the page after
}

func (s *Server) listFilings(w http.ResponseWriter, r *http.Request) error {
	q, err := readQuery(r.URL.Query())
	if err != nil {
		return err
	}
	var p index.Page
	err = s.Index(func(ix index.Reader) (err error) {
		p, err = ix.Find(q)
		return err
	})
	if err != nil {
		return err
	}
	return writeJSON(w, list{Filings: p.Filings, Next: p.Next})
}

func (s *Server) getFiling(w http.ResponseWriter, r *http.Request) error {
	f, err := s.filing(r)
	if err != nil {
		return err
	}
	return writeJSON(w, f)
}

// filing reads the filing that a path names.
func (s *Server) filing(r *http.Request) (f *parse.Filing, err error) {
	a, err := edgar.ParseAccession(r.PathValue("accession"))
	if err != nil {
		return nil, notFound(err.Error())
	}
	err = s.Index(func(ix index.Reader) error {
		f, err = s.Read(ix, a, 0)
		return err
	})
	return f, err
}

func writeJSON(w http.ResponseWriter, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
	return nil
}

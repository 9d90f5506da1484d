package serve

import (
	"net/http"
	"net/url"

	"example.com/edgard/index"
)

// latestView is the timeline of filings.
type latestView struct {
	Filter url.Values // as in the URL
	Days   []day
	Next   string // the URL of the page after, "" when this is the last
	First  string // the URL of the first page, "" when this is it
}

const pageLength = 50

// latest is the page of filings as they come.
func (s *Server) latest(w http.ResponseWriter, r *http.Request) error {
	q, err := readQuery(r.URL.Query())
	if err != nil {
		return err
	}
	q.Limit = pageLength
	var p index.Page
	err = s.Index(func(ix index.Reader) (err error) {
		p, err = ix.Find(q)
		return err
	})
	if err != nil {
		return err
	}
	v := latestView{Filter: r.URL.Query(), Days: byDay(p.Filings)}
	if p.Next != "" {
		v.Next = with(r.URL, "after", p.Next)
	}
	if q.After != "" {
		v.First = with(r.URL, "after", "")
	}
	return s.page(w, r, http.StatusOK, "latest", v)
}

// with is a URL with a parameter set, or without it.
func with(u *url.URL, key, value string) string {
	q := u.Query()
	if q.Set(key, value); value == "" {
		q.Del(key)
	}
	return (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
}

package serve

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// latestView is the timeline of filings.
type latestView struct {
	Form    filterForm
	Mistake string // why nothing is shown: what is wrong in a field of the form
	Issuer  string // how the issuer asked for was understood
	Days    []day
	Looked  string // how far back texts were searched
	Stream  string // the URL of the stream of what belongs on top, "" when nothing does
	Next    string // the URL of the page after, "" when this is the last
	First   string // the URL of the first page, "" when this is it
	Table   string // the URL of all that matches as a table, "" when there is none
	Blank   bool   // nothing is archived yet
	Crawled bool   // by this process
}

const pageLength = 50

// latest is the page of filings as they come. A form that was sent with fields not
// filled in leads to the URL without them, which is the one to be kept and handed on.
// What a search for words found is not kept.
func (s *Server) latest(w http.ResponseWriter, r *http.Request) error {
	if asked := r.URL.Query(); slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(asked[f], "") }) {
		http.Redirect(w, r, (&url.URL{Path: "/", RawQuery: filter.WithoutEmpty(asked).Encode()}).String(), http.StatusSeeOther)
		return nil
	}
	if filter.WithoutEmpty(r.URL.Query()).Has("words") {
		a, err := s.timeline(r)
		if err != nil {
			return s.again(w, r, err)
		}
		return send(w, r, a)
	}
	return s.again(w, r, s.sendKept(w, r, listKey(r, "page"), func() (*answer, error) { return s.timeline(r) }))
}

// again shows the form as it was filled in, when what is wrong stands in a field of it.
func (s *Server) again(w http.ResponseWriter, r *http.Request, err error) error {
	if err == nil || wantsProblem(r) {
		return err
	}
	p := problemOf(err)
	if !slices.Contains(fields, p.Parameter) {
		return err
	}
	return s.page(w, r, p.Status, "latest", latestView{Form: formOf(r.URL), Mistake: p.Detail})
}

func (s *Server) timeline(r *http.Request) (*answer, error) {
	a, err := s.asked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	v := latestView{Form: formOf(r.URL), Issuer: a.issuer}
	edition, err := s.edition()
	if err != nil {
		return nil, err
	}
	found, err := s.listed(r.Context(), a)
	if err != nil {
		return nil, err
	}
	v.Days = byDay(found.rows)
	v.Crawled = s.Signs != nil
	v.Blank = len(found.rows) == 0 && len(a.plain) == 0 && a.words == nil && a.query.After == ""
	switch {
	case a.words != nil:
		v.Looked = found.says()
	case len(v.Days) > 0:
		v.Table = (&url.URL{Path: "/filings.csv", RawQuery: a.plain.Encode()}).String()
	}
	if found.next != "" {
		v.Next = with(r.URL, "after", found.next)
	}
	switch {
	case a.query.After != "":
		v.First = with(r.URL, "after", "")
	case a.words == nil:
		a.plain.Set("since", edition.String())
		v.Stream = (&url.URL{Path: "/live", RawQuery: a.plain.Encode()}).String()
	}
	return s.render(r, "latest", v)
}

// listed is what belongs on a page of the timeline.
func (s *Server) listed(ctx context.Context, a asked) (searched, error) {
	if a.words != nil {
		return s.search(ctx, a)
	}
	fs, next, err := s.find(a.query)
	return searched{rows: rowsOf(fs, a.query.Items...), next: next}, err
}

// find asks for a page of filings.
func (s *Server) find(q index.Query) (fs []*parse.Filing, next string, err error) {
	err = s.Index(func(ix index.Reader) error {
		p, err := ix.Find(q)
		fs, next = p.Filings, p.Next
		return err
	})
	return fs, next, err
}

// with is a URL with a parameter set, or without it.
func with(u *url.URL, key, value string) string {
	q := u.Query()
	if q.Set(key, value); value == "" {
		q.Del(key)
	}
	return (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
}

package serve

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// issuerView is the page of an issuer.
type issuerView struct {
	index.Issuer
	Filer  *parse.Filer  // of the newest header; nil when only listings tell of it, and on later pages of the list
	Story  *story        // nil on later pages
	Plot   template.HTML // "" when all filings are of one year
	Items  []itemCount
	Years  []ownYear
	Older  string // the URL of the page after, "" when this is the last
	Newest string // the URL of the first page, "" when this is it
}

// Title is the name, or what stands for it.
func (v issuerView) Title() string {
	if v.Name == "" {
		return "CIK " + v.CIK.String()
	}
	return v.Name
}

// Industry and Place are the codes of what the issuer does, and of where it was
// incorporated.
func (v issuerView) Industry() code { return industry(v.SIC) }
func (v issuerView) Place() code    { return state(v.State) }

// itemCount is how many filings report an item.
type itemCount struct {
	badge
	Count int
	URL   string // of those filings
}

// issuerPage is the page of an issuer.
func (s *Server) issuerPage(w http.ResponseWriter, r *http.Request) error {
	return s.sendKept(w, r, listKey(r, "page"), func() (*answer, error) {
		v, err := s.issuer(r.PathValue("cik"))
		if err != nil {
			return nil, err
		}
		if err := s.fill(&v, r.URL); err != nil {
			return nil, err
		}
		return s.render(r, "issuer", v)
	})
}

// fill reads the page of the list that a URL names, and of the first one the story.
func (s *Server) fill(v *issuerView, u *url.URL) error {
	q := index.Query{CIKs: []edgar.CIK{v.CIK}, Limit: pageLength, After: u.Query().Get("after")}
	fs, next, err := s.find(q)
	if err != nil {
		return err
	}
	v.Years = byYear(fs, v.Issuer)
	if next != "" {
		v.Older = with(u, "after", next)
	}
	if q.After != "" {
		v.Newest = with(u, "after", "")
		return nil
	}
	v.Filer = filerOf(fs, v.CIK)
	if v.Story, err = s.storyOf(v.CIK); err != nil {
		return err
	}
	v.Items = itemsOf(v.CIK, v.Story)
	if len(v.Story.years) > 1 {
		v.Plot = storyPlot(v.CIK, v.Story).HTML()
	}
	return nil
}

// issuer finds the issuer that a path names.
func (s *Server) issuer(cik string) (v issuerView, err error) {
	c, err := edgar.ParseCIK(cik)
	if err != nil {
		return v, notFound(err.Error() + "; the first page finds issuers by name and ticker, too")
	}
	err = s.Index(func(ix index.Reader) (err error) {
		v.Issuer, err = ix.Issuer(c)
		return err
	})
	if errors.Is(err, index.ErrNotFound) {
		err = notFound(fmt.Sprintf("no filing of CIK %s is held: crawler issuer %s fetches what it has filed", c, c))
	}
	return v, err
}

// filerOf is what the first header that has c says of it.
func filerOf(fs []*parse.Filing, c edgar.CIK) *parse.Filer {
	for _, f := range fs {
		if x := filerIn(f, c); x != nil {
			return x
		}
	}
	return nil
}

func filerIn(f *parse.Filing, c edgar.CIK) *parse.Filer {
	for i := range f.Filers {
		if f.Filers[i].CIK == c {
			return &f.Filers[i]
		}
	}
	return nil
}

// Address is an address in one line, "" when there is none.
func (issuerView) Address(a *parse.Address) string {
	if a == nil {
		return ""
	}
	var parts []string
	for _, p := range []string{a.Street1, a.Street2, a.City, strings.TrimSpace(addressState(a.State) + " " + a.Zip)} {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// YearEnd is the end of a fiscal year, MMDD, as a day.
func (issuerView) YearEnd(mmdd string) string {
	d, err := time.Parse("0102", mmdd)
	if err != nil {
		return mmdd
	}
	return d.Format("2 January")
}

// SEC is the issuer's page of 8-Ks at sec.gov.
func (v issuerView) SEC() string {
	return "https://www.sec.gov/cgi-bin/browse-edgar?" + url.Values{"action": {"getcompany"}, "CIK": {v.CIK.String()}, "type": {"8-K"}}.Encode()
}

// filteredBy is the timeline of an issuer with one more filter.
func filteredBy(c edgar.CIK, more ...string) string {
	q := url.Values{"cik": {c.String()}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return "/?" + q.Encode()
}

package serve

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// trends is what was counted of the filings of some days.
type trends struct {
	From      edgar.Date    `json:"from,omitzero"` // as asked; open if zero
	To        edgar.Date    `json:"to,omitzero"`
	Edition   index.Edition `json:"edition"`   // of the index when counting began
	Collected time.Time     `json:"collected"` // when it ended, or nothing had changed since
	index.Tally
	index.Counts // of the years that From and To are in, whole

	allYears []index.Count // of all filings
	plots    []template.HTML
}

// days are what somebody wants counted; either end may be open.
type days struct{ from, to edgar.Date }

// daysAsked reads the range in a URL.
func daysAsked(v url.Values) (d days, err error) {
	w, err := filter.FromURL(filter.WithoutEmpty(v), filter.Some("from", "to"))
	if err != nil {
		return d, err
	}
	d.from, d.to, err = filter.Days(filter.Bound{Text: w.One("from"), Origin: "from"}, filter.Bound{Text: w.One("to"), Origin: "to"}, time.Now())
	return d, err
}

// getTrends is the API's answer.
func (s *Server) getTrends(w http.ResponseWriter, r *http.Request) error {
	t, err := s.trendsAsked(r)
	if err != nil {
		return err
	}
	return sendJSON(w, r, t)
}

func (s *Server) trendsAsked(r *http.Request) (*trends, error) {
	d, err := daysAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	t, err := s.trends.get(r.Context(), d)
	if errors.Is(err, context.Canceled) && r.Context().Err() == nil {
		return nil, unavailable("the server is shutting down: try again in a moment")
	}
	return t, err
}

// trendsView is the page of plots over the archive.
type trendsView struct {
	*trends
	FromYears, ToYears []option
	Plots              []template.HTML
	Part               bool // From or To is within a year
}

// option is a choice in a form.
type option struct {
	Value    string
	Selected bool
}

// trendsPage is the page of plots over the archive.
func (s *Server) trendsPage(w http.ResponseWriter, r *http.Request) error {
	t, err := s.trendsAsked(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	return s.page(w, r, http.StatusOK, "trends", trendsView{
		trends: t, Plots: t.plots,
		FromYears: yearOptions(t.allYears, q.Get("from")), ToYears: yearOptions(t.allYears, q.Get("to")),
		Part: !t.From.IsZero() && t.From.AddDays(-1).Year() == t.From.Year() || !t.To.IsZero() && t.To.AddDays(1).Year() == t.To.Year(),
	})
}

// yearOptions are the years that have filings, and what was chosen if that is none of
// them.
func yearOptions(years []index.Count, chosen string) (all []option) {
	found := chosen == ""
	for _, y := range years {
		o := option{Value: strconv.Itoa(y.Year)}
		o.Selected = o.Value == chosen
		found = found || o.Selected
		all = append(all, o)
	}
	if !found {
		all = append(all, option{chosen, true})
	}
	return all
}

package serve

import (
	"net/http"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/vital"
)

// standingKept is how old what is told of the index may be: it costs some
// milliseconds, and anybody may ask.
const standingKept = 2 * time.Second

// statusReport is where an archive and the crawl of this process stand.
type statusReport struct {
	At time.Time `json:"at"` // of what the index tells
	Standing
	Archive *archiveSize    `json:"archive,omitempty"` // as measured last; absent before the first time
	Crawl   *vital.Snapshot `json:"crawl,omitempty"`   // absent where no crawl runs
}

// archiveSize is what the archive takes.
type archiveSize struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

func (s *Server) statusReport(r *http.Request) (rep statusReport, err error) {
	st, at, err := s.standing.get(r.Context(), standingKept)
	if err != nil {
		return rep, err
	}
	rep = statusReport{At: at.UTC().Truncate(time.Second), Standing: st}
	rep.Pauses = s.pauses()
	if u, ok := s.extent.get(); ok {
		rep.Archive = &archiveSize{u.Files, u.Bytes}
	}
	if s.Signs != nil {
		x := s.Signs.Snapshot(time.Now())
		rep.Crawl = &x
		rep.Rate = x.Limit
	}
	return rep, nil
}

// getStatus is the API's answer.
func (s *Server) getStatus(w http.ResponseWriter, r *http.Request) error {
	rep, err := s.statusReport(r)
	if err != nil {
		return err
	}
	return sendJSON(w, r, rep)
}

// statusPage is the same for people.
func (s *Server) statusPage(w http.ResponseWriter, r *http.Request) error {
	rep, err := s.statusReport(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "status", viewOf(rep))
}

// entriesView is a list of entries that are no filings.
type entriesView struct {
	State   string
	States  []option
	Entries []entryRow
	First   string // the URL of the first page, "" when this is it
	Next    string // the URL of the page after, "" when this is the last
}

// entryRow is an entry in a list.
type entryRow struct {
	index.Entry
	Link string // the page here, or the submission at sec.gov
	Here bool
}

const entriesShown = 100

// unfinished are the states of entries that somebody may want to look into.
func unfinished() []index.State {
	return []index.State{index.Deferred, index.Rejected, index.Withdrawn, index.Discovered}
}

// entriesPage lists the entries of a state, with their reasons.
func (s *Server) entriesPage(w http.ResponseWriter, r *http.Request) error {
	words, err := filter.FromURL(filter.WithoutEmpty(r.URL.Query()), []filter.Parameter{
		{Name: "state", Kind: filter.Text, Help: "where we stand with them"},
		{Name: "after", Kind: filter.Text, Help: "the token of the page before"},
	})
	if err != nil {
		return err
	}
	q := index.EntryQuery{Limit: entriesShown, After: words.One("after")}
	v := entriesView{State: words.One("state")}
	for _, st := range unfinished() {
		v.States = append(v.States, option{string(st), string(st) == v.State})
		if v.State == "" || string(st) == v.State {
			q.States = append(q.States, st)
		}
	}
	if len(q.States) == 0 {
		return badParameter("state", "%q: want deferred, rejected, withdrawn or discovered", v.State)
	}
	var page index.EntryPage
	err = s.Index(func(ix index.Reader) (err error) {
		page, err = ix.FindEntries(q)
		return err
	})
	if err != nil {
		return err
	}
	for _, e := range page.Entries {
		v.Entries = append(v.Entries, entryRowOf(e))
	}
	if q.After != "" {
		v.First = with(r.URL, "after", "")
	}
	if page.Next != "" {
		v.Next = with(r.URL, "after", page.Next)
	}
	return s.page(w, r, http.StatusOK, "entries", v)
}

func entryRowOf(e index.Entry) entryRow {
	row := entryRow{Entry: e}
	row.Name, row.Reason = harmless.Line(e.Name), harmless.Line(e.Reason)
	switch {
	case e.State == index.Recorded, e.State == index.Withdrawn:
		row.Link, row.Here = "/filings/"+e.Accession.String(), true
	case len(e.CIKs) > 0:
		row.Link = "https://www.sec.gov" + edgar.SubmissionPath(e.CIKs[0], e.Accession)
	}
	return row
}

package serve

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// filingList is a page of filings.
type filingList struct {
	Filings []*parse.Filing `json:"filings"`         // without the text of their items
	Next    string          `json:"next,omitempty"`  // the token of the page after
	Notes   []string        `json:"notes,omitempty"` // how parameters were understood, where that is not plain
}

// The media types of lists besides JSON.
const (
	mediaLines = "application/x-ndjson"
	mediaCSV   = "text/csv"
)

// listFilings answers with a page of filings, or as lines with all there are.
func (s *Server) listFilings(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Accept")
	media := preferred(r, mediaJSON, mediaLines, mediaCSV)
	words, err := filter.FromURL(r.URL.Query(), filter.Listing())
	if err != nil {
		return err
	}
	limit, given, err := words.Whole("limit")
	switch {
	case err != nil:
		return err
	case limit > index.MaxLimit:
		return badParameter("limit", "at most %d at once: go on with after, or ask for limit=0 with Accept: %s", index.MaxLimit, mediaLines)
	case given && limit == 0 && media == mediaJSON:
		return badParameter("limit", "0 means all, which does not come as one JSON object: ask with Accept: %s or %s, or for 1 to %d", mediaLines, mediaCSV, index.MaxLimit)
	case given && limit == 0:
		return s.allFilings(w, r, words, media)
	}
	return s.sendKept(w, r, listKey(r, media), func() (*answer, error) { return s.pageOfFilings(r.URL, words, media) })
}

// listKey is what a list is kept under. Its day is what spans of time count back from.
func listKey(r *http.Request, media string) string {
	return media + " " + edgar.DateOf(time.Now()).String() + " " + r.URL.Path + "?" + r.URL.Query().Encode()
}

// pageOfFilings makes a page of filings in a media type.
func (s *Server) pageOfFilings(u *url.URL, words filter.Words, media string) (a *answer, err error) {
	var l filingList
	err = s.Index(func(ix index.Reader) error {
		l = filingList{}
		note := func(format string, args ...any) { l.Notes = append(l.Notes, fmt.Sprintf(format, args...)) }
		q, err := filter.Reader{Index: ix, Now: time.Now(), Note: note}.Query(words)
		if err != nil {
			return err
		}
		p, err := ix.Find(q)
		l.Filings, l.Next = p.Filings, p.Next
		return err
	})
	if err != nil {
		return nil, err
	}
	if media == mediaJSON {
		l.Filings = append([]*parse.Filing{}, l.Filings...) // [], and not null
		a, err = jsonAnswer(l)
	} else {
		a, err = rowsAnswer(media, l.Filings)
	}
	if err == nil && l.Next != "" {
		a.next = with(u, "after", l.Next)
	}
	return a, err
}

package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// streamFilings is /api/v1/stream: an event for every change of a filing that matches
// the filters of the list, in the order of the changes, as long as the client stays.
//
//	retry: 3000
//	id: 5f0c…-1041            where the stream begins
//
//	event: filing             recorded, recorded anew, withdrawn or listed again
//	id: 5f0c…-1042            EPOCH-SEQUENCE
//	data: {"accession": …}    the filing as it is now, as the list has it
//
// A client that names the last id it had, in the header Last-Event-ID, which browsers
// send when they connect again, or as last_event_id or since, is told of everything
// since, each filing at least as it is now, also by another run of the server. One that
// names none begins with what comes from now on: to keep a list current, connect, then
// read the list, then follow. EPOCH-0 is the beginning of everything.
//
//	event: reset
//	id: 91ab…-7
//	data: {"edition": "91ab…-7"}
//
// says that changes are numbered anew, and that the id named means nothing any more:
// what was heard until now may be incomplete. The client reads the list again, or
// connects with last_event_id=91ab…-0 to have everything; the stream goes on from here.
//
// Comments come while there is nothing to say, with an id when changes passed that the
// filters left out. A client that does not read is cut off, and takes up where it was.
func (s *Server) streamFilings(w http.ResponseWriter, r *http.Request) error {
	return s.stream(w, r, func(c change) (string, error) {
		b, err := c.json()
		return string(b), err
	})
}

// streamRows is /live: the same for the timeline, which takes rows.
func (s *Server) streamRows(w http.ResponseWriter, r *http.Request) error {
	return s.stream(w, r, func(c change) (string, error) { return c.row() })
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request, data func(change) (string, error)) error {
	q, err := s.streamQuery(r.URL.Query())
	if err != nil {
		return err
	}
	last, named, err := lastEvent(r)
	if err != nil {
		return err
	}
	now, err := s.edition()
	if err != nil {
		return err
	}
	head := w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // a proxy is not to wait for more
	if r.Method == http.MethodHead {
		return nil
	}
	leave, err := s.feed.join(now)
	if err != nil {
		head.Set("Retry-After", "30")
		return err
	}
	defer leave()
	s.meters.streams.Add(1)
	defer s.meters.streams.Add(-1)
	l := listener{feed: s.feed, query: q, data: data, at: now, events: events{w: w, control: http.NewResponseController(w)}}
	switch {
	case named && last.Epoch == now.Epoch && last.Sequence <= now.Sequence:
		l.at = last
	case named:
		l.lost = true
	}
	l.listen(r.Context())
	return nil
}

// edition returns the one that the index is in.
func (s *Server) edition() (e index.Edition, err error) {
	err = s.Index(func(ix index.Reader) (err error) {
		e, err = ix.Edition()
		return err
	})
	return e, err
}

// streamQuery reads the filters of a stream: those of a list, without its paging.
func (s *Server) streamQuery(values url.Values) (q index.Query, err error) {
	values = filter.WithoutEmpty(values)
	words, err := filter.FromURL(values, streamParameters())
	if err != nil {
		return q, err
	}
	err = s.Index(func(ix index.Reader) error {
		q, err = filter.Reader{Index: ix, Now: time.Now()}.Query(words)
		return err
	})
	return q, err
}

func lastEventParameters() []string { return []string{"last_event_id", "since"} }

// streamParameters are those of a list, without its paging, and where to begin.
func streamParameters() []filter.Parameter {
	ps := filter.Parameters()
	for _, name := range lastEventParameters() {
		ps = append(ps, filter.Parameter{Name: name, Kind: filter.Text, Help: "resume after the event with this `ID`, or after this edition"})
	}
	return ps
}

// lastEvent returns the edition that a client names. The header comes first: a browser
// that connects again asks for the URL it asked for at first.
func lastEvent(r *http.Request) (last index.Edition, named bool, err error) {
	places := []string{r.Header.Get("Last-Event-ID")}
	for _, name := range lastEventParameters() {
		places = append(places, r.URL.Query().Get(name))
	}
	i := slices.IndexFunc(places, func(s string) bool { return strings.TrimSpace(s) != "" })
	if i < 0 {
		return last, false, nil
	}
	if last, err = index.ParseEdition(strings.TrimSpace(places[i])); err != nil {
		return last, false, badRequest("last_event_id: " + err.Error() + ", the id of an event")
	}
	return last, true, nil
}

// reset is the data of that event.
func reset(now index.Edition) string {
	b, _ := json.Marshal(struct { // strings alone
		Edition string `json:"edition"`
	}{now.String()})
	return string(b)
}

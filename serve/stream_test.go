package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
)

// live is an index of made filings and a Server of it.
type live struct {
	*serve.Server
	url   string
	dir   string
	store *index.Store
	made  *indextest.Population
}

// newLive opens the index of dir, which may be new, and serves it until the test ends.
func newLive(t *testing.T, dir string) *live {
	t.Helper()
	l := &live{dir: dir, made: indextest.NewPopulation(4000)}
	var err error
	if l.store, err = index.Open(dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.store.Close() })
	l.Server = serverOf(t, index.Of(l.store))
	server := httptest.NewServer(l.Server)
	t.Cleanup(server.Close)
	t.Cleanup(func() { l.Server.Close() }) // first, for the other waits for streams
	l.url = server.URL
	return l
}

func serverOf(t *testing.T, ask index.Asking) *serve.Server {
	t.Helper()
	ar, err := archive.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ar.Close() })
	s, err := serve.New(serve.Config{Index: ask, Archive: ar, Read: func(index.Reader, edgar.Accession, int) (*parse.Filing, error) {
		return nil, index.ErrNotFound
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// record records the made filings from one number up to another, one by one.
func (l *live) record(t *testing.T, from, to int) {
	t.Helper()
	for n := from; n < to; n++ {
		if err := l.store.Record(l.made.At(n)); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *live) edition(t *testing.T) index.Edition {
	t.Helper()
	e, err := l.store.Edition()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// event is one as it was heard.
type event struct{ name, id, data string }

// sequence is the number in its id.
func (e event) sequence(t *testing.T) uint64 {
	t.Helper()
	ed, err := index.ParseEdition(e.id)
	if err != nil {
		t.Fatalf("event %+v: %v", e, err)
	}
	return ed.Sequence
}

func (e event) accession(t *testing.T) string {
	t.Helper()
	f, err := index.UnmarshalFiling([]byte(e.data))
	if err != nil {
		t.Fatalf("event %+v: %v", e, err)
	}
	return f.Accession.String()
}

// listening is a client of a stream.
type listening struct {
	lines *bufio.Scanner
	body  io.ReadCloser
	id    string // the last one heard
}

// listen connects to a stream, and hears where it begins.
func listen(t *testing.T, url string, lastEventID string) *listening {
	t.Helper()
	resp := connect(t, url, lastEventID)
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || kind != "text/event-stream" {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("%s: status %d, %s: %s", url, resp.StatusCode, kind, body)
	}
	return hear(t, resp.Body)
}

// hear hears where a stream begins.
func hear(t *testing.T, body io.ReadCloser) *listening {
	t.Helper()
	l := &listening{lines: bufio.NewScanner(body), body: body}
	l.lines.Buffer(nil, 1<<20)
	for l.id == "" && l.lines.Scan() {
		l.id, _ = strings.CutPrefix(l.lines.Text(), "id: ")
		if l.id == l.lines.Text() {
			l.id = ""
		}
	}
	return l
}

func connect(t *testing.T, url, lastEventID string) *http.Response {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// next waits for the next event; not ok when the stream has ended.
func (l *listening) next() (e event, ok bool) {
	for l.lines.Scan() {
		field, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch field {
		case "event":
			e.name = value
		case "id":
			e.id, l.id = value, value
		case "data":
			e.data += value + "\n"
		case "":
			if e.data != "" {
				return e, true
			}
			e = event{}
		}
	}
	return event{}, false
}

// take waits for so many events.
func (l *listening) take(t *testing.T, n int) (es []event) {
	t.Helper()
	for range n {
		e, ok := l.next()
		if !ok {
			t.Fatalf("the stream ended after %d events, want %d", len(es), n)
		}
		es = append(es, e)
	}
	return es
}

func TestEachChangeThatMatchesIsAnEventWithTheFilingOfTheList(t *testing.T) {
	l := newLive(t, t.TempDir())
	l.record(t, 0, 1)
	third := l.made.At(3)
	filters := "?cik=" + third.Filers[0].CIK.String() + "&item=" + third.Items[0].Number + "&from=" + third.Filed.String()
	all, some := listen(t, l.url+"/api/v1/stream", ""), listen(t, l.url+"/api/v1/stream"+filters, "")
	l.record(t, 1, 4)
	es := all.take(t, 3)
	if err := l.store.Withdraw(l.made.At(1).Accession, "gone"); err != nil {
		t.Fatal(err)
	}
	es = append(es, all.take(t, 1)...)
	epoch := l.edition(t).Epoch
	for i, n := range []int{1, 2, 3, 1} {
		want := event{"filing", index.Edition{Epoch: epoch, Sequence: uint64(2 + i)}.String(), ""}
		if es[i].name != want.name || es[i].id != want.id || es[i].accession(t) != l.made.At(n).Accession.String() {
			t.Errorf("event %d: %+v, want %+v of %s", i, es[i], want, l.made.At(n).Accession)
		}
	}
	f, err := index.UnmarshalFiling([]byte(es[3].data))
	if err != nil || !f.Withdrawn {
		t.Errorf("the withdrawn filing comes as %s", es[3].data)
	}
	resp, err := http.Get(l.url + "/api/v1/filings?cik=" + third.Filers[0].CIK.String())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var list struct{ Filings []json.RawMessage }
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil || len(list.Filings) == 0 {
		t.Fatal(err, list)
	}
	if e := some.take(t, 1)[0]; e.id != es[2].id || strings.TrimSpace(e.data) != string(list.Filings[0]) {
		t.Errorf("filtered:\n%+v\nthe list has\n%s", e, list.Filings[0])
	}
}

func TestAStreamIsTakenUpWhereItWasAlsoByAnotherRunOfTheServer(t *testing.T) {
	dir := t.TempDir()
	id, heard := "", []string{}
	for run := range 4 {
		l := newLive(t, dir)
		if id == "" {
			id = index.Edition{Epoch: l.edition(t).Epoch}.String()
		}
		if run > 0 {
			l.record(t, run*10-5, run*10) // while nobody listened
		}
		s := listen(t, l.url+"/api/v1/stream?since=nothing-1", id) // the header comes first
		l.record(t, run*10, run*10+5)
		for _, e := range s.take(t, 3+run) { // and not all that there is
			heard, id = append(heard, e.accession(t)), e.id
		}
		s.body.Close()
		if err := errors.Join(l.Server.Close(), l.store.Close()); err != nil {
			t.Fatal(err)
		}
	}
	made := indextest.NewPopulation(4000)
	var want []string
	for n := range len(heard) {
		want = append(want, made.At(n).Accession.String())
	}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("heard in four runs (-want +got):\n%s", diff)
	}
}

// consecutive fails unless the events have all numbers from one on, each once.
func consecutive(t *testing.T, es []event, first uint64) {
	t.Helper()
	for i, e := range es {
		if got := e.sequence(t); got != first+uint64(i) {
			t.Errorf("event %d has number %d, want %d", i, got, first+uint64(i))
			return
		}
	}
}

func TestNothingIsLostOrToldTwiceWhenRecordingRacesWithConnecting(t *testing.T) {
	const filings, clients = 300, 20
	l := newLive(t, t.TempDir())
	var wg sync.WaitGroup
	recorded := make(chan int, filings)
	wg.Go(func() {
		defer close(recorded)
		for n := range filings {
			if err := l.store.Record(l.made.At(n)); err != nil {
				t.Error(err)
				return
			}
			recorded <- n
		}
	})
	for range clients {
		<-recorded
		wg.Go(func() {
			s := listen(t, l.url+"/api/v1/stream", "")
			begin := event{id: s.id}.sequence(t)
			consecutive(t, s.take(t, int(filings-begin)), begin+1)
		})
	}
	wg.Wait()
}

func TestWhoIsFarBehindHearsEverythingInOrder(t *testing.T) {
	const filings = 2500 // more than is kept of the last changes
	l := newLive(t, t.TempDir())
	var fs []*parse.Filing
	for n := range filings {
		fs = append(fs, l.made.At(n))
	}
	for len(fs) > 500 {
		if err := l.store.Record(fs[:500]...); err != nil {
			t.Fatal(err)
		}
		fs = fs[500:]
	}
	begin := index.Edition{Epoch: l.edition(t).Epoch}.String()
	s := listen(t, l.url+"/api/v1/stream?last_event_id="+begin, "")
	es := s.take(t, 10)
	if err := l.store.Record(fs...); err != nil { // more comes while it catches up
		t.Fatal(err)
	}
	consecutive(t, append(es, s.take(t, filings-10)...), 1)
}

func TestAnIDOfAnotherNumberingIsToldToMeanNothing(t *testing.T) {
	l := newLive(t, t.TempDir())
	l.record(t, 0, 3)
	now := l.edition(t)
	for _, id := range []string{"00c0ffee-2", index.Edition{Epoch: now.Epoch, Sequence: now.Sequence + 1}.String()} {
		s := listen(t, l.url+"/api/v1/stream", id)
		if s.id != now.String() {
			t.Errorf("%s: the stream begins at %s, want %s", id, s.id, now)
		}
	}
	resp := connect(t, l.url+"/api/v1/stream", "00c0ffee-2")
	lines := bufio.NewScanner(resp.Body)
	var got []string
	for len(got) < 4 && lines.Scan() {
		got = append(got, lines.Text())
	}
	want := []string{"retry: 3000", "event: reset", "id: " + now.String(), `data: {"edition":"` + now.String() + `"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhoListensIsToldThatNumberingBeginsAnew(t *testing.T) {
	old, young := newLive(t, t.TempDir()), newLive(t, t.TempDir())
	old.record(t, 0, 5)
	young.record(t, 0, 2)
	var which atomic.Pointer[index.Store]
	which.Store(old.store)
	s := serverOf(t, func(ask func(index.Reader) error) error { return ask(which.Load()) })
	server := httptest.NewServer(s)
	defer server.Close()
	defer s.Close()
	heard := listen(t, server.URL+"/api/v1/stream", "")
	old.record(t, 5, 6)
	heard.take(t, 1)
	which.Store(young.store)
	if e, want := heard.take(t, 1)[0], young.edition(t).String(); e.name != "reset" || e.id != want {
		t.Errorf("%+v, want a reset to %s", e, want)
	}
	young.record(t, 2, 3)
	if e := heard.take(t, 1)[0]; e.name != "filing" || e.id != young.edition(t).String() {
		t.Errorf("after it %+v, want the filing %s", e, young.edition(t))
	}
}

func TestAStreamGoesOnWhenTheIndexCouldNotBeReadForAWhile(t *testing.T) {
	l := newLive(t, t.TempDir())
	var locked atomic.Bool
	s := serverOf(t, func(ask func(index.Reader) error) error {
		if locked.Load() {
			return index.ErrLocked
		}
		return ask(l.store)
	})
	server := httptest.NewServer(s)
	defer server.Close()
	defer s.Close()
	heard := listen(t, server.URL+"/api/v1/stream", "")
	locked.Store(true)
	if resp := connect(t, server.URL+"/api/v1/stream", ""); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("who connects meanwhile gets status %d, want 503", resp.StatusCode)
	}
	l.record(t, 0, 3)
	locked.Store(false)
	consecutive(t, heard.take(t, 3), 1)
}

func TestThereAreNoMoreStreamsThanThereMayBe(t *testing.T) {
	const most = 64
	l := newLive(t, t.TempDir())
	var first *listening
	for n := range most {
		if s := listen(t, l.url+"/api/v1/stream", ""); n == 0 {
			first = s
		}
	}
	resp := connect(t, l.url+"/live", "")
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") != "30" || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("one more: status %d, %v; want 503, a problem, and when to try again", resp.StatusCode, resp.Header)
	}
	l.record(t, 0, 1)
	first.take(t, 1)
	first.body.Close()
	for range 100 { // until the server has noticed
		if resp := connect(t, l.url+"/api/v1/stream", ""); resp.StatusCode == http.StatusOK {
			return
		}
		l.record(t, 1, 2)
	}
	t.Error("the place of a stream that ended is not given to another")
}

func TestStreamsEndWhenTheServerCloses(t *testing.T) {
	l := newLive(t, t.TempDir())
	s := listen(t, l.url+"/api/v1/stream", "")
	if err := l.Server.Close(); err != nil {
		t.Fatal(err)
	}
	if e, ok := s.next(); ok {
		t.Errorf("heard %+v from a server that is closed", e)
	}
	if resp := connect(t, l.url+"/api/v1/stream", ""); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("another stream: status %d, want 503", resp.StatusCode)
	}
}

func TestTheTimelineHearsRows(t *testing.T) {
	l := newLive(t, t.TempDir())
	s := listen(t, l.url+"/live?form=8-K,8-K/A", "")
	l.record(t, 0, 1)
	e, f := s.take(t, 1)[0], l.made.At(0)
	for _, want := range []string{`<section class="day" data-day="` + f.Filed.String() + `">`, `id="f-` + f.Accession.String() + `"`, "</section>"} {
		if e.name != "filing" || !strings.Contains(e.data, want) {
			t.Errorf("no %s in %+v", want, e)
		}
	}
}

func TestTheTimelineNamesTheStreamOfWhatItShows(t *testing.T) {
	l := newLive(t, t.TempDir())
	l.record(t, 0, 3)
	r := httptest.NewRequest(http.MethodGet, "/?form=8-K&from=1994", nil)
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	q := url.Values{"form": {"8-K"}, "from": {"1994"}, "since": {l.edition(t).String()}}
	want := `data-stream="` + strings.ReplaceAll("/live?"+q.Encode(), "&", "&amp;") + `"`
	if !strings.Contains(w.Body.String(), want) {
		t.Errorf("no %s in\n%.3000s", want, w.Body)
	}
}

func TestWhatAStreamCannotMeanIsAProblem(t *testing.T) {
	l := newLive(t, t.TempDir())
	for _, tt := range []struct{ query, id, says string }{
		{"since=yesterday", "", "names no edition"},
		{"last_event_id=1", "", "names no edition"},
		{"", "1\x01", "names no edition"},
		{"after=AAAA", "", "no such parameter"},
		{"limit=5", "", "no such parameter"},
		{"item=2.2", "", "item"},
		{"itme=2.02", "", "itme"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/stream?"+tt.query, nil)
		r.Header.Set("Last-Event-ID", tt.id)
		w := httptest.NewRecorder()
		l.ServeHTTP(w, r)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s%s: status %d, %s; want 400 and %q", tt.query, tt.id, w.Code, w.Body, tt.says)
		}
	}
}

func TestHeadOfAStreamIsItsHeaderAlone(t *testing.T) {
	l := newLive(t, t.TempDir())
	w := httptest.NewRecorder()
	l.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/api/v1/stream", nil))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/event-stream" || w.Body.Len() > 0 {
		t.Errorf("status %d, %v, %q", w.Code, w.Header(), w.Body)
	}
}

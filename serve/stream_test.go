package serve_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.com/edgard/index"
)

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

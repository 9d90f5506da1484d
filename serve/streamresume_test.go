package serve_test

import (
	"bufio"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

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

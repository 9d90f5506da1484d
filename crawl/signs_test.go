package crawl

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/vital"
)

func TestTheSignsOfAPassAreWhatEDGARSaw(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h, signs := newHouse(t, fourReports()...), new(vital.Signs)
		r, err := h.crawler(func(c *Config) { c.Signs, c.Rate = signs, 8 }).Sync(t.Context(), all2024())
		if err != nil {
			t.Fatal(err)
		}
		got, asked := signs.Snapshot(time.Now()), h.world.Requests()
		ok, times := 0, []time.Time(nil)
		for _, q := range asked {
			times = append(times, q.At)
			if q.Status == http.StatusOK {
				ok++
			}
		}
		if got.Asked() != uint64(len(asked)) || got.Answered(vital.OK) != uint64(ok) || r.Requests != len(asked) {
			t.Errorf("%d requests in the signs, %d of them ok; EDGAR saw %d and %d, the report %d", got.Asked(), got.Answered(vital.OK), len(asked), ok, r.Requests)
		}
		if got.Bytes != r.Bytes || got.Parsed.Count != uint64(r.Recorded) || got.Waited.Count != got.Asked() || got.Limit != 8 {
			t.Errorf("%d bytes, %d parsed, %d waits, limit %v; want %d, %d, %d, 8", got.Bytes, got.Parsed.Count, got.Waited.Count, got.Limit, r.Bytes, r.Recorded, len(asked))
		}
		if want := busiestSecond(times); got.Largest != want || want > 9 {
			t.Errorf("largest second %d, want %d", got.Largest, want)
		}
		if got.Fresh.Count != 0 {
			t.Errorf("%d filings of before the pass are called fresh", got.Fresh.Count)
		}
	})
}

func TestEachOutcomeOfARequestIsTold(t *testing.T) {
	for want, answer := range map[vital.Outcome]func(*http.Request) (int, http.Header, string){
		vital.OK:         nil,
		vital.Unchanged:  func(*http.Request) (int, http.Header, string) { return 304, nil, "" },
		vital.Absent:     func(*http.Request) (int, http.Header, string) { return 404, nil, "" },
		vital.Throttled:  func(*http.Request) (int, http.Header, string) { return 429, nil, "" },
		vital.Undeclared: func(*http.Request) (int, http.Header, string) { return 403, nil, "<html>Undeclared Automated Tool" },
		vital.Fault:      func(*http.Request) (int, http.Header, string) { return 503, nil, "" },
	} {
		synctest.Test(t, func(t *testing.T) {
			door, signs := newDoor(t, &server{answer: answer}, t.TempDir(), 8), new(vital.Signs)
			door.signs, door.budget.signs = signs, signs
			newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10)
			got := signs.Snapshot(time.Now())
			if got.Answered(want) != 1 || got.Asked() != 1 || got.Requests[0].Host != "edgar.test" {
				t.Errorf("%s: %+v", want, got.Requests)
			}
			if paused := len(got.Pauses) == 1 && got.Pauses[0] == (vital.Pause{Host: "sec.gov", Until: time.Now().Add(CoolDown), Why: "HTTP 429 for /a"}); paused != (want == vital.Throttled) {
				t.Errorf("%s: pauses %+v", want, got.Pauses)
			}
		})
	}
}

func TestARequestWithoutAConnectionIsUnansweredAndWasNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		signs := new(vital.Signs)
		door := newDoor(t, roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") }), t.TempDir(), 8)
		door.signs = signs
		newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10)
		if got := signs.Snapshot(time.Now()); got.Answered(vital.Unanswered) != 1 || got.Asked() != 1 || got.Largest != 0 {
			t.Errorf("%+v, largest second %d", got.Requests, got.Largest)
		}
	})
}

func TestWhatNetHTTPSendsAgainIsInTheSigns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, signs := new(server), new(vital.Signs)
		door := newDoor(t, roundTripper(func(r *http.Request) (*http.Response, error) {
			traceGotConn(r)
			traceGotConn(r)
			return s.RoundTrip(r)
		}), t.TempDir(), 8)
		door.signs = signs
		newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10)
		got := signs.Snapshot(time.Now())
		if got.Answered(vital.Unanswered) != 1 || got.Answered(vital.OK) != 1 || got.Largest != 2 {
			t.Errorf("%+v, largest second %d; want one ok, one not, 2", got.Requests, got.Largest)
		}
	})
}

func TestACoolDownIsNoWaitForATurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, signs := new(server), new(vital.Signs)
		door := newDoor(t, s, t.TempDir(), 8)
		door.signs, door.budget.signs, door.patient = signs, signs, true
		if _, err := door.budget.throttled(t.Context(), "told so"); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			go newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10)
		}
		time.Sleep(CoolDown + 10*time.Second)
		if got := signs.Snapshot(time.Now()).Waited; got.Count != 3 || got.Sum > 1 {
			t.Errorf("waited %+v, want three short waits", got)
		}
	})
}

func TestAFilingAcceptedWhileTheDaemonRunsIsFresh(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h, signs := newHouse(t, fourReports()...), new(vital.Signs)
		stop := h.run(Daemon{Settings: since2024()}, func(c *Config) { c.Signs = signs })
		time.Sleep(2 * time.Minute)
		if got := signs.Snapshot(time.Now()); got.Fresh.Count != 0 || got.Parsed.Count == 0 {
			t.Errorf("%d fresh of %d that were there before", got.Fresh.Count, got.Parsed.Count)
		}
		s := made("0000900001-24-000012", "8-K", "2024-06-20", "900001")
		s.Accepted = time.Now().Add(time.Second)
		s.Public = s.Accepted
		must(0, h.world.Add(s))
		time.Sleep(3 * time.Minute)
		got := signs.Snapshot(time.Now())
		if within, ok := got.Fresh.Within(1); got.Fresh.Count != 1 || !ok || within > 120 {
			t.Errorf("fresh %+v, want one within two minutes", got.Fresh)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheSignsNameAnActivityThatHangs(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h, signs := newHouse(t, fourReports()...), new(vital.Signs)
		d := &deaf{h.world, "browse-edgar", make(chan struct{})}
		stop := h.run(Daemon{Settings: since2024()}, func(c *Config) { c.Transport, c.Signs = d, signs })
		time.Sleep(4 * time.Minute)
		got := signs.Snapshot(time.Now())
		var names []string
		for _, a := range got.Activities {
			names = append(names, a.Name)
		}
		if want := []string{"getcurrent", "xbrlrss", "new filings", "backlog"}; !slices.Equal(names, want) || got.Stuck() != nil {
			t.Errorf("activities %q, stuck %q; want %q and none", names, got.Stuck(), want)
		}
		time.Sleep(10 * time.Minute)
		if got := signs.Snapshot(time.Now()).Stuck(); !slices.Equal(got, []string{"getcurrent"}) {
			t.Errorf("stuck: %q, want getcurrent", got)
		}
		close(d.free)
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheLimitInTheSignsIsTheOneInForce(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h, signs, reload := newHouse(t, fourReports()...), new(vital.Signs), make(chan Settings)
		stop := h.run(Daemon{Settings: since2024(), Reload: reload}, func(c *Config) { c.Signs, c.Rate = signs, 8 })
		slower := since2024()
		slower.Rate = 2
		before := signs.Snapshot(time.Now()).Limit
		reload <- slower
		synctest.Wait()
		if after := signs.Snapshot(time.Now()).Limit; after != 2 {
			t.Errorf("limit %v and then %v, want 2", before, after)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAFullDiskIsInTheSignsUntilItIsMended(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h, signs := newHouse(t, fourReports()...), new(vital.Signs)
		c := h.crawler(func(c *Config) { c.Signs = signs })
		var mended atomic.Bool
		c.disk.look = func(string) (free, size int64, err error) {
			if !mended.Load() {
				return 1, 100 << 30, nil
			}
			return 50 << 30, 100 << 30, nil
		}
		stop := h.runWith(c, Daemon{Settings: since2024()})
		time.Sleep(time.Minute)
		if got := signs.Snapshot(time.Now()).Halt; got == "" {
			t.Error("the disk is full and nothing is said")
		}
		mended.Store(true)
		time.Sleep(5 * time.Minute)
		if got := signs.Snapshot(time.Now()).Halt; got != "" || len(h.filings()) == 0 {
			t.Errorf("%d filings, and still %q", len(h.filings()), got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

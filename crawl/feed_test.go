package crawl

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// current polls h's feed once and keeps what it told.
func pollOnce(t *testing.T, p *poller) (poll, error) {
	t.Helper()
	s := p.settings.Load()
	old, _, err := p.Index.Listing(p.feed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.read(t.Context(), s, old)
	if err := p.keep(got, s); err != nil {
		t.Fatal(err)
	}
	return got, err
}

func newTestPoller(t *testing.T, c *Crawler, feed string, s Settings) *poller {
	t.Helper()
	d := &daemon{Crawler: c, news: newBell(), older: newBell()}
	if err := d.adopt(s); err != nil {
		t.Fatal(err)
	}
	return d.newPoller(feed)
}

// crowd is n filings of one day, accepted a few seconds apart from nine o'clock.
func crowd(n int, date string) (subs []edgartest.Submission) {
	start := clock(9 * 60).on(day(date))
	for i := range n {
		s := made(fmt.Sprintf("0000900001-24-3%05d", i), "8-K", date, "900001")
		s.Accepted = start.Add(time.Duration(i*20) * time.Second)
		subs = append(subs, s)
	}
	return subs
}

func (h *house) known() (n int) {
	for _, err := range h.ix.Entries() {
		if err != nil {
			h.t.Fatal(err)
		}
		n++
	}
	return n
}

func feedStarts(w *edgartest.World) (starts []string) {
	for _, q := range w.Requests() {
		if strings.HasSuffix(q.Path, "/browse-edgar") {
			_, rest, _ := strings.Cut(q.Query, "start=")
			start, _, _ := strings.Cut(rest, "&")
			starts = append(starts, start)
		}
	}
	return starts
}

func TestAPollReadsPagesBackToKnownGround(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, crowd(500, "2024-06-20")...)
		p := newTestPoller(t, h.crawler(), feedCurrent, since2024())
		if got, err := pollOnce(t, p); err != nil || len(got.rows) != 500 || !got.whole {
			t.Fatalf("first poll: %d rows, whole %v, %v; want all 500", len(got.rows), got.whole, err)
		}
		if n := h.known(); n != 500 {
			t.Errorf("%d entries, want 500", n)
		}
		h.world.Reset()
		late := made("0000900002-24-000001", "8-K", "2024-06-20", "900002", "900003")
		late.Accepted = time.Now()
		other := made("0000900002-24-000002", "10-Q", "2024-06-20", "900002")
		other.Accepted = time.Now()
		if err := h.world.Add(late, other); err != nil {
			t.Fatal(err)
		}
		got, err := pollOnce(t, p)
		if err != nil || len(got.rows) != 2 || got.rows[0].Accession != late.Accession {
			t.Fatalf("second poll: %v, %v; want one submission under two filers", got.rows, err)
		}
		if starts := feedStarts(h.world); !slices.Equal(starts, []string{"0", "80"}) {
			t.Errorf("pages from %v, want two: the second brought nothing new", starts)
		}
		if e := h.entry("0000900002-24-000001"); len(e.CIKs) != 2 || e.Seen.Unix() != got.at.Unix() {
			t.Errorf("entry %+v, want both filers, seen at %v", e, got.at)
		}
		h.world.Reset()
		if got, err := pollOnce(t, p); err != nil || len(got.rows) != 0 || len(h.world.Requests()) != 1 {
			t.Errorf("third poll: %d rows by %d requests, %v; want none by one", len(got.rows), len(h.world.Requests()), err)
		}
	})
}

func TestWhatABrokenPollDidNotReachTheNextOneReaches(t *testing.T) {
	at(t, "2024-06-20 09:00", func(t *testing.T) {
		h := newHouse(t, crowd(500, "2024-06-20")...)
		p := newTestPoller(t, h.crawler(), feedCurrent, since2024())
		if _, err := pollOnce(t, p); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Hour) // three hundred and more have come
		h.world.Script("/cgi-bin/browse-edgar", edgartest.Normal, edgartest.Normal, edgartest.Unavailable)
		got, err := pollOnce(t, p)
		if err == nil || got.whole || len(got.rows) != 180 {
			t.Fatalf("the broken poll: %d rows, whole %v, %v; want 180 of two pages", len(got.rows), got.whole, err)
		}
		time.Sleep(time.Minute)
		again := newTestPoller(t, h.crawler(), feedCurrent, since2024()) // after a restart, even
		if got, err := pollOnce(t, again); err != nil || !got.whole {
			t.Fatalf("the poll after: whole %v, %v", got.whole, err)
		}
		if n := h.known(); n != 500 {
			t.Errorf("%d entries, want 500", n)
		}
	})
}

// shifting adds a filing to the world before each page of its feed is read.
type shifting struct {
	*edgartest.World
	t *testing.T
	n int
}

func (s *shifting) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/browse-edgar") {
		var more []edgartest.Submission
		for range 15 {
			s.n++
			sub := made(fmt.Sprintf("0000900005-24-%06d", s.n), "8-K", "2024-06-20", "900005")
			sub.Accepted = time.Now()
			more = append(more, sub)
		}
		if err := s.Add(more...); err != nil {
			s.t.Error(err)
		}
		if s.n > 15 && s.n < 60 {
			s.Remove(acc(fmt.Sprintf("0000900005-24-%06d", s.n-15))) // and one goes again
		}
	}
	return s.World.RoundTrip(r)
}

func TestPagesMayShiftWhileTheyAreRead(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, crowd(500, "2024-06-20")...)
		s := &shifting{World: h.world, t: t}
		p := newTestPoller(t, h.crawler(func(c *Config) { c.Transport = s }), feedCurrent, since2024())
		if _, err := pollOnce(t, p); err != nil {
			t.Fatal(err)
		}
		for _, sub := range crowd(500, "2024-06-20") {
			if _, err := h.ix.Entry(sub.Accession); err != nil {
				t.Errorf("%s: %v", sub.Accession, err)
			}
		}
	})
}

func TestAFeedThatCannotBeReadIsAFaultAndNeverNoFilings(t *testing.T) {
	page := []byte("<!DOCTYPE html><html><body>Maintenance</body></html>")
	empty := []byte("<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Latest Filings</title></feed>")
	for name, answer := range map[string]edgartest.Answer{
		"an error page with 200": edgartest.Body(200, "text/html", page),
		"a feed of nothing":      edgartest.Body(200, "application/atom+xml", empty),
		"no bytes":               edgartest.Empty,
		"half a feed":            edgartest.Truncated,
		"a broken connection":    edgartest.CutOff,
		"503":                    edgartest.Unavailable,
		"absent":                 edgartest.NoSuchKey,
		"a reset":                edgartest.Reset,
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, crowd(3, "2024-06-20")...)
			core, logged := observer.New(zap.InfoLevel)
			stop := h.run(Daemon{Settings: since2024()}, func(c *Config) { c.Log = zap.New(core) })
			time.Sleep(30 * time.Second)
			h.world.Script("/cgi-bin/browse-edgar", edgartest.Always(answer))
			time.Sleep(time.Hour)
			asked := len(feedStarts(h.world))
			if asked < 10 || asked > 40 {
				t.Errorf("%s: asked %d times in an hour, want pauses that grow to minutes", name, asked)
			}
			l, _, err := h.ix.Listing(feedCurrent)
			if err != nil || time.Since(l.Checked) < time.Hour {
				t.Errorf("%s: the feed counts as read at %v (%v), want before the fault", name, l.Checked, err)
			}
			h.world.ClearScript()
			time.Sleep(6 * time.Minute)
			if n := logged.FilterMessage("feed getcurrent in trouble: trying again until it works").Len(); n != 1 {
				t.Errorf("%s: told %d times, want once", name, n)
			}
			if n := logged.FilterMessage("feed getcurrent works again").Len(); n != 1 {
				t.Errorf("%s: recovery told %d times, want once", name, n)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOnlyWantedFilingsAreTakenFromAFeed(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t,
			made("0000900001-24-000001", "8-K", "2024-06-20", "900001"),
			made("0000900001-24-000002", "8-K/A", "2024-06-20", "900001"),
			made("0000900002-24-000003", "8-K", "2024-06-20", "900002", "900001"),
			made("0000900002-24-000004", "8-K", "2024-06-20", "900002"),
			made("0000900001-24-000005", "8-K", "2023-12-29", "900001"))
		s := since2024()
		s.Scope.CIKs, s.Scope.Forms = []edgar.CIK{cik("900001")}, must(formsOf("8-K"))
		p := newTestPoller(t, h.crawler(), feedCurrent, s)
		got, err := pollOnce(t, p)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range got.rows {
			names = append(names, r.Accession.String())
		}
		slices.Sort(names)
		if want := []string{"0000900001-24-000001", "0000900002-24-000003"}; !slices.Equal(names, want) {
			t.Errorf("took %v, want %v", names, want)
		}
	})
}

func TestFormsAreAskedForByTheirBeginnings(t *testing.T) {
	for want, forms := range map[string][]edgar.Form{
		"8-K":      edgar.CurrentReports(),
		"10-Q,8-K": must(formsOf("8-K/A", "10-Q/A", "10-Q", "8-K12G3")),
	} {
		if got := strings.Join(feedKinds(forms), ","); got != want {
			t.Errorf("kinds %s, want %s", got, want)
		}
	}
}

func TestAnEntryThatCannotBeReadHidesNoOther(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, crowd(3, "2024-06-20")...)
		p := newTestPoller(t, h.crawler(), feedCurrent, since2024())
		feed := feedBody(t, h)
		broken := bytes.Replace(feed, []byte("accession-number=0000900001-24-300001"), []byte("accession-number=nonsense"), 1)
		h.world.Script("/cgi-bin/browse-edgar", edgartest.Body(200, "application/atom+xml", broken))
		if got, err := pollOnce(t, p); err != nil || len(got.rows) != 2 || got.bad != 1 {
			t.Errorf("%d rows, %d bad, %v; want 2 and 1", len(got.rows), got.bad, err)
		}
		if _, err := h.ix.Entry(acc("0000900001-24-300001")); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("the unreadable one: %v, want it unknown", err)
		}
	})
}

// feedBody is the first page of the world's feed.
func feedBody(t *testing.T, h *house) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := h.crawler().pages.get(t.Context(), "/cgi-bin/browse-edgar?action=getcurrent&type=8-K&count=100", nil, &b, 1<<20); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheXBRLFeedIsReadWhenItChanged(t *testing.T) {
	at(t, "2024-06-20 12:05", func(t *testing.T) {
		subs := crowd(3, "2024-06-20")
		twins := made("0000900002-24-000001", "8-K", "2024-06-20", "900002", "900003")
		h := newHouse(t, append(subs, twins, made("0000900002-24-000002", "10-Q", "2024-06-20", "900002"))...)
		s := since2024()
		s.Feeds = []string{feedXBRL}
		p := newTestPoller(t, h.crawler(), feedXBRL, s)
		if got, err := pollOnce(t, p); err != nil || !got.whole || len(got.rows) != 4 {
			t.Fatalf("%d rows, whole %v, %v; want the four reports", len(got.rows), got.whole, err)
		}
		last := func() edgartest.Request { qs := h.world.Requests(); return qs[len(qs)-1] }
		if got, err := pollOnce(t, p); err != nil || !got.whole || len(got.rows) != 0 || last().Status != http.StatusNotModified {
			t.Errorf("asked again: %d rows, %v, HTTP %d; want 304", len(got.rows), err, last().Status)
		}
		s.Scope.Forms = must(formsOf("10-Q"))
		p = newTestPoller(t, h.crawler(), feedXBRL, s)
		if got, err := pollOnce(t, p); err != nil || len(got.rows) != 1 || last().Conditional {
			t.Errorf("for another scope: %d rows, %v, conditional %v; want all read anew", len(got.rows), err, last().Conditional)
		}
	})
}

func TestWithoutGetcurrentTheXBRLFeedCarriesTheDay(t *testing.T) {
	at(t, "2024-06-20 11:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now().Add(5 * time.Minute)
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		s := since2024()
		s.Feeds = []string{feedXBRL}
		stop := h.run(Daemon{Settings: s})
		time.Sleep(4 * time.Hour)
		f, err := h.ix.Filing(late.Accession)
		if err != nil || f.Seen.Sub(late.Accepted) > 20*time.Minute {
			t.Errorf("seen %v after acceptance (%v), want twenty minutes at most", f.Seen.Sub(late.Accepted), err)
		}
		asked := 0
		for _, q := range h.world.Requests() {
			if strings.HasSuffix(q.Path, "/xbrlrss.all.xml") {
				asked++
			}
		}
		if n := len(feedStarts(h.world)); n != 0 || asked < 23 || asked > 26 {
			t.Errorf("getcurrent asked %d times and the RSS %d times in four hours, want never and every ten minutes", n, asked)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

package crawl

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// robotsAsked returns the statuses of the answers to requests for robots.txt.
func (h *house) robotsAsked() (statuses []int) {
	for _, q := range h.world.Requests() {
		if q.Path == robotsPath {
			statuses = append(statuses, q.Status)
		}
	}
	return statuses
}

func TestRobotsTxtIsAskedForFirstAndThenOnceADay(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		if _, asked := h.sync(all2024()); asked[0] != robotsPath {
			t.Errorf("asked for %s first, want %s", asked[0], robotsPath)
		}
		time.Sleep(23 * time.Hour)
		h.sync(all2024())
		if got, want := h.robotsAsked(), []int{200}; !slices.Equal(got, want) {
			t.Errorf("within a day asked with answers %v, want %v", got, want)
		}
		time.Sleep(2 * time.Hour)
		c := h.crawler() // one process that lives on
		for range 3 {
			if _, err := c.Sync(t.Context(), all2024()); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := h.robotsAsked(), []int{200, 304}; !slices.Equal(got, want) {
			t.Errorf("after a day asked with answers %v, want %v", got, want)
		}
		time.Sleep(25 * time.Hour)
		if _, err := c.Sync(t.Context(), all2024()); err != nil {
			t.Fatal(err)
		}
		if got, want := h.robotsAsked(), []int{200, 304, 304}; !slices.Equal(got, want) {
			t.Errorf("a day later asked with answers %v, want %v", got, want)
		}
	})
}

func TestAPathThatRobotsTxtClosesIsNotAskedForAndTheRuleIsNamed(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script(robotsPath, edgartest.Body(200, "text/plain", []byte("User-agent: *\n\nDisallow: /Archives/edgar/data/\n")))
		_, err := h.crawler().Sync(t.Context(), all2024())
		var forbidden *ForbiddenError
		if !errors.As(err, &forbidden) || !strings.Contains(err.Error(), `"Disallow: /Archives/edgar/data/ (line 3)"`) {
			t.Errorf("got %v, want a ForbiddenError that names the rule", err)
		}
		if got := len(h.world.FilingRequests()); got != 0 {
			t.Errorf("%d requests for closed paths, want none", got)
		}
		if e := h.entry("0000900001-24-000011"); e.Attempts != 0 {
			t.Errorf("the entry was blamed: %+v", e)
		}
	})
}

func TestARedirectToAClosedPathIsNotFollowed(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/*", edgartest.Redirect("/cgi-bin/srqsb"))
		_, err := h.crawler().Sync(t.Context(), all2024())
		var forbidden *ForbiddenError
		if !errors.As(err, &forbidden) || forbidden.Path != "/cgi-bin/srqsb" {
			t.Errorf("got %v, want a ForbiddenError for /cgi-bin/srqsb", err)
		}
	})
}

func TestTheCurrentFeedAndDataHostNeedNoRobotsTxt(t *testing.T) {
	h := newHouse(t)
	c := h.crawler(func(c *Config) { c.BaseURL, c.Rate = "", MaxRate })
	if err := c.pages.permits(t.Context(), c.pages.address("/submissions/CIK0000900001.json")); err != nil {
		t.Error(err)
	}
	feed := c.pages.address("/cgi-bin/browse-edgar")
	feed.RawQuery = "action=getcurrent&output=atom"
	if err := c.pages.permits(t.Context(), feed); err != nil {
		t.Error(err)
	}
	if got := len(h.world.Requests()); got != 0 {
		t.Errorf("%d requests, want none", got)
	}
	feed.RawQuery = "action=getcompany"
	var forbidden *ForbiddenError
	if err := c.pages.permits(t.Context(), feed); !errors.As(err, &forbidden) {
		t.Errorf("another page of cgi-bin: %v, want a ForbiddenError", err)
	}
}

func TestNoRobotsTxtForbidsNothing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		for _, none := range []edgartest.Answer{edgartest.NoSuchKey, edgartest.AccessDenied} {
			h := newHouse(t, fourReports()...)
			h.world.Script(robotsPath, none)
			for range 2 {
				h.sync(all2024())
			}
			if got := len(h.robotsAsked()); got != 1 || len(h.filings()) != 4 {
				t.Errorf("%v: asked %d times, %d filings; want once and 4", none, got, len(h.filings()))
			}
		}
	})
}

// badRobots are answers that are no robots.txt.
var badRobots = map[string]edgartest.Answer{
	"a fault of theirs":   edgartest.Unavailable,
	"a page":              edgartest.Body(200, "text/html", []byte("<!DOCTYPE html><html><body>Disallow: /</body></html>")),
	"one that is endless": edgartest.Body(200, "text/plain", []byte(strings.Repeat("Disallow: /x\n", 50_000))),
	"half of one":         edgartest.CutOff,
	"no connection":       edgartest.Reset,
	"an odd status":       edgartest.Body(418, "text/plain", []byte("no")),
}

func TestARobotsTxtThatCannotBeHadEndsThePassAsAnOutage(t *testing.T) {
	for name, answer := range badRobots {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.world.Script(robotsPath, edgartest.Always(answer))
			r, asked := h.sync(all2024())
			if !strings.Contains(r.Stopped, "what 127.0.0.1:1 forbids is not known") || len(asked) != robotsTries {
				t.Errorf("%s: %d requests, stopped %q; want %d and the reason", name, len(asked), r.Stopped, robotsTries)
			}
			h.world.ClearScript()
			if h.sync(all2024()); len(h.filings()) != 4 {
				t.Errorf("%s: %d filings once it is there, want 4", name, len(h.filings()))
			}
		})
	}
}

func TestTheKeptRobotsTxtStandsInForThirtyDays(t *testing.T) {
	for name, answer := range badRobots {
		if answer == edgartest.CutOff {
			continue // a 304 has nothing to cut off
		}
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.sync(all2024())
			h.world.Script(robotsPath, edgartest.Always(answer))
			time.Sleep(29 * 24 * time.Hour)
			c := h.crawler()
			for range 2 {
				if r, err := c.Sync(t.Context(), Scope{}); err != nil || r.Stopped != "" {
					t.Errorf("%s: after 29 days: stopped %q, %v; want a whole pass", name, r.Stopped, err)
				}
			}
			if got := len(h.robotsAsked()); got != 1+robotsTries {
				t.Errorf("%s: asked %d times, want no more for an hour after %d", name, got, 1+robotsTries)
			}
			time.Sleep(2 * 24 * time.Hour)
			if r, _ := h.sync(Scope{}); r.Stopped == "" {
				t.Errorf("%s: the pass after 31 days was not stopped", name)
			}
		})
	}
}

func TestRefusalsOfRobotsTxtAreRefusals(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		var throttled *ThrottledError
		var undeclared *UndeclaredError
		for answer, want := range map[edgartest.Fault]any{
			edgartest.Throttled: &throttled, edgartest.ThrottledOK: &throttled, edgartest.TooMany: &throttled, edgartest.Undeclared: &undeclared,
		} {
			h := newHouse(t, fourReports()...)
			h.world.Script(robotsPath, answer)
			if _, err := h.crawler().Sync(t.Context(), all2024()); !errors.As(err, want) {
				t.Errorf("%v: got %v, want %T", answer, err, want)
			}
			if got := len(h.world.Requests()); got != 1 {
				t.Errorf("%v: %d requests, want 1", answer, got)
			}
		}
	})
}

func TestAClockSetBackKeepsNoRobotsTxtForLong(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		c := h.crawler()
		r := newRobots(c.StateDir, testAgent, c.pages, c.Log)
		r.until = wall().AddDate(1, 0, 0)
		if _, err := r.current(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(h.robotsAsked()); n != 1 {
			t.Errorf("asked %d times for a file that a clock a year ahead had called fresh, want once", n)
		}
	})
}

func TestADamagedCopyOfRobotsTxtIsFetchedAnew(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		kept := statePath(h.dir+"/state", "robots", "127.0.0.1:1")
		for _, damage := range []string{"", "{", `{"checked":"2031-01-01T00:00:00Z","body":""}`} {
			if err := os.WriteFile(kept, []byte(damage), 0o600); err != nil {
				t.Fatal(err)
			}
			before := len(h.robotsAsked())
			h.sync(all2024())
			if got := len(h.robotsAsked()) - before; got != 1 {
				t.Errorf("copy %q: asked %d times, want once", damage, got)
			}
		}
	})
}

func TestTheRobotsTxtOfAMirrorStandsAtTheRootOfItsHost(t *testing.T) {
	h := newHouse(t)
	c := h.crawler(func(c *Config) { c.BaseURL = "http://127.0.0.1:1/mirror" })
	if got, want := c.pages.address(robotsPath).String(), "http://127.0.0.1:1/robots.txt"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := c.pages.address(edgar.TickersPath()).Path, "/mirror"+edgar.TickersPath(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

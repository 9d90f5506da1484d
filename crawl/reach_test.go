package crawl

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
)

func TestReachMakesOneRequestAndTellsTheClock(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		got, err := h.crawler().Reach(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n := len(h.world.Requests()); n != 1 || got.Status != http.StatusOK || got.URL != "http://127.0.0.1:1/robots.txt" {
			t.Errorf("%d requests, %+v", n, got)
		}
		if !got.Date.IsZero() && time.Until(got.Date).Abs() > time.Minute {
			t.Errorf("date %v, want now or none", got.Date)
		}
	})
}

func TestReachKnowsARefusal(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		h.world.Script("/robots.txt", edgartest.Undeclared, edgartest.NoSuchKey, edgartest.Unavailable, edgartest.Throttled)
		c := h.crawler(func(cfg *Config) { cfg.Rate = 8 })
		_, err := c.Reach(t.Context())
		if u := (*UndeclaredError)(nil); !errors.As(err, &u) {
			t.Errorf("undeclared: %v", err)
		}
		if got, err := c.Reach(t.Context()); err != nil || got.Status != http.StatusNotFound {
			t.Errorf("no robots.txt: %+v, %v", got, err)
		}
		_, err = c.Reach(t.Context())
		if s := (*StatusError)(nil); !errors.As(err, &s) || s.Status != http.StatusServiceUnavailable {
			t.Errorf("unavailable: %v", err)
		}
		_, err = c.Reach(t.Context())
		if th := (*ThrottledError)(nil); !errors.As(err, &th) {
			t.Errorf("throttled: %v", err)
		}
		a, err := ReadAllowance(h.dir+"/state", c.BaseURL)
		want := Allowance{Host: "127.0.0.1:1", File: h.dir + "/state/budget-127.0.0.1_1.json", Last: a.Last, Until: time.Now().Add(CoolDown), Why: "HTTP 403 for /robots.txt"}
		if diff := cmp.Diff(want, a); err != nil || diff != "" || a.Last.IsZero() {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestABudgetThatNobodyUsedStandsAtNothing(t *testing.T) {
	dir := t.TempDir()
	got, err := ReadAllowance(dir, "")
	if diff := cmp.Diff(Allowance{Host: "sec.gov", File: dir + "/budget-sec.gov.json"}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestWhatIsForeseenGrowsWithDaysAndYears(t *testing.T) {
	week, year := Foresee(day("2024-01-01"), day("2024-01-07"), 8), Foresee(day("2024-01-01"), day("2024-12-31"), 8)
	old := Foresee(day("1995-01-01"), day("1995-12-31"), 8)
	if week.Filings != 7*filingsPerDay || year.Filings != 366*filingsPerDay || year.Hours < 2 || year.Hours > 3 || old.DiskBytes*50 > year.DiskBytes {
		t.Errorf("week %+v, year %+v, 1995 %+v", week, year, old)
	}
	if got := Weigh(day("2024-01-01"), 7*filingsPerDay); got != week.DiskBytes {
		t.Errorf("a week weighs %d, want %d", got, week.DiskBytes)
	}
}

func TestTheSpaceOfAFolderToComeIsThatOfTheOneAbove(t *testing.T) {
	dir := t.TempDir()
	free, reserve, err := Space(dir + "/not/yet")
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	if err != nil || free <= 0 || reserve <= 0 || reserve > diskReserve {
		t.Errorf("%d free, %d in reserve, %v", free, reserve, err)
	}
}

package serve_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tallied is what the API tells of trends, as far as tests ask.
type tallied struct {
	Filings int
	Months  map[string]int
	Hours   []int
	Untimed int
	Lags    map[string]int
	Undated int
	Items   []struct {
		Key         string
		Year, Count int
	}
}

func trendsOf(t *testing.T, h *house, path string) (got tallied) {
	t.Helper()
	w := h.get(path, "Accept", "application/json")
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTrendsCountEveryFilingByEachOfTheirMeasures(t *testing.T) {
	got := trendsOf(t, newHouse(t), "/api/v1/trends")
	months, hours, lags := 0, got.Untimed, got.Undated
	for _, n := range got.Months {
		months += n
	}
	for _, n := range got.Hours {
		hours += n
	}
	for _, n := range got.Lags {
		lags += n
	}
	if got.Filings < 40 || months != got.Filings || hours != got.Filings || lags != got.Filings {
		t.Errorf("%d filings, by month %d, by hour %d, by days to filing %d", got.Filings, months, hours, lags)
	}
}

func TestTrendsAreOfTheDaysAskedFor(t *testing.T) {
	got := trendsOf(t, newHouse(t), "/api/v1/trends?from=2024-01-01&to=2024Q1")
	if diff := cmp.Diff(map[string]int{"2024-01": 1, "2024-03": 1}, got.Months); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
	for _, item := range got.Items {
		if item.Year != 2024 {
			t.Errorf("item of %d: %+v", item.Year, item)
		}
	}
}

func TestThePageOfTrendsShowsFourPlotsAndSaysWhatTheyShow(t *testing.T) {
	page := newHouse(t).get("/trends?from=2024").Body.String()
	if n := strings.Count(page, `role="img"`); n != 4 {
		t.Errorf("%d plots, want 4", n)
	}
	for _, want := range []string{`<option selected>2024</option>`, "the most in one month were 2", "accepted from 16:00 on", "within four business days", "report 9.01 Financial Statements and Exhibits"} {
		if !strings.Contains(page, want) {
			t.Errorf("does not say %q", want)
		}
	}
}

func TestTrendsOfDaysWithoutFilingsSaySo(t *testing.T) {
	page := newHouse(t).get("/trends?from=1993&to=1993").Body.String()
	if want := "No filing held here was filed in these years."; !strings.Contains(page, want) {
		t.Errorf("does not say %q:\n%s", want, page)
	}
}

func TestARangeOfTrendsThatCannotBeMeantIsTold(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct{ url, says string }{
		{"/trends?from=lately", "from: "},
		{"/trends?from=2024&to=2023", "from"},
		{"/trends?from=2023&from=2024", "from: is given 2 times"},
		{"/trends?itme=2.02", "there is no such parameter"},
		{"/api/v1/trends?item=2.02", "item"},
	} {
		w := h.get(tt.url)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: status %d, does not say %q:\n%s", tt.url, w.Code, tt.says, w.Body)
		}
	}
}

package crawl

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestTickersComeFromEDGARsFileAndAreKeptForADay(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.SetTicker("TIDE", cik("900001"), "Tidewater Lens Works", "NYSE")
		h.world.SetTicker("LENS", cik("900003"), "Lens", "NYSE")
		c := h.crawler()
		for range 2 {
			got, err := c.Tickers(t.Context(), []string{"lens", " TIDE "})
			if want := []edgar.CIK{cik("900003"), cik("900001")}; err != nil || !slices.Equal(got, want) {
				t.Fatalf("got %v, %v; want %v", got, err, want)
			}
		}
		if got := len(h.world.Requests()); got != 1+1 {
			t.Errorf("%d requests, want robots.txt and 1", got)
		}
		time.Sleep(25 * time.Hour)
		if _, err := c.Tickers(t.Context(), []string{"TIDE"}); err != nil || len(h.world.Requests()) != 2+2 {
			t.Errorf("a day later: %v after %d requests, want both again", err, len(h.world.Requests()))
		}
	})
}

func TestAnUnknownTickerIsAnsweredWithItsNeighbours(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		for _, s := range []string{"TIDE", "TIDY", "SAND", "ROCK"} {
			h.world.SetTicker(s, cik("900001"), s, "NYSE")
		}
		_, err := h.crawler().Tickers(t.Context(), []string{"TYDE"})
		var misuse *MisuseError
		if !errors.As(err, &misuse) || !strings.Contains(err.Error(), "nearest are TIDE, TIDY") {
			t.Errorf("got %v, want a MisuseError that names TIDE and TIDY first", err)
		}
	})
}

package crawl

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
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

func TestWithoutNetworkTheKeptTickersDo(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.SetTicker("TIDE", cik("900001"), "Tidewater Lens Works", "NYSE")
		h.world.Script("/files/company_tickers.json", edgartest.Unavailable)
		if _, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); err == nil {
			t.Errorf("without a copy: got %v, want the fault", err)
		}
		if _, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(48 * time.Hour)
		h.world.Script("/files/company_tickers.json", edgartest.Always(edgartest.Unavailable))
		if got, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); err != nil || !slices.Equal(got, []edgar.CIK{cik("900001")}) {
			t.Errorf("two days later: got %v, %v; want the one that is kept", got, err)
		}
		_, err := h.crawler().Tickers(t.Context(), []string{"TIDY"})
		var status *StatusError
		if !errors.As(err, &status) || !strings.Contains(err.Error(), "TIDY is not in the ticker file of 2024-06-20, whose nearest are TIDE") {
			t.Errorf("a misspelt one: got %v, want the nearest and the fault", err)
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

func TestTheKeptTickersServeWhileEDGARHasNothingForUs(t *testing.T) {
	for name, answer := range map[string]edgartest.Answer{
		"throttled": edgartest.Throttled, "a fault of theirs": edgartest.Unavailable, "no connection": edgartest.Reset,
		"gone": edgartest.NoSuchKey, "a page": edgartest.Body(200, "text/html", []byte("<html>")), "cut off": edgartest.CutOff,
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t)
			h.world.SetTicker("TIDE", cik("900001"), "Tidewater Lens Works", "NYSE")
			if _, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * 24 * time.Hour)
			h.world.SetTicker("SAND", cik("900002"), "Sandbar", "NYSE")
			h.world.Script("*", edgartest.Always(answer))
			got, err := h.crawler().Tickers(t.Context(), []string{"TIDE"})
			if want := []edgar.CIK{cik("900001")}; err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: got %v, %v; want %v", name, got, err, want)
			}
			var misuse *MisuseError
			if _, err := h.crawler().Tickers(t.Context(), []string{"SAND"}); err == nil || errors.As(err, &misuse) {
				t.Errorf("%s: a ticker that is not kept: %v, want why the file cannot be had", name, err)
			}
		})
	}
}

func TestARefusalOfWhoWeAreIsNotPassedOverForKeptTickers(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		h.world.SetTicker("TIDE", cik("900001"), "Tidewater Lens Works", "NYSE")
		if _, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(25 * time.Hour)
		h.world.Script("*", edgartest.Undeclared)
		var undeclared *UndeclaredError
		if _, err := h.crawler().Tickers(t.Context(), []string{"TIDE"}); !errors.As(err, &undeclared) {
			t.Errorf("got %v, want an UndeclaredError", err)
		}
	})
}

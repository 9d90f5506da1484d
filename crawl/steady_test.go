package crawl

import (
	"testing"
	"time"

	"example.com/edgard/edgartest"
)

func TestTheRateIsUsedUpAndNeverPassedWhateverTheLatency(t *testing.T) {
	const filings = 100
	for _, rate := range []int{DefaultRate, MaxRate} {
		for _, latency := range []time.Duration{50 * time.Millisecond, 300 * time.Millisecond} {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				w := edgartest.New(edgartest.WithLatency(latency))
				if err := w.Add(manyReports(filings / 2)...); err != nil {
					t.Fatal(err)
				}
				c := houseIn(t, w).crawler(func(cfg *Config) { cfg.Rate = float64(rate) })
				if r, err := c.Sync(t.Context(), all2024()); err != nil || r.Recorded != filings {
					t.Fatalf("recorded %d, %v; want %d", r.Recorded, err, filings)
				}
				asked := w.FilingRequests()
				took := asked[filings-1].At.Sub(asked[0].At).Seconds()
				if used := (filings - 1) / took / float64(rate); used < 0.97 {
					t.Errorf("rate %d, latency %v: used %.1f %%, want at least 97", rate, latency, 100*used)
				}
				if got := w.MaxPerSecond(); got > rate+1 {
					t.Errorf("rate %d, latency %v: %d requests in one second, want at most %d", rate, latency, got, rate+1)
				}
			})
		}
	}
}

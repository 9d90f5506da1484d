package crawl

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// run starts a daemon and returns what stops it and waits for its end.
func (h *house) run(d Daemon, edit ...func(*Config)) (stop func() error) {
	h.t.Helper()
	return h.runWith(h.crawler(edit...), d)
}

func (h *house) runWith(c *Crawler, d Daemon) (stop func() error) {
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, d) }()
	return func() error {
		cancel()
		start := time.Now()
		err := <-ended
		if took := time.Since(start); took > 2*time.Second {
			h.t.Errorf("Run ended after %v, want 2s at most", took)
		}
		return err
	}
}

func since2024() Settings { return Settings{Scope: all2024()} }

func TestRunFetchesTheBacklogAndThenWhatAppears(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		ready := 0
		stop := h.run(Daemon{Settings: since2024(), Ready: func() { ready++ }})
		time.Sleep(time.Minute)
		if n := len(h.filings()); n != 4 || ready != 1 {
			t.Errorf("%d filings after a minute, ready %d times; want 4 and once", n, ready)
		}
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now().Add(5 * time.Minute).Truncate(time.Second)
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(7 * time.Minute)
		f, err := h.ix.Filing(late.Accession)
		if err != nil {
			t.Fatal(err)
		}
		if seen, rec := f.Seen.Sub(late.Accepted), f.Recorded.Sub(late.Accepted); seen < 0 || seen > time.Minute || rec < seen || rec > time.Minute {
			t.Errorf("seen %v and recorded %v after acceptance, want a minute at most", seen, rec)
		}
		if err := stop(); err != nil {
			t.Errorf("stopped with %v, want nil", err)
		}
		synctest.Wait()
	})
}

package crawl

import (
	"sync/atomic"
	"time"
)

// proofOfHealth is for how long EDGAR counts as well after it served what it was
// asked for.
const proofOfHealth = 10 * time.Minute

// health is whether EDGAR serves anything right. While it sends maintenance pages
// under every name, a submission is not to blame for one. Nil is in good health.
type health struct{ last atomic.Int64 }

// served notes that something came as it should.
func (h *health) served() {
	if h != nil {
		h.last.Store(time.Now().Unix())
	}
}

func (h *health) good() bool {
	return h == nil || time.Since(time.Unix(h.last.Load(), 0)).Abs() < proofOfHealth
}

package vital

import (
	"slices"
	"sort"
	"time"
)

// The bounds of histograms are fixed, so that histograms of many processes and days
// can be added up.
var (
	waitBounds  = []float64{0.01, 0.05, 0.125, 0.25, 0.5, 1, 2, 5, 15, 60}
	parseBounds = []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5}
	freshBounds = []float64{15, 30, 60, 90, 120, 180, 300, 600, 1800, 3600, 14400, 86400}
)

// A Histogram counts times in seconds.
type Histogram struct {
	Bounds []float64 `json:"bounds"` // upper bounds of the buckets, included, in order; never changed
	Counts []uint64  `json:"counts"` // times in each bucket, and last those above all bounds
	Count  uint64    `json:"count"`  // all times
	Sum    float64   `json:"sum"`    // of all times
}

func newHistogram(bounds ...float64) Histogram {
	return Histogram{Bounds: bounds, Counts: make([]uint64, len(bounds)+1)}
}

// observe counts a time; a negative one, from clocks that differ, counts as zero.
func (h *Histogram) observe(d time.Duration) {
	x := max(0, d.Seconds())
	h.Counts[sort.SearchFloat64s(h.Bounds, x)]++
	h.Count++
	h.Sum += x
}

func (h Histogram) clone() Histogram {
	h.Counts = slices.Clone(h.Counts)
	return h
}

// Within returns the least bound that at least the given share of all times is
// within; ok is false when no bound is, or nothing was counted.
func (h Histogram) Within(share float64) (bound float64, ok bool) {
	var n uint64
	for i, c := range h.Counts[:len(h.Bounds)] {
		if n += c; n > 0 && float64(n) >= share*float64(h.Count) {
			return h.Bounds[i], true
		}
	}
	return 0, false
}

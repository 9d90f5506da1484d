package vital

import (
	"slices"
	"time"
)

// remembered is how long after the newest of them times are remembered, and how
// late one may be told of.
const remembered = 3 * time.Second

// A window knows the largest number of events in any one second, wherever that
// begins: those at t and before t + 1 s. Times are since some beginning.
type window struct {
	times   []time.Duration // in order
	largest int
}

func (w *window) add(at time.Duration) {
	i, _ := slices.BinarySearch(w.times, at+1) // after all equal ones, mostly at the end
	if i == 0 && len(w.times) > 0 && w.times[len(w.times)-1]-at > remembered {
		w.largest = max(w.largest, 1)
		return
	}
	w.times = slices.Insert(w.times, i, at)
	first, _ := slices.BinarySearch(w.times, at-time.Second+1)
	for last := 0; first <= i && last < len(w.times); first++ { // each second that begins with an event and has this one in it
		last, _ = slices.BinarySearch(w.times, w.times[first]+time.Second)
		w.largest = max(w.largest, last-first)
	}
	w.forget()
}

// forget drops what is too old to share a second with anything still to be told,
// now and then.
func (w *window) forget() {
	newest := w.times[len(w.times)-1]
	old, _ := slices.BinarySearch(w.times, newest-remembered-time.Second)
	if old > len(w.times)/2 {
		w.times = slices.Delete(w.times, 0, old)
	}
}

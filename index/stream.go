package index

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// direction is the order of a walk over refs.
type direction bool

const (
	backward direction = false // the newest first
	onward   direction = true
)

// precedes reports whether a walk comes to a before it comes to b.
func (d direction) precedes(a, b ref) bool {
	if d == onward {
		return a.compare(b) < 0
	}
	return a.compare(b) > 0
}

// after returns the place that follows r, and whether there is one.
func (d direction) after(r ref) (ref, bool) {
	carry := byte(1)
	if d == backward {
		carry = 0xff
	}
	for i := len(r) - 1; i >= 0; i-- {
		if r[i] += carry; r[i] != 0 && d == onward || r[i] != 0xff && d == backward {
			return r, true
		}
	}
	return r, false
}

// stretch is the keys prefix|ref of one secondary bucket whose ref is in a window.
type stretch struct {
	bucket, prefix []byte
	window         window
}

// window is a range of refs, both ends included.
type window struct{ low, high ref }

func wholeWindow() (w window) {
	for i := range w.high {
		w.high[i] = 0xff
	}
	return w
}

func (w window) has(r ref) bool { return w.low.compare(r) <= 0 && r.compare(w.high) <= 0 }

// and is what both windows have.
func (w window) and(o window) window {
	if w.low.compare(o.low) < 0 {
		w.low = o.low
	}
	if o.high.compare(w.high) < 0 {
		w.high = o.high
	}
	return w
}

// first returns the end of w at which a walk begins.
func (w window) first(d direction) ref {
	if d == onward {
		return w.low
	}
	return w.high
}

// stream is a stretch as a walk goes through it.
type stream struct {
	stretch
	c     *bolt.Cursor
	d     direction
	at    ref
	value []byte // of the key, only within the transaction
	key   []byte // scratch
}

// seek moves st to the first ref of its stretch that does not precede r, and reports
// whether there is one.
func (st *stream) seek(r ref) bool {
	if first := st.window.first(st.d); st.d.precedes(r, first) {
		r = first
	}
	st.key = append(append(st.key[:0], st.prefix...), r[:]...)
	k, v := st.c.Seek(st.key)
	if st.d == backward && !bytes.Equal(k, st.key) {
		if k == nil {
			k, v = st.c.Last()
		} else {
			k, v = st.c.Prev()
		}
	}
	return st.take(k, v)
}

// forward moves st on from where it is to the first ref that does not precede r.
// That one is often the next.
func (st *stream) forward(r ref) bool {
	var k, v []byte
	if st.d == onward {
		k, v = st.c.Next()
	} else {
		k, v = st.c.Prev()
	}
	if !st.take(k, v) {
		return false
	}
	return !st.d.precedes(st.at, r) || st.seek(r)
}

func (st *stream) take(k, v []byte) bool {
	if len(k) != len(st.prefix)+refSize || !bytes.HasPrefix(k, st.prefix) {
		return false
	}
	copy(st.at[:], k[len(st.prefix):])
	st.value = v
	return st.window.has(st.at)
}

// union is the refs of several streams in one order. The stream that is to be read
// first is the root of a heap.
type union struct {
	heap []*stream
	d    direction
}

// openUnion opens the stretches, each at the first ref that does not precede r.
func openUnion(tx *bolt.Tx, stretches []stretch, d direction, r ref) *union {
	u := &union{d: d}
	for _, s := range stretches {
		if st := (&stream{stretch: s, c: tx.Bucket(s.bucket).Cursor(), d: d}); st.seek(r) {
			u.heap = append(u.heap, st)
		}
	}
	for i := len(u.heap)/2 - 1; i >= 0; i-- {
		u.sink(i)
	}
	return u
}

// sink restores the heap below i.
func (u *union) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(u.heap); child++ {
			if u.d.precedes(u.heap[child].at, u.heap[least].at) {
				least = child
			}
		}
		if least == i {
			return
		}
		u.heap[i], u.heap[least] = u.heap[least], u.heap[i]
		i = least
	}
}

// forward moves on to the first ref that does not precede r, and returns it, how
// many keys that took, and whether there is one.
func (u *union) forward(r ref) (at ref, looked int, ok bool) {
	for len(u.heap) > 0 && u.d.precedes(u.heap[0].at, r) {
		looked++
		if !u.heap[0].forward(r) {
			last := len(u.heap) - 1
			u.heap[0] = u.heap[last]
			u.heap = u.heap[:last]
		}
		u.sink(0)
	}
	if len(u.heap) == 0 {
		return ref{}, looked, false
	}
	return u.heap[0].at, looked, true
}

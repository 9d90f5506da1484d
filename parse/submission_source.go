package parse

import (
	"bytes"
	"fmt"
	"io"
)

const (
	windowSize = 64 << 10
	maxReads   = 100 // reads in a row that bring neither bytes nor an error
)

// A source is a submission's bytes seen through a window that only moves
// forward. Over bytes in memory the window is all that is left of them; over a
// reader it is as wide as the last fill or find asked for.
type source struct {
	r      io.Reader // nil once mem holds the rest
	mem    []byte
	lo, hi int   // mem[lo:hi] is the window
	at     int64 // offset of mem[lo] in the submission
	shared bool  // mem is the caller's, and slices of it may be kept
	err    error // what reading ended with, unless io.EOF

	pass func([]byte) // when set, gets all bytes in order as the window leaves them
}

func newSource(r io.Reader) *source { return &source{r: r, mem: make([]byte, windowSize)} }

func sourceOf(b []byte) *source { return &source{mem: b, hi: len(b), shared: true} }

func (s *source) window() []byte { return s.mem[s.lo:s.hi] }

// ended reports whether nothing comes after the window.
func (s *source) ended() bool { return s.r == nil }

// fill widens the window to n bytes, or to all that is left, and returns it.
func (s *source) fill(n int) []byte {
	for s.hi-s.lo < n && s.more() {
	}
	return s.window()
}

// find returns where mark begins in the window, widening it up to limit bytes,
// and -1 when it does not begin there.
func (s *source) find(mark []byte, limit int) int {
	for from := 0; ; {
		b := s.window()
		b = b[:min(len(b), limit)]
		if i := bytes.Index(b[from:], mark); i >= 0 {
			return from + i
		}
		if len(b) == limit || !s.more() {
			return -1
		}
		from = max(0, len(b)-len(mark)+1)
	}
}

// advance moves the window's beginning n bytes on.
func (s *source) advance(n int) {
	if s.pass != nil {
		s.pass(s.mem[s.lo : s.lo+n])
	}
	s.lo += n
	s.at += int64(n)
}

// take returns the first n bytes of the window to keep.
func (s *source) take(n int) []byte {
	b := s.mem[s.lo : s.lo+n : s.lo+n]
	if s.shared {
		return b
	}
	return bytes.Clone(b)
}

// more reads a piece behind the window. It reports false at the end.
func (s *source) more() bool {
	if s.r == nil {
		return false
	}
	s.makeRoom()
	for range maxReads {
		n, err := s.r.Read(s.mem[s.hi:])
		s.hi += n
		if err != nil {
			s.r = nil
			if err != io.EOF {
				s.err = fmt.Errorf("at byte %d: %w", s.at+int64(s.hi-s.lo), err)
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.r, s.err = nil, io.ErrNoProgress
	return false
}

// makeRoom leaves space behind the window, by moving it down when that frees
// half of the buffer and else by doubling the buffer.
func (s *source) makeRoom() {
	if s.hi < len(s.mem) {
		return
	}
	to := s.mem
	if s.lo < len(s.mem)/2 {
		to = make([]byte, 2*len(s.mem))
	}
	s.hi = copy(to, s.window())
	s.lo, s.mem = 0, to
}

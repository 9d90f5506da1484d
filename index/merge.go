package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	bolt "go.etcd.io/bbolt"
)

// mergeRead is how much is read ahead of each run.
const mergeRead = 64 << 10

// merge yields the keys of a pile's runs in order, each once.
type merge struct {
	heads []*head // a heap: the lowest key first, of equal ones the newest
	join  func(older, newer []byte) ([]byte, error)
	key   []byte // of the last one taken
}

// head is the place reached in a run.
type head struct {
	put
	r   *bufio.Reader
	age int // of the run: higher is newer
}

// merge reads the runs of a pile.
func (s *spill) merge(p *pile) (*merge, error) {
	m := &merge{join: p.join}
	for age, r := range p.runs {
		h := &head{r: bufio.NewReaderSize(io.NewSectionReader(s.file, r.offset, r.size), mergeRead), age: age}
		more, err := h.next()
		if err != nil {
			return nil, err
		}
		if more {
			m.heads = append(m.heads, h)
		}
	}
	for i := len(m.heads) / 2; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

// next reads the next key of the run.
func (h *head) next() (more bool, err error) {
	shared, err := binary.ReadUvarint(h.r)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	own, err1 := binary.ReadUvarint(h.r)
	flag, err2 := binary.ReadUvarint(h.r)
	if err := errors.Join(err, err1, err2); err != nil {
		return false, fmt.Errorf("reading a run: %w", err)
	}
	if shared > uint64(len(h.key)) || own > bolt.MaxKeySize || flag>>1 > bolt.MaxValueSize {
		return false, errors.New("reading a run: it is not what was written")
	}
	h.key = grow(h.key, int(shared), int(own))
	h.value, h.gone = grow(h.value, 0, int(flag>>1)), flag == 1
	if _, err := io.ReadFull(h.r, h.key[shared:]); err != nil {
		return false, fmt.Errorf("reading a run: %w", err)
	}
	if _, err := io.ReadFull(h.r, h.value); err != nil {
		return false, fmt.Errorf("reading a run: %w", err)
	}
	return true, nil
}

// grow returns the first keep bytes of b with room for n more behind them.
func grow(b []byte, keep, n int) []byte {
	if keep+n <= cap(b) {
		return b[:keep+n]
	}
	return append(make([]byte, 0, 2*(keep+n)), b[:keep]...)[:keep+n]
}

// into puts keys at the end of a bucket, a batch of them, and reports whether there
// are more.
func (m *merge) into(b *bolt.Bucket, batch int) (more bool, err error) {
	for size := 0; size < batch; {
		if len(m.heads) == 0 {
			return false, nil
		}
		x, err := m.take()
		if err != nil {
			return false, err
		}
		if x.gone {
			continue
		}
		if err := b.Put(x.key, x.value); err != nil {
			return false, err
		}
		size += len(x.key) + len(x.value) + 16
	}
	return true, nil
}

// take returns the lowest key, and moves on in all runs that have it. What it
// returns is good until the next call.
func (m *merge) take() (x put, err error) {
	first := m.heads[0]
	m.key = append(m.key[:0], first.key...)
	x = put{pair{m.key, bytes.Clone(first.value)}, first.gone}
	if err := m.advance(); err != nil {
		return x, err
	}
	for len(m.heads) > 0 && bytes.Equal(m.heads[0].key, m.key) {
		if m.join != nil && !x.gone {
			if x.value, err = m.join(m.heads[0].value, x.value); err != nil {
				return x, err
			}
		}
		if err := m.advance(); err != nil {
			return x, err
		}
	}
	return x, nil
}

// advance reads on in the run of the first head.
func (m *merge) advance() error {
	more, err := m.heads[0].next()
	if err != nil {
		return err
	}
	if !more {
		last := len(m.heads) - 1
		m.heads[0] = m.heads[last]
		m.heads = m.heads[:last]
	}
	m.sink(0)
	return nil
}

// sink restores the heap below i.
func (m *merge) sink(i int) {
	for {
		low := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heads); child++ {
			if m.heads[child].before(m.heads[low]) {
				low = child
			}
		}
		if low == i {
			return
		}
		m.heads[i], m.heads[low] = m.heads[low], m.heads[i]
		i = low
	}
}

func (h *head) before(o *head) bool {
	if c := bytes.Compare(h.key, o.key); c != 0 {
		return c < 0
	}
	return h.age > o.age
}

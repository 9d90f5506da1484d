package index

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Bounds on the memory of a spill: bytes of keys and values, and how many keys.
const (
	spillBytes = 16 << 20
	spillKeys  = 600_000
)

// spill gathers keys of many buckets, with their values, in memory, and when that is
// full puts them aside as sorted runs in a temporary file. Of a key put more than
// once the last counts; dropped, it is one that is to be gone.
type spill struct {
	file  *os.File
	size  int64 // of the file
	piles []*pile
	arena []byte // keys and values
	keys  int
	limit int // of keys
}

// pile is what a spill has of one bucket.
type pile struct {
	bucket []byte
	refs   []keyRef
	runs   []run // oldest first

	// join makes one value of two of the same key, the older first; nil: the newer.
	join func(older, newer []byte) ([]byte, error)
}

// run is a part of the file, sorted by key, each key once.
type run struct{ offset, size int64 }

// keyRef is a key in the arena, followed by its value. Prefix is its first eight
// bytes, to compare by.
type keyRef struct {
	prefix uint64
	at     uint32
	key    uint16
	value  uint32 // its length; gone says that there is none
}

const gone = 1<<32 - 1

func newSpill(dir string) (*spill, error) {
	f, err := os.OpenFile(filepath.Join(dir, spillName), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	return &spill{file: f, limit: spillKeys}, nil
}

// close takes the file away.
func (s *spill) close() error {
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}

// removeSpill takes away the file that a load left that was cut off.
func removeSpill(dir string) error {
	if err := os.Remove(filepath.Join(dir, spillName)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (s *spill) put(bucket, key, value []byte) { s.add(bucket, key, value, uint32(len(value))) }
func (s *spill) drop(bucket, key []byte)       { s.add(bucket, key, nil, gone) }

func (s *spill) add(bucket, key, value []byte, length uint32) {
	p := s.pile(bucket)
	var prefix [8]byte
	copy(prefix[:], key)
	p.refs = append(p.refs, keyRef{binary.BigEndian.Uint64(prefix[:]), uint32(len(s.arena)), uint16(len(key)), length})
	s.arena = append(append(s.arena, key...), value...)
	s.keys++
}

// pile returns that of a bucket, of which there are few.
func (s *spill) pile(bucket []byte) *pile {
	for _, p := range s.piles {
		if bytes.Equal(p.bucket, bucket) {
			return p
		}
	}
	s.piles = append(s.piles, &pile{bucket: bucket})
	return s.piles[len(s.piles)-1]
}

func (s *spill) full() bool { return len(s.arena) >= spillBytes || s.keys >= s.limit }

// flush puts aside what is in memory. Piles are sorted side by side.
func (s *spill) flush() error {
	var all sync.WaitGroup
	for _, p := range s.piles {
		all.Go(func() { p.sort(s.arena) })
	}
	all.Wait()
	for _, p := range s.piles {
		if len(p.refs) == 0 {
			continue
		}
		r, err := s.write(p.all(s.arena))
		if err != nil {
			return err
		}
		p.runs, p.refs = append(p.runs, r), p.refs[:0]
	}
	s.arena, s.keys = s.arena[:0], 0
	return nil
}

// sort orders the keys; of equal ones the one put last remains, or all to be joined.
func (p *pile) sort(arena []byte) {
	key := func(r keyRef) []byte { return arena[r.at : r.at+uint32(r.key)] }
	slices.SortFunc(p.refs, func(a, b keyRef) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return cmp.Or(bytes.Compare(key(a), key(b)), cmp.Compare(b.at, a.at))
	})
	if p.join != nil {
		return
	}
	p.refs = slices.CompactFunc(p.refs, func(a, b keyRef) bool { return bytes.Equal(key(a), key(b)) })
}

// put is a key with its value on its way into a bucket.
type put struct {
	pair
	gone bool
}

func (p *pile) all(arena []byte) iter.Seq2[put, error] {
	return func(yield func(put, error) bool) {
		for _, r := range p.refs {
			value := r.at + uint32(r.key)
			x := put{pair: pair{key: arena[r.at:value]}, gone: r.value == gone}
			if !x.gone {
				x.value = arena[value : value+r.value]
			}
			if !yield(x, nil) {
				return
			}
		}
	}
}

// older puts what a bucket has already aside, as a run before all others.
func (s *spill) older(p *pile, has iter.Seq2[pair, error]) error {
	r, err := s.write(func(yield func(put, error) bool) {
		for x, err := range has {
			if !yield(put{pair: x}, err) {
				return
			}
		}
	})
	if err == nil && r.size > 0 {
		p.runs = slices.Insert(p.runs, 0, r)
	}
	return err
}

// write appends a run to the file. Each key leaves out what it begins with as the
// one before it does: uvarints of the bytes shared, the bytes of its own, and twice
// the bytes of the value, one more when the key is to be gone; then key and value.
func (s *spill) write(all iter.Seq2[put, error]) (run, error) {
	r := run{offset: s.size}
	w := bufio.NewWriterSize(io.NewOffsetWriter(s.file, s.size), 1<<20)
	var last, head []byte
	for x, err := range all {
		if err != nil {
			return run{}, err
		}
		n := sharedPrefix(last, x.key)
		flag := uint64(len(x.value)) << 1
		if x.gone {
			flag = 1
		}
		head = binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(n)), uint64(len(x.key)-n)), flag)
		r.size += int64(len(head) + len(x.key) - n + len(x.value))
		w.Write(head)
		w.Write(x.key[n:])
		w.Write(x.value)
		last = append(last[:0], x.key...)
	}
	if err := w.Flush(); err != nil { // tells of what came before, too
		return run{}, fmt.Errorf("writing %s: %w", s.file.Name(), err)
	}
	s.size += r.size
	return r, nil
}

func sharedPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

package pages

import (
	"encoding/binary"
	"fmt"
)

// freeList reads the list of free pages, and claims it and them.
func (w *walk) freeList() error {
	p, _, err := w.read(w.meta.free, nil)
	if err != nil {
		return err
	}
	if p.flags != flagFree {
		return w.damage(p.id, fmt.Sprintf("has flags %#x: no free list", p.flags))
	}
	if err := w.claim(p.id, p.overflow+1); err != nil {
		return err
	}
	w.report.Read += p.overflow + 1
	ids := p.data[headerSize:]
	n := uint64(p.count)
	if n == 0xffff {
		n = binary.NativeEndian.Uint64(ids)
		ids = ids[8:]
	}
	if n > uint64(len(ids))/8 {
		return w.damage(p.id, fmt.Sprintf("has no room for %d free pages", n))
	}
	last := uint64(1)
	for i := range n {
		id := binary.NativeEndian.Uint64(ids[8*i:])
		if id <= last || id >= w.meta.pages {
			return w.damage(p.id, fmt.Sprintf("has page %d, which is none or out of order, as free", id))
		}
		if err := w.claim(id, 1); err != nil {
			return err
		}
		last = id
	}
	w.report.Free = n
	return nil
}

// bitmap is a set of pages.
type bitmap []uint64

func newBitmap(n uint64) bitmap    { return make(bitmap, (n+63)/64) }
func (b bitmap) has(i uint64) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitmap) set(i uint64)      { b[i/64] |= 1 << (i % 64) }

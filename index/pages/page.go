package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	headerSize  = 16
	elementSize = 16

	flagBranch = 1
	flagLeaf   = 2
	flagFree   = 16

	maxKey      = 32768    // of bbolt
	maxPageSize = 16 << 20 // of bbolt
	maxPage     = 64 << 20 // bytes of a page with what belongs to it; a filing is far shorter
)

// Damage is a page that is not what it must be.
type Damage struct {
	Page   uint64
	Bucket string // "" outside of every bucket
	What   string
}

func (d *Damage) Error() string {
	where := ""
	if d.Bucket != "" {
		where = fmt.Sprintf(" (bucket %q)", d.Bucket)
	}
	return fmt.Sprintf("page %d%s %s", d.Page, where, d.What)
}

// page is the bytes of a page with what belongs to it, or of one within a value.
type page struct {
	id       uint64
	flags    uint16
	count    int
	overflow uint64
	data     []byte
}

func header(id uint64, data []byte) page {
	order := binary.NativeEndian
	return page{id: id, flags: order.Uint16(data[8:]), count: int(order.Uint16(data[10:])), overflow: uint64(order.Uint32(data[12:])), data: data}
}

// own reads the header of a page that must be the one with an id.
func (w *walk) own(id uint64, data []byte) (page, error) {
	if own := binary.NativeEndian.Uint64(data); own != id {
		return page{}, w.damage(id, fmt.Sprintf("calls itself page %d", own))
	}
	return header(id, data), nil
}

// read reads a page into buf, which it returns, perhaps grown.
func (w *walk) read(id uint64, buf []byte) (page, []byte, error) {
	if id < 2 || id >= w.meta.pages {
		return page{}, buf, w.damage(id, fmt.Sprintf("is none: there are %d", w.meta.pages))
	}
	buf = sized(buf, int(w.meta.pageSize))
	if err := w.readAt(id, buf); err != nil {
		return page{}, buf, err
	}
	p, err := w.own(id, buf)
	if err != nil || p.overflow == 0 {
		return p, buf, err
	}
	size := (p.overflow + 1) * uint64(w.meta.pageSize)
	if id+p.overflow >= w.meta.pages || size > maxPage {
		return page{}, buf, w.damage(id, fmt.Sprintf("is %d pages long", p.overflow+1))
	}
	buf = sized(buf, int(size))
	if err := w.readAt(id, buf); err != nil {
		return page{}, buf, err
	}
	p.data = buf
	return p, buf, nil
}

func (w *walk) readAt(id uint64, buf []byte) error {
	_, err := w.file.ReadAt(buf, int64(id)*int64(w.meta.pageSize))
	if errors.Is(err, io.EOF) {
		return w.damage(id, "is behind the end of the file")
	}
	return err
}

func sized(buf []byte, n int) []byte {
	if cap(buf) < n {
		return make([]byte, n)
	}
	return buf[:n]
}

// element is what a branch or leaf page has many of.
type element struct {
	flags      uint32
	child      uint64 // of a branch
	key, value []byte
}

// each passes the elements of a page, all of them in their places and in order
// between lo and hi: from lo on, nil for the least, and below hi, nil for none.
func (w *walk) each(p *page, lo, hi []byte, visit func(i int, e element) error) (used int, err error) {
	used = headerSize + elementSize*p.count
	if used > len(p.data) {
		return 0, w.damage(p.id, fmt.Sprintf("has no room for %d elements", p.count))
	}
	last := lo
	for i := range p.count {
		e, end, ok := p.element(i, used)
		if !ok {
			return 0, w.damage(p.id, fmt.Sprintf("has element %d in a wrong place", i))
		}
		used = end
		if c := compare(e.key, last); c < 0 || c == 0 && i > 0 || hi != nil && compare(e.key, hi) >= 0 {
			return 0, w.damage(p.id, fmt.Sprintf("has the key of element %d out of order", i))
		}
		last = e.key
		if err := visit(i, e); err != nil {
			return 0, err
		}
	}
	return used, nil
}

// element reads the element i, whose key must be at start.
func (p *page) element(i, start int) (e element, end int, ok bool) {
	order := binary.NativeEndian
	at := headerSize + elementSize*i
	raw := p.data[at : at+elementSize]
	var pos, key, value uint32
	if p.flags == flagBranch {
		pos, key, e.child = order.Uint32(raw), order.Uint32(raw[4:]), order.Uint64(raw[8:])
	} else {
		e.flags, pos, key, value = order.Uint32(raw), order.Uint32(raw[4:]), order.Uint32(raw[8:]), order.Uint32(raw[12:])
	}
	if int64(at)+int64(pos) != int64(start) || key == 0 || key > maxKey || int64(start)+int64(key)+int64(value) > int64(len(p.data)) {
		return element{}, 0, false
	}
	middle := start + int(key)
	end = middle + int(value)
	e.key, e.value = p.data[start:middle], p.data[middle:end]
	return e, end, true
}

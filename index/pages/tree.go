package pages

import (
	"context"
	"encoding/binary"
	"fmt"
)

// maxLevels bounds the height of a tree: with two keys to the page there are more
// pages than any file has.
const maxLevels = 40

// visitor takes an element of a leaf page.
type visitor func(p *page, i int, e element) error

// tree looks at the tree that begins at a page. But for All the leaf pages are
// claimed without being read, except those of the root tree: all are as far
// down as the first.
func (w *walk) tree(id uint64, visit visitor) error {
	height := maxLevels
	if w.depth != All && w.bucket != "" {
		var err error
		if height, err = w.height(id); err != nil {
			return err
		}
	}
	return w.node(id, 0, height, nil, nil, visit)
}

// height returns how far down the first leaf page of a tree is.
func (w *walk) height(id uint64) (int, error) {
	for level := range maxLevels {
		p, buf, err := w.read(id, w.levels[level])
		w.levels[level] = buf
		if err != nil {
			return 0, err
		}
		if p.flags != flagBranch || p.count == 0 {
			return level, nil
		}
		id = binary.NativeEndian.Uint64(p.data[headerSize+8:])
	}
	return 0, w.damage(id, fmt.Sprintf("is %d levels down", maxLevels))
}

// node looks at a page and what is below it. Its keys are from lo on and below hi.
func (w *walk) node(id uint64, level, height int, lo, hi []byte, visit visitor) error {
	if level == height && level > 0 {
		return w.leafUnread(id)
	}
	if level == maxLevels {
		return w.damage(id, fmt.Sprintf("is %d levels down", level))
	}
	p, err := w.load(id, level)
	if err != nil {
		return err
	}
	var used int
	switch p.flags {
	case flagBranch:
		used, err = w.branch(&p, level, height, lo, hi, visit)
	case flagLeaf:
		used, err = w.each(&p, lo, hi, func(i int, e element) error { return visit(&p, i, e) })
	default:
		return w.damage(id, fmt.Sprintf("has flags %#x: neither branch nor leaf", p.flags))
	}
	switch {
	case err != nil:
		return err
	case p.count == 0 && level > 0:
		return w.damage(id, "is empty")
	}
	return w.fits(&p, used)
}

// fits says when a page is not as long as what is in it needs.
func (w *walk) fits(p *page, used int) error {
	if (uint64(used)-1)/uint64(w.meta.pageSize) != p.overflow {
		return w.damage(p.id, fmt.Sprintf("is %d pages long and uses %d bytes", p.overflow+1, used))
	}
	return nil
}

// load reads a page into the room of its level, and claims it.
func (w *walk) load(id uint64, level int) (page, error) {
	p, buf, err := w.read(id, w.levels[level])
	w.levels[level] = buf
	if err != nil {
		return p, err
	}
	before := w.report.Read
	w.report.Read += p.overflow + 1
	if w.report.Read/1024 != before/1024 {
		if err := w.pause(); err != nil {
			return p, err
		}
	}
	return p, w.claim(id, p.overflow+1)
}

// pause tells how far the walk is, and ends it with its context.
func (w *walk) pause() error {
	if w.ctx.Err() != nil {
		return context.Cause(w.ctx)
	}
	if w.progress != nil {
		w.progress(w.report.Read, w.meta.pages)
	}
	return nil
}

// leafUnread claims a page that must be a leaf, by its place.
func (w *walk) leafUnread(id uint64) error {
	if id < 2 || id >= w.meta.pages {
		return w.damage(id, fmt.Sprintf("is none: there are %d", w.meta.pages))
	}
	w.leaves.set(id)
	return w.claim(id, 1)
}

// branch looks at what is below a branch page: from each key to the next.
func (w *walk) branch(p *page, level, height int, lo, hi []byte, visit visitor) (used int, err error) {
	children := make([]element, 0, p.count)
	used, err = w.each(p, lo, hi, func(_ int, e element) error {
		children = append(children, e)
		return nil
	})
	for i := 0; err == nil && i < len(children); i++ {
		end := hi
		if i+1 < len(children) {
			end = children[i+1].key
		}
		err = w.node(children[i].child, level+1, height, children[i].key, end, visit)
	}
	return used, err
}

// enter looks at the bucket that e of p is, or remembers where it begins.
func (w *walk) enter(p *page, e element) error {
	id := binary.NativeEndian.Uint64(e.value)
	if id == 0 {
		return w.inline(p, e.value[headerSize:])
	}
	if len(e.value) != headerSize {
		return w.damage(p.id, "has a bucket that is in two places")
	}
	if w.only == nil {
		w.roots = append(w.roots, root{w.bucket, id})
		return nil
	}
	levels := w.levels
	w.levels = [maxLevels][]byte{}
	defer func() { w.levels = levels }()
	return w.tree(id, w.plainKey)
}

// inline looks at a bucket that is within a value.
func (w *walk) inline(p *page, data []byte) error {
	if len(data) < headerSize {
		return w.damage(p.id, "has a bucket cut short")
	}
	in := header(p.id, data)
	used, err := w.each(&in, nil, nil, func(i int, e element) error { return w.plainKey(&in, i, e) })
	if err == nil && (in.flags != flagLeaf || in.overflow != 0 || used != len(data)) {
		err = w.damage(p.id, "has a bucket that is not a leaf page")
	}
	return err
}

// plainKey takes an element of a bucket.
func (w *walk) plainKey(p *page, i int, e element) error {
	if e.flags != 0 {
		return w.damage(p.id, fmt.Sprintf("has element %d, which is no key with a value", i))
	}
	w.report.Keys[w.bucket]++
	return nil
}

package pages

import (
	"errors"
	"fmt"
	"io"
)

// chunk is how many bytes are read at a time from one end of a file to the other.
const chunk = 1 << 20

// sweep reads the file from one end to the other, and looks at each leaf page by
// itself: that its elements are in their places and in order.
func (w *walk) sweep() error {
	size := uint64(w.meta.pageSize)
	buf := make([]byte, max(chunk/size, 1)*size)
	for id := uint64(0); id < w.meta.pages; id += uint64(len(buf)) / size {
		if err := w.pause(); err != nil {
			return err
		}
		n, err := w.file.ReadAt(buf, int64(id*size))
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		for i := id; i < w.meta.pages && (i+1-id)*size <= uint64(n); i++ {
			if !w.leaves.has(i) {
				continue
			}
			if err := w.leaf(i, buf[(i-id)*size:(i+1-id)*size]); err != nil {
				return err
			}
			w.report.Read++
		}
	}
	return nil
}

// leaf looks at a leaf page by itself; data is the first page of it.
func (w *walk) leaf(id uint64, data []byte) error {
	p, err := w.own(id, data)
	if err != nil {
		return err
	}
	if p.flags != flagLeaf || p.count == 0 {
		return w.damage(id, fmt.Sprintf("has flags %#x and %d elements: no leaf page", p.flags, p.count))
	}
	if p.overflow > 0 {
		var buf []byte
		if p, buf, err = w.read(id, w.levels[0]); err != nil {
			return err
		}
		w.levels[0] = buf
	}
	used, err := w.each(&p, nil, nil, func(i int, e element) error { return w.plainKey(&p, i, e) })
	if err != nil {
		return err
	}
	return w.fits(&p, used)
}

package pages

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
)

// Depth is how much of a file is looked at.
type Depth int

const (
	// Roots is the meta pages, the list of free pages and the names of the buckets:
	// a few pages, without which nothing can be read or written.
	Roots Depth = iota
	// Branches is the branch pages of all buckets as well, one page in fifty or a
	// hundred: what leads to the leaf pages. Where that leaves it open what a page is
	// for, it is All.
	Branches
	// Leaves is every page, read from one end of the file to the other, as fast
	// as the disk is: each leaf page by itself.
	Leaves
	// All is every page in the order of keys, key by key over all of a bucket.
	All
)

// Report is what a check that found no damage has seen.
type Report struct {
	Transaction uint64         // number of the last one
	Pages       uint64         // of the file, in use or free
	Read        uint64         // of them, those looked at
	Free        uint64         // of them, those in no use
	PageSize    int            // bytes
	OneMeta     bool           // of the two meta pages one is not sound: the other counts
	Keys        map[string]int // in each bucket; of All alone
}

// Check looks at the pages of a bbolt file of size bytes, which nobody may write
// meanwhile. The error is a *Damage for the first page that is not what it must be,
// or what made reading impossible. progress, which may be nil, is told of how many
// pages have been looked at.
func Check(ctx context.Context, file io.ReaderAt, size int64, depth Depth, progress func(read, pages uint64)) (Report, error) {
	w, err := newWalk(ctx, file, size, depth)
	if err != nil {
		return w.report, err
	}
	w.progress = progress
	if err := w.all(); err != nil {
		return w.report, err
	}
	switch {
	case depth == All:
		return w.report, w.unclaimed()
	case depth == Roots:
		return w.report, nil
	case !w.plain():
		return Check(ctx, file, size, All, progress)
	case depth == Leaves:
		return w.report, w.sweep()
	}
	return w.report, nil
}

// CheckBuckets looks at every page of some buckets alone: whether they can be read
// from a file that is damaged elsewhere. A bucket that is missing is no damage.
func CheckBuckets(ctx context.Context, file io.ReaderAt, size int64, names ...string) (Report, error) {
	w, err := newWalk(ctx, file, size, All)
	if err != nil {
		return w.report, err
	}
	w.only = names
	return w.report, w.tree(w.meta.root, w.topLevel)
}

// walk is a check under way.
type walk struct {
	ctx      context.Context
	file     io.ReaderAt
	meta     meta
	depth    Depth
	only     []string // buckets, nil for all
	progress func(read, pages uint64)

	report  Report
	claimed bitmap // pages in use or free
	leaves  bitmap // but for All: those taken for leaf pages, unread
	bucket  string // where the walk is
	levels  [maxLevels][]byte
	roots   []root // buckets that the root tree has
}

// root is where the tree of a bucket begins.
type root struct {
	name string
	page uint64
}

func newWalk(ctx context.Context, file io.ReaderAt, size int64, depth Depth) (*walk, error) {
	w := &walk{ctx: ctx, file: file, depth: depth}
	m, both, err := readMeta(file)
	if err != nil {
		return w, err
	}
	if err := m.check(size); err != nil {
		return w, err
	}
	w.meta = m
	w.report = Report{Transaction: m.transaction, Pages: m.pages, Read: 2, PageSize: int(m.pageSize), OneMeta: !both, Keys: map[string]int{}}
	w.claimed, w.leaves = newBitmap(m.pages), newBitmap(m.pages)
	w.claimed.set(0)
	w.claimed.set(1)
	return w, nil
}

func (w *walk) damage(page uint64, what string) *Damage {
	return &Damage{Page: page, Bucket: w.bucket, What: what}
}

// all looks at the free list, at the root tree and at that of every bucket.
func (w *walk) all() error {
	if err := w.freeList(); err != nil {
		return err
	}
	if err := w.tree(w.meta.root, w.topLevel); err != nil || w.depth == Roots {
		return err
	}
	for _, r := range w.roots {
		w.bucket = r.name
		if err := w.tree(r.page, w.plainKey); err != nil {
			return err
		}
	}
	w.bucket = ""
	return nil
}

// topLevel takes an element of the root tree: a bucket. When it is asked for some
// alone it looks at them at once.
func (w *walk) topLevel(p *page, i int, e element) error {
	if e.flags != 1 || len(e.value) < headerSize {
		return w.damage(p.id, fmt.Sprintf("has element %d, which is no bucket", i))
	}
	if w.only != nil && !slices.Contains(w.only, string(e.key)) {
		return nil
	}
	w.bucket = string(e.key)
	defer func() { w.bucket = "" }()
	return w.enter(p, e)
}

// claim takes n pages from id on for one use.
func (w *walk) claim(id, n uint64) error {
	for i := id; i < id+n; i++ {
		if w.claimed.has(i) {
			return w.damage(i, "has two uses")
		}
		w.claimed.set(i)
	}
	return nil
}

// plain reports whether the pages that nobody claimed are those that leaf pages
// before them say are theirs, and claims them.
func (w *walk) plain() bool {
	for id := uint64(2); id < w.meta.pages; id++ {
		first := id
		for id < w.meta.pages && !w.claimed.has(id) {
			w.claimed.set(id)
			id++
		}
		if first < id && (!w.leaves.has(first-1) || !w.rest(first-1, id-first)) {
			return false
		}
	}
	return true
}

// rest reports whether n pages belong to a leaf page.
func (w *walk) rest(id, n uint64) bool {
	p, buf, err := w.read(id, w.levels[0])
	w.levels[0] = buf
	w.report.Read++
	return err == nil && p.flags == flagLeaf && p.overflow == n
}

func (w *walk) unclaimed() error {
	for id := uint64(2); id < w.meta.pages; id++ {
		if !w.claimed.has(id) {
			return w.damage(id, "has no use and is not free")
		}
	}
	return nil
}

func compare(a, b []byte) int { return bytes.Compare(a, b) }

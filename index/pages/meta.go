package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

const (
	magic    = 0xED0CDAED
	version  = 2
	metaSize = 64
)

// meta is the content of a meta page.
type meta struct {
	pageSize    uint32
	root        uint64
	free        uint64
	pages       uint64 // how many there are
	transaction uint64
}

// Transaction returns the number of the last transaction that a file tells of.
func Transaction(file io.ReaderAt) (uint64, error) {
	m, _, err := readMeta(file)
	return m.transaction, err
}

// readMeta returns the meta page that counts, and whether both are sound.
func readMeta(file io.ReaderAt) (m meta, both bool, err error) {
	first, err := metaAt(file, 0)
	if err != nil {
		return m, false, err
	}
	if first != nil {
		second, err := metaAt(file, int64(first.pageSize))
		if err != nil || second == nil || second.transaction < first.transaction {
			return *first, second != nil, err
		}
		return *second, true, nil
	}
	for at := int64(1024); at <= maxPageSize; at *= 2 {
		second, err := metaAt(file, at)
		if err != nil || second != nil {
			return valueOr(second), false, err
		}
	}
	return m, false, &Damage{What: "and page 1 are no meta pages"}
}

func valueOr(m *meta) meta {
	if m == nil {
		return meta{}
	}
	return *m
}

// metaAt reads the meta page at a place; nil when there is none.
func metaAt(file io.ReaderAt, at int64) (*meta, error) {
	var b [headerSize + metaSize]byte
	if _, err := file.ReadAt(b[:], at); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading a meta page: %w", err)
	}
	order, c := binary.NativeEndian, b[headerSize:]
	sum := fnv.New64a()
	sum.Write(c[:metaSize-8])
	if order.Uint32(c) != magic || order.Uint32(c[4:]) != version || order.Uint64(c[56:]) != sum.Sum64() {
		return nil, nil
	}
	return &meta{pageSize: order.Uint32(c[8:]), root: order.Uint64(c[16:]), free: order.Uint64(c[32:]), pages: order.Uint64(c[40:]), transaction: order.Uint64(c[48:])}, nil
}

// check says whether a file of a size can be what m says of it.
func (m *meta) check(size int64) error {
	if m.pageSize < 1024 || m.pageSize > maxPageSize || m.pageSize&(m.pageSize-1) != 0 {
		return &Damage{What: fmt.Sprintf("has a page size of %d", m.pageSize)}
	}
	if m.pages < 4 || m.pages > uint64(size)/uint64(m.pageSize) {
		return &Damage{What: fmt.Sprintf("tells of %d pages of %d bytes, and the file has %d bytes", m.pages, m.pageSize, size)}
	}
	return nil
}

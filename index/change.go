package index

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Change is the last change of a filing: it was recorded, recorded anew, withdrawn,
// listed again, or listed otherwise, as under another filer.
type Change struct {
	Sequence uint64        `json:"sequence"`
	Filing   *parse.Filing `json:"filing"` // as it is now, without text; Amends is as of the reading
}

// ChangePage is a part of the changes, oldest first.
type ChangePage struct {
	Epoch   string   `json:"epoch"` // names the numbering: numbers of another epoch mean nothing here
	Changes []Change `json:"changes"`
	Last    uint64   `json:"last"` // the highest number given out so far
}

// Changes returns the changes numbered higher than after, oldest first: of every
// filing the last one, and so each filing once. At most limit come, or MaxLimit; 0
// means DefaultLimit. There are no more when the last of them is numbered Last, or
// when none come. Numbers rise, with gaps, and are never given twice; a filing that
// changes while one reads from page to page comes again.
//
// Numbering and epoch outlive Rebuild, unless the old index cannot be read: then a
// new epoch begins, as in every copy by Backup, and in a file that is not the one
// that was closed at its place. Who remembers a number of another epoch reads from 0.
func (s *Store) Changes(after uint64, limit int) (ChangePage, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	limit = min(limit, MaxLimit)
	var p ChangePage
	var found []pair
	err := s.db.View(func(tx *bolt.Tx) error {
		p.Epoch = string(tx.Bucket(bucketMeta).Get(metaEpoch))
		p.Last = tx.Bucket(bucketChange).Sequence()
		found = p.collect(tx, after, limit)
		return nil
	})
	var fs []*parse.Filing
	if err == nil {
		fs, err = decodeAll(len(found), func(i int) (*parse.Filing, error) { return s.codec.keyed(found[i].key, found[i].value) })
	}
	if err == nil {
		err = s.link(fs...)
	}
	for i, f := range fs {
		p.Changes[i].Filing = f
	}
	if err != nil {
		return ChangePage{}, fmt.Errorf("reading changes after %d: %w", after, err)
	}
	return p, nil
}

// collect finds the changes, and copies out the keys and values of their filings.
func (p *ChangePage) collect(tx *bolt.Tx, after uint64, limit int) (found []pair) {
	filings := tx.Bucket(bucketFiling)
	c := tx.Bucket(bucketChange).Cursor()
	k, v := c.Seek(changeKey(after))
	if bytes.Equal(k, changeKey(after)) {
		k, v = c.Next()
	}
	for ; len(k) == 8 && len(found) < limit; k, v = c.Next() {
		p.Changes = append(p.Changes, Change{Sequence: binary.BigEndian.Uint64(k)})
		found = append(found, pair{bytes.Clone(v), bytes.Clone(filings.Get(v))})
	}
	return found
}

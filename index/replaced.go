package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// ErrReplaced says that the index to be replaced cannot be read any further.
var ErrReplaced = errors.New("the index as it was cannot be read")

// Replaces returns nil when the index that Rebuild gives is to take the place of
// one that can be read; else why there is nothing to compare it with: fs.ErrNotExist
// when there was none, ErrReplaced when it is damaged.
func (s *Store) Replaces() error {
	switch o := s.replaced; {
	case o == nil, o.made, o.err == nil && o.identity == "":
		return fmt.Errorf("no earlier index: %w", fs.ErrNotExist)
	case o.err != nil:
		return fmt.Errorf("%w: %w", ErrReplaced, o.err)
	}
	return nil
}

// A Twin is one accession as the index that is to be replaced has it and as the new
// one does.
type Twin struct {
	Accession edgar.Accession
	old, new  []byte // nil: not there
	codec     *codec
}

// Filings returns the two filings; nil for one that is not there. The error is
// ErrReplaced when the old one cannot be read; the new one is valid then.
func (t *Twin) Filings() (old, new *parse.Filing, err error) {
	if t.new != nil {
		if new, err = t.codec.decode(t.new); err != nil {
			return nil, nil, fmt.Errorf("filing %s: %w", t.Accession, err)
		}
	}
	if t.old != nil {
		if old, err = t.codec.decode(t.old); err != nil {
			err = fmt.Errorf("filing %s: %w: %w", t.Accession, ErrReplaced, err)
		}
	}
	return old, new, err
}

// Entries returns the two entries, as Filings does.
func (t *Twin) Entries() (old, new *Entry, err error) {
	if t.new != nil {
		e, err := decodeEntry(t.Accession, t.new)
		if err != nil {
			return nil, nil, err
		}
		new = &e
	}
	if t.old != nil {
		e, err := decodeEntry(t.Accession, t.old)
		if err != nil {
			return nil, new, fmt.Errorf("%w: %w", ErrReplaced, err)
		}
		old = &e
	}
	return old, new, nil
}

// Same reports whether the two are alike, byte for byte.
func (t *Twin) Same() bool { return bytes.Equal(t.old, t.new) && (t.old == nil) == (t.new == nil) }

// ReplacedFilings yields every accession of which the index that Rebuild gives, or
// the one that it is to replace, has a filing; ReplacedEntries those of which one of
// them has an entry. Both come in the order of accession numbers. When the old index
// cannot be read any further the iteration ends with ErrReplaced, and at once with
// what Replaces returns.
func (s *Store) ReplacedFilings() iter.Seq2[Twin, error] { return s.twins(bucketFiling) }

// ReplacedEntries is ReplacedFilings for entries.
func (s *Store) ReplacedEntries() iter.Seq2[Twin, error] { return s.twins(bucketEntry) }

func (s *Store) twins(name []byte) iter.Seq2[Twin, error] {
	return func(yield func(Twin, error) bool) {
		if err := s.Replaces(); err != nil {
			yield(Twin{}, err)
			return
		}
		old, stopOld := iter.Pull2(pairsOf(s.replaced.view, name, anyValue))
		defer stopOld()
		new, stopNew := iter.Pull2(pairsOf(s.db.View, name, anyValue))
		defer stopNew()
		m := merging{codec: s.codec}
		m.step(&m.old, old)
		m.step(&m.new, new)
		for m.old.key != nil || m.new.key != nil || m.err != nil {
			t := m.least(old, new)
			if !yield(t, m.err) || m.err != nil {
				return
			}
		}
	}
}

func anyValue([]byte) bool { return true }

// view reads the old database.
func (o *oldDatabase) view(read func(*bolt.Tx) error) error {
	if err := o.db.View(read); err != nil {
		return fmt.Errorf("%w: %w", ErrReplaced, err)
	}
	return nil
}

// merging is a walk over two buckets at once.
type merging struct {
	codec    *codec
	old, new pair // to come; their keys are nil at the end
	err      error
}

func (m *merging) step(p *pair, next func() (pair, error, bool)) {
	var err error
	if *p, err, _ = next(); err != nil && m.err == nil {
		m.err = err
	}
}

// least takes the lesser of the keys to come from where it stands.
func (m *merging) least(old, new func() (pair, error, bool)) (t Twin) {
	if m.err != nil {
		return t
	}
	order := bytes.Compare(m.old.key, m.new.key)
	switch {
	case m.old.key == nil:
		order = 1
	case m.new.key == nil:
		order = -1
	}
	key := m.new.key
	if order <= 0 {
		key, t.old = m.old.key, m.old.value
	}
	if order >= 0 {
		t.new = m.new.value
	}
	t.codec = m.codec
	if t.Accession, m.err = accessionFromKey(key); m.err != nil {
		return t
	}
	if order <= 0 {
		m.step(&m.old, old)
	}
	if order >= 0 {
		m.step(&m.new, new)
	}
	return t
}

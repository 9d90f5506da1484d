package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrLocked    = errors.New("index is in use by another process")
	ErrNotFound  = errors.New("not in the index")
	ErrForbidden = errors.New("state change not allowed")
	ErrReadOnly  = errors.New("index is open for reading only")
	ErrSchema    = errors.New("index schema not understood")
)

const (
	databaseName = "index.db"
	journalName  = "journal.jsonl"

	// allocSize is how far ahead of its need the file grows.
	allocSize = 4 << 20
)

// Store is an open index. Its methods may be called from many goroutines;
// writers take turns.
type Store struct {
	dir      string
	db       *bolt.DB
	codec    *codec
	identity string
	notes    []string

	mu      sync.Mutex // held by writers, from reading the old state to the commit
	journal *journal   // nil when read-only
}

// Open opens the index of the data directory dir, making it when there is none,
// and holds it until Close: the database dir/index.db and the journal
// dir/journal.jsonl. When another process holds it the error is ErrLocked.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the index folder: %w", err)
	}
	s, err := open(dir, false)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("opening index %s: %w", dir, err), s.Close())
	}
	return s, nil
}

// OpenReadOnly opens an existing index for reading: it changes no file, and
// many processes may read at once, but not beside one that writes (ErrLocked).
func OpenReadOnly(dir string) (*Store, error) {
	s, err := open(dir, true)
	if err != nil {
		return nil, err
	}
	err = s.db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketMeta) == nil {
			return fmt.Errorf("%w: %s holds no index yet", ErrSchema, databaseName)
		}
		return s.readMeta(tx)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening index %s: %w", dir, err), s.Close())
	}
	return s, nil
}

func open(dir string, readOnly bool) (*Store, error) {
	path := filepath.Join(dir, databaseName)
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout:         time.Second,
		FreelistType:    bolt.FreelistMapType,
		InitialMmapSize: initialMmapSize(),
		ReadOnly:        readOnly,
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, fmt.Errorf("opening %s: %w: stop that process, or ask it instead", path, ErrLocked)
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	db.AllocSize = allocSize
	c, err := newCodec()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{dir: dir, db: db, codec: c}, nil
}

// initialMmapSize is 8 GiB: address space, not memory and not disk. Within it the
// file grows without being mapped anew, which would wait for every reader. Where
// addresses have 32 bits the file is mapped as it is.
func initialMmapSize() int {
	if strconv.IntSize < 64 {
		return 0
	}
	size := int64(8) << 30
	return int(size)
}

// prepare opens the journal, makes buckets, schema version and identity where they
// are missing, and checks that database and journal belong together.
func (s *Store) prepare() error {
	j, note, err := openJournal(filepath.Join(s.dir, journalName))
	if err != nil {
		return err
	}
	s.journal = j
	had := s.databaseIdentity()
	if had != "" && j.size == 0 {
		note = journalName + " was missing: first-seen times, rejections and withdrawals from before can no longer be rebuilt"
	}
	if note != "" {
		s.notes = append(s.notes, note)
	}
	identity, err := j.identity(had)
	if err != nil {
		return err
	}
	err = s.db.Update(func(tx *bolt.Tx) error {
		if err := prepareBuckets(tx, identity); err != nil {
			return err
		}
		return s.readMeta(tx)
	})
	if err != nil {
		return err
	}
	if identity != s.identity {
		return fmt.Errorf("%s belongs to archive %s but %s to archive %s: they are not of the same data directory",
			databaseName, s.identity, journalName, identity)
	}
	return syncDir(s.dir)
}

// Identity returns the random name of this archive, made when its journal was,
// and the same for every index rebuilt from that journal.
func (s *Store) Identity() string { return s.identity }

// Notes returns what Open found and mended, in sentences for a log.
func (s *Store) Notes() []string { return s.notes }

// Close releases the index. Iterators still running end with an error.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.db.Close()
	if s.journal != nil {
		err = errors.Join(err, s.journal.close())
		s.journal = nil
	}
	s.codec.close()
	if err != nil {
		return fmt.Errorf("closing index %s: %w", s.dir, err)
	}
	return nil
}

// write runs prepare and then apply under the writers' lock: prepare reads,
// decides and encodes; log tells the journal, which is on the disk before apply,
// which only writes. Any of them may be nil.
func (s *Store) write(prepare func(tx *bolt.Tx) error, log func() []JournalLine, apply func(tx *bolt.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return ErrReadOnly
	}
	if prepare != nil {
		if err := s.db.View(prepare); err != nil {
			return err
		}
	}
	if log != nil {
		if err := s.journal.append(log()...); err != nil {
			return err
		}
	}
	if apply == nil {
		return nil
	}
	return s.db.Update(apply)
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

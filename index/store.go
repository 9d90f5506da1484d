package index

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	bolt "go.etcd.io/bbolt"

	"example.com/edgard/durable"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrLocked    = errors.New("index is in use by another crawler (a sync at work, perhaps): wait until it is done, or stop it")
	ErrStale     = errors.New("the index must be rebuilt: run crawler reindex")
	ErrNotFound  = errors.New("not in the index")
	ErrForbidden = errors.New("state change not allowed")
	ErrReadOnly  = errors.New("index is open for reading only")
	ErrSchema    = errors.New("index schema not understood")
)

const (
	databaseName = "index.db"
	rebuiltName  = "index.db.rebuild"     // on its way to be index.db
	spillName    = "index.db.rebuild.tmp" // of a Loader
	compactName  = "index.db.compact"     // on its way to be index.db, by Compact
	journalName  = "journal.jsonl"
)

// Store is an open index. Its methods may be called from many goroutines;
// writers take turns.
type Store struct {
	dir      string
	db       *database
	codec    *codec
	identity string
	notes    []string
	sound    bool // it may be written, and was found in order when it was opened

	rebuilding bool         // by Rebuild: empty until Replay, and beside the old one
	loader     *Loader      // of the index being rebuilt
	replaced   *oldDatabase // by it, which is to take its place

	mu      sync.Mutex // held by writers, from reading the old state to the commit
	journal *journal   // nil when read-only
}

// Open opens the index of the data directory dir, making it when there is none,
// and holds it until Close: the database dir/index.db and the journal
// dir/journal.jsonl. When another process holds it the error is ErrLocked; when
// the database is missing or empty but the journal tells of what was in it,
// ErrStale: Rebuild it first.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the index folder: %w", err)
	}
	s, err := open(dir, databaseName, false)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(""); err != nil {
		return nil, errors.Join(fmt.Errorf("opening index %s: %w", dir, err), s.Close())
	}
	return s, nil
}

// OpenReadOnly opens an existing index for reading: it changes no file, and
// many processes may read at once, but not beside one that writes (ErrLocked).
// What is ErrStale to Open is so here, too.
func OpenReadOnly(dir string) (*Store, error) {
	s, err := open(dir, databaseName, true)
	if err != nil {
		return nil, err
	}
	err = s.db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketMeta) == nil {
			return cmp.Or(lost(dir), fmt.Errorf("%s is empty: %w", databaseName, fs.ErrNotExist))
		}
		return s.readMeta(tx)
	})
	if err == nil {
		err = s.lookedBack()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening index %s: %w", dir, err), s.Close())
	}
	return s, nil
}

// open opens the database of the given name in dir, and makes it when it may.
func open(dir, name string, readOnly bool) (*Store, error) {
	path := filepath.Join(dir, name)
	if name == databaseName && isNothing(path) {
		if err := lost(dir); err != nil {
			return nil, fmt.Errorf("opening index %s: %w", dir, err)
		}
	}
	db, err := openDatabase(path, readOnly)
	if errors.Is(err, ErrDamaged) { // names the file
		return nil, err
	}
	if err != nil && readOnly && isNothing(path) { // bbolt would begin one
		return nil, fmt.Errorf("%s is missing or empty: %w", path, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	c, err := newCodec()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{dir: dir, db: db, codec: c}, nil
}

// isNothing reports whether the file at path is missing or has no byte.
func isNothing(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// prepare opens the journal, makes buckets, schema version and identity where they
// are missing, and checks that database and journal belong together. A new journal
// takes the identity of the database or, if that has none, the one given.
func (s *Store) prepare(identity string) error {
	j, note, err := openJournal(filepath.Join(s.dir, journalName))
	if err != nil {
		return err
	}
	s.journal = j
	had, err := databaseIdentity(s.db)
	if err != nil {
		return err
	}
	if had == "" && !s.rebuilding {
		if err := lost(s.dir); err != nil {
			return err
		}
	}
	had = cmp.Or(had, identity)
	if had != "" && j.size == 0 {
		note = journalName + " was missing: first-seen times, rejections and withdrawals from before can no longer be rebuilt"
	}
	if note != "" {
		s.notes = append(s.notes, note)
	}
	if identity, err = j.identity(had); err != nil {
		return err
	}
	if had != "" && identity != had {
		return fmt.Errorf("%s belongs to archive %s but %s to archive %s: they are not of the same data directory",
			databaseName, had, journalName, identity)
	}
	if err := s.migrate(); err != nil {
		return err
	}
	err = s.db.Update(func(tx *bolt.Tx) error {
		if err := prepareBuckets(tx, identity); err != nil {
			return err
		}
		if err := s.readMeta(tx); err != nil || !s.db.replaced {
			return err
		}
		return tx.Bucket(bucketMeta).Put(metaEpoch, []byte(randomName()))
	})
	if err != nil {
		return err
	}
	if s.db.replaced {
		s.notes = append(s.notes, databaseName+" is not the one that was closed here, but older, perhaps, or a copy: the numbering of changes begins anew, and export --since-last with everything")
	}
	if err := s.lookedBack(); err != nil {
		return err
	}
	s.sound = true
	return durable.SyncDir(s.dir)
}

// lookedBack looks at the last changes of an index that was not closed.
func (s *Store) lookedBack() error {
	if !s.db.unsealed {
		return nil
	}
	err := s.db.View(s.lookBack)
	if err != nil {
		err = fmt.Errorf("%s: %w", s.db.file.Name(), err)
	}
	return err
}

// Identity returns the random name of this archive, made when its journal was,
// and the same for every index rebuilt from that journal.
func (s *Store) Identity() string { return s.identity }

// Dir returns the folder of the index and its journal.
func (s *Store) Dir() string { return s.dir }

// Notes returns what Open found and mended, in sentences for a log.
func (s *Store) Notes() []string { return s.notes }

// Close releases the index. Iterators still running end with an error.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.sound {
		s.sound = false
		err = s.db.seal(filepath.Join(s.dir, databaseName))
	}
	err = errors.Join(err, s.db.Close())
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

// write runs prepare and then apply under the writers' lock: prepare reads and
// decides; log tells the journal, which is on the disk before apply,
// which only writes. Any of them may be nil.
func (s *Store) write(prepare func(tx *bolt.Tx) error, log func() []JournalLine, apply func(w *writing) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return ErrReadOnly
	}
	if seen := s.db.damage.Load(); seen != nil {
		return seen
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
	return s.db.Update(func(tx *bolt.Tx) error {
		w := newWriting(tx)
		if err := apply(w); err != nil {
			return err
		}
		return w.flush()
	})
}

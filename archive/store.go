package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"example.com/edgard/edgar"
)

// MaxSize is the largest submission an archive takes, in bytes. EDGAR refuses
// transmissions far below it; it is here so that a body without end cannot fill
// the disk.
const MaxSize = 1 << 30

var (
	// ErrLocked is returned by Open while another process, or another Store
	// of this one, has the archive open for writing.
	ErrLocked = errors.New("another process is writing to this archive: stop it, or wait until it is done")

	// ErrReadOnly is returned by Create on a Store of OpenReadOnly.
	ErrReadOnly = errors.New("archive was opened for reading only")

	// ErrCorrupt is returned for stored bytes that are not what was written.
	// Fetching the submission again heals the archive.
	ErrCorrupt = errors.New("stored bytes are damaged")

	// ErrTooLarge is returned by Writer.Write beyond MaxSize.
	ErrTooLarge = errors.New("submission is larger than the archive takes")
)

// Info is what the archive knows of a revision without reading its bytes.
type Info struct {
	Accession edgar.Accession
	Revision  int       // from 1
	SHA256    [32]byte  // of the bytes that Open reads
	Size      int64     // of the same, in bytes
	Stored    time.Time // UTC, whole seconds
	Created   bool      // set by Commit alone: the bytes were not there before

	// Cut says that parts were left out, and then what the submission was as
	// EDGAR served it.
	Cut            bool
	OriginalSize   int64
	OriginalSHA256 [32]byte
}

// Served returns size and sha256 of the submission as EDGAR served it, be the copy
// cut or not.
func (i Info) Served() (size int64, sum [32]byte) {
	if i.Cut {
		return i.OriginalSize, i.OriginalSHA256
	}
	return i.Size, i.SHA256
}

// serves reports whether two copies are of the same submission as served.
func (i Info) serves(other Info) bool {
	size, sum := i.Served()
	otherSize, otherSum := other.Served()
	return size == otherSize && sum == otherSum
}

// A Store is an open archive. Its methods may be called from any number of
// goroutines.
type Store struct {
	root *os.Root
	lock *flock.Flock // nil: read-only
	disk steps
	max  int64

	temps    atomic.Uint64
	encoders sync.Pool
	decoders sync.Pool

	mu        sync.Mutex
	unsettled map[string]bool // names made whose folder is not yet flushed
}

// Open opens the archive in dir for reading and writing, and makes it when it
// is not there. It takes the lock (ErrLocked), completes what an interrupted
// writer left unsettled, and removes that writer's temporary files.
func Open(dir string) (*Store, error) {
	return open(dir, diskSteps)
}

func open(dir string, disk func(*os.Root) steps) (_ *Store, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("open archive %s: %w", dir, err)
		}
	}()
	if err := makeDurable(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(filePerm))
	if held, err := lock.TryLock(); err != nil {
		return nil, err
	} else if !held {
		return nil, ErrLocked
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	s := newStore(root, lock, disk)
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenReadOnly opens an existing archive without its lock, beside whatever
// process writes to it. The Store never writes.
func OpenReadOnly(dir string) (*Store, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", dir, err)
	}
	return newStore(root, nil, diskSteps), nil
}

func newStore(root *os.Root, lock *flock.Flock, disk func(*os.Root) steps) *Store {
	return &Store{
		root:      root,
		lock:      lock,
		disk:      disk(root),
		max:       MaxSize,
		encoders:  sync.Pool{New: newEncoder},
		decoders:  sync.Pool{New: newDecoder},
		unsettled: make(map[string]bool),
	}
}

// Dir returns the folder of the archive.
func (s *Store) Dir() string { return s.root.Name() }

// Close gives up the lock. Readers and Writers must be closed before.
func (s *Store) Close() error {
	err := s.root.Close()
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

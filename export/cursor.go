package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"example.com/edgard/durable"
	"example.com/edgard/edgar"
)

const (
	cursorFolder  = "exports"
	cursorVersion = 1
	maxCursor     = 1 << 20 // bytes
	maxUnread     = 10_000
	maxNameLength = 64
)

var (
	ErrName  = errors.New("no name of an export")
	ErrAsked = errors.New("that name has another export") // one that asked for something else
)

// Cursor is how far the export of a name has come. It is in the data directory, in
// exports/NAME.json (0600), replaced as a whole; exports/NAME.lock keeps two exports
// of a name apart. Close lets go of it.
type Cursor struct {
	path  string
	lock  *flock.Flock
	state place
	next  *place // of the export that is done, until Move
}

// place is the content of the file.
type place struct {
	Version  int               `json:"version"`
	Asked    string            `json:"asked"`            // what was asked for, in the words of the command
	Epoch    string            `json:"epoch"`            // of the index's numbering
	Sequence uint64            `json:"sequence"`         // everything up to this number has been written
	Last     edgar.Accession   `json:"last,omitzero"`    // the filing that had it
	Unread   []edgar.Accession `json:"unread,omitempty"` // written without the text that was asked for
}

// OpenCursor takes the cursor of a name in the data directory dir, which begins where
// there is none yet. A name is 1 to 64 small letters, digits, "-", "_" and ".", the
// first a letter or digit; else the error is ErrName. asked describes what is asked for; when the cursor is of
// something else the error is ErrAsked.
func OpenCursor(dir, name, asked string) (c *Cursor, err error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	folder := filepath.Join(dir, cursorFolder)
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	c = &Cursor{path: filepath.Join(folder, name+".json"), state: place{Version: cursorVersion, Asked: asked}}
	c.lock = flock.New(filepath.Join(folder, name+".lock"), flock.SetPermissions(0o600))
	if ok, err := c.lock.TryLock(); err != nil {
		return nil, err
	} else if !ok {
		return nil, fmt.Errorf("an export of the name %s is under way: wait until it is done", name)
	}
	if err := c.read(asked); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func checkName(name string) error {
	ok := name != "" && len(name) <= maxNameLength
	for i := range len(name) {
		c := name[i]
		ok = ok && ('a' <= c && c <= 'z' || '0' <= c && c <= '9' || i > 0 && strings.IndexByte("-_.", c) >= 0)
	}
	if !ok {
		return fmt.Errorf("%q is %w: want 1 to %d small letters, digits, -, _ and ., the first a letter or digit", name, ErrName, maxNameLength)
	}
	return nil
}

// read reads the file, if there is one.
func (c *Cursor) read(asked string) error {
	f, err := os.Open(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxCursor))
	if err != nil {
		return err
	}
	p, err := parsePlace(data)
	if err != nil {
		return fmt.Errorf("%s: %w: remove it, and the export begins again", c.path, err)
	}
	if p.Asked != asked {
		return fmt.Errorf("%w: %q, and this one is %q: give it another name, or remove %s to begin again", ErrAsked, p.Asked, asked, c.path)
	}
	c.state = p
	return nil
}

func parsePlace(data []byte) (p place, err error) {
	if err := json.Unmarshal(data, &p); err != nil {
		return p, err
	}
	switch {
	case p.Version != cursorVersion:
		return p, fmt.Errorf("version %d, want %d", p.Version, cursorVersion)
	case p.Epoch == "" || len(p.Unread) > maxUnread:
		return p, errors.New("no place in a numbering")
	}
	return p, nil
}

// Move has the next export begin where the last one that Config.RunSince wrote ended.
// Call it when the output is whole and on the disk; it is on the disk itself when it
// returns.
func (c *Cursor) Move() error {
	if c.next == nil {
		return errors.New("moving a cursor: no export is done")
	}
	data, err := json.Marshal(c.next)
	if err == nil {
		err = replace(c.path, append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("moving the cursor: %w", err)
	}
	c.state, c.next = *c.next, nil
	return nil
}

// replace puts a file of the owner's alone in the place of the one at path.
func replace(path string, data []byte) error {
	temp := path + ".new" // whose writer has the lock
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return durable.Rename(temp, path)
}

// Close lets another export have the cursor.
func (c *Cursor) Close() error { return c.lock.Close() }

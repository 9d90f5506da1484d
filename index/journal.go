package index

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// journal is the open journal, its end known to be the end of a line.
type journal struct {
	path   string
	f      *os.File
	size   int64
	broken error // why its end is no longer known
}

// openJournal opens or makes the journal, cuts off a torn last line and says so.
func openJournal(path string) (j *journal, note string, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, "", fmt.Errorf("opening the journal: %w", err)
	}
	j = &journal{path: path, f: f}
	whole, size, err := wholeLines(f)
	if err == nil && whole < size {
		note = fmt.Sprintf("%s: cut off a torn last line of %d bytes", path, size-whole)
		err = errors.Join(f.Truncate(whole), f.Sync())
	}
	if err != nil {
		return nil, "", fmt.Errorf("opening journal %s: %w", path, errors.Join(err, f.Close()))
	}
	j.size = whole
	return j, note, nil
}

// wholeLines returns the length of f up to the end of its last sound line, and
// all of it.
func wholeLines(f *os.File) (whole, size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, 0, err
	}
	size = info.Size()
	tail := make([]byte, min(size, 2*maxLine))
	start := size - int64(len(tail))
	if _, err := f.ReadAt(tail, start); err != nil {
		return 0, 0, err
	}
	tail = tail[:bytes.LastIndexByte(tail, '\n')+1]
	if len(tail) == 0 && start > 0 {
		return 0, 0, fmt.Errorf("no end of a line in the last %d bytes", 2*maxLine)
	}
	if len(tail) > 0 {
		last := tail[bytes.LastIndexByte(tail[:len(tail)-1], '\n')+1:]
		if _, err := decodeLine(last); err != nil {
			tail = tail[:len(tail)-len(last)]
		}
	}
	return start + int64(len(tail)), size, nil
}

// append writes lines and returns when they are on the disk. After a write that
// went wrong nobody knows what is there: the next one first cuts off whatever
// follows the last line that is known to be.
func (j *journal) append(lines ...JournalLine) error {
	if len(lines) == 0 {
		return nil
	}
	if err := j.mend(); err != nil {
		return fmt.Errorf("%s takes no more after an earlier fault: %w", j.path, err)
	}
	var b []byte
	for _, l := range lines {
		line, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("journal line: %w", err)
		}
		if len(line) >= maxLine {
			return fmt.Errorf("journal line of %d bytes: at most %d", len(line), maxLine)
		}
		b = append(append(b, line...), '\n')
	}
	_, err := j.f.WriteAt(b, j.size)
	if err == nil {
		err = j.f.Sync()
	}
	if err != nil {
		j.broken = err
		return fmt.Errorf("appending to %s: %w", j.path, errors.Join(err, j.f.Truncate(j.size)))
	}
	j.size += int64(len(b))
	return nil
}

// mend brings a journal back to its last known end.
func (j *journal) mend() error {
	if j.broken == nil {
		return nil
	}
	info, err := j.f.Stat()
	switch {
	case err != nil:
		return errors.Join(j.broken, err)
	case info.Size() < j.size:
		return fmt.Errorf("%w: it has %d bytes, and had %d", j.broken, info.Size(), j.size)
	}
	if err := errors.Join(j.f.Truncate(j.size), j.f.Sync()); err != nil {
		return errors.Join(j.broken, err)
	}
	j.broken = nil
	return nil
}

func (j *journal) close() error { return j.f.Close() }

// identity returns the archive's name from the first line. An empty journal gets
// that line, with the name given or, when that is empty, a new one.
func (j *journal) identity(name string) (string, error) {
	for l, err := range readJournal(io.NewSectionReader(j.f, 0, j.size)) {
		switch {
		case err != nil:
			return "", fmt.Errorf("%s: %w", j.path, err)
		case l.Event != EventCreated || l.Identity == "":
			return "", fmt.Errorf("%s: line 1 is no %q line", j.path, EventCreated)
		case l.Version > journalVersion:
			return "", fmt.Errorf("%w: %s has version %d, this program knows up to %d: use a newer crawler", ErrSchema, j.path, l.Version, journalVersion)
		}
		return l.Identity, nil
	}
	if name == "" {
		name = randomName()
	}
	return name, j.append(JournalLine{At: now(), Event: EventCreated, Version: journalVersion, Identity: name})
}

// randomName returns 32 hexadecimal digits.
func randomName() string {
	id := make([]byte, 16)
	rand.Read(id)
	return hex.EncodeToString(id)
}

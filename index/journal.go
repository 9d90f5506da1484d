package index

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"example.com/edgard/edgar"
)

// Event is the kind of a JournalLine.
type Event string

// The events of the journal.
const (
	EventCreated   Event = "created"   // the first line: Version and Identity
	EventSeen      Event = "seen"      // Accessions first seen at At in the listing Key; Rows of one that is not kept
	EventListing   Event = "listing"   // Listing was read to its end, or asked for
	EventImported  Event = "imported"  // recorded without having been listed; the whole entry
	EventDeferred  Event = "deferred"  // Accession with Attempts, Next, Reason
	EventRejected  Event = "rejected"  // Accession with Reason
	EventWithdrawn Event = "withdrawn" // the whole entry
	EventRetried   Event = "retried"   // all entries in States
	EventCoverage  Event = "coverage"  // From
)

// JournalLine is one event of what the archive and the listings cannot tell. It
// says what is so from then on, never by how much something changed.
type JournalLine struct {
	At    time.Time `json:"at"`
	Event Event     `json:"event"`

	Version  int    `json:"version,omitempty"`
	Identity string `json:"identity,omitempty"`

	Key        string            `json:"key,omitempty"`
	Accessions []edgar.Accession `json:"accessions,omitempty"`
	Rows       []JournalRow      `json:"rows,omitempty"`
	Listing    *Listing          `json:"listing,omitempty"`

	Accession edgar.Accession `json:"accession,omitzero"`
	Form      edgar.Form      `json:"form,omitzero"`
	Filed     edgar.Date      `json:"filed,omitzero"`
	CIKs      []edgar.CIK     `json:"ciks,omitempty"`
	Name      string          `json:"name,omitempty"`
	Seen      time.Time       `json:"seen,omitzero"`
	Attempts  int             `json:"attempts,omitempty"`
	Next      time.Time       `json:"next,omitzero"`
	Reason    string          `json:"reason,omitempty"`

	States []State    `json:"states,omitempty"`
	From   edgar.Date `json:"from,omitzero"`
}

// JournalRow is a row of a listing of which no copy is kept.
type JournalRow struct {
	Form      edgar.Form      `json:"form"`
	Name      string          `json:"name"`
	CIK       edgar.CIK       `json:"cik"`
	Filed     edgar.Date      `json:"filed"`
	Accession edgar.Accession `json:"accession"`
}

// journalVersion numbers the meaning of the lines.
const journalVersion = 1

// maxLine bounds the bytes of a line; a thousand accessions take 24 KB.
const maxLine = 1 << 20

// line tells the whole of e.
func (e *Entry) line(event Event) JournalLine {
	l := JournalLine{At: now(), Event: event, Accession: e.Accession, Attempts: e.Attempts, Next: e.Next, Reason: e.Reason}
	if event == EventImported || event == EventWithdrawn {
		l.Form, l.Filed, l.CIKs, l.Name, l.Seen = e.Form, e.Filed, e.CIKs, e.Name, e.Seen
	}
	return l
}

// journal is the open journal, its end known to be the end of a line.
type journal struct {
	path string
	f    *os.File
	size int64
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

// append writes lines and returns when they are on the disk. After a failure the
// journal is as before, or closed to further writing.
func (j *journal) append(lines ...JournalLine) error {
	if len(lines) == 0 {
		return nil
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
		return fmt.Errorf("appending to %s: %w", j.path, errors.Join(err, j.f.Truncate(j.size)))
	}
	j.size += int64(len(b))
	return nil
}

func (j *journal) close() error { return j.f.Close() }

// identity returns the archive's, making it and the first line when there is none.
func (j *journal) identity() (string, error) {
	for l, err := range readJournal(io.NewSectionReader(j.f, 0, j.size)) {
		if err != nil {
			return "", fmt.Errorf("%s: %w", j.path, err)
		}
		if l.Event != EventCreated || l.Identity == "" {
			return "", fmt.Errorf("%s: line 1 is no %q line", j.path, EventCreated)
		}
		if l.Version > journalVersion {
			return "", fmt.Errorf("%s has version %d, this program knows up to %d: use a newer crawler", j.path, l.Version, journalVersion)
		}
		return l.Identity, nil
	}
	id := make([]byte, 16)
	rand.Read(id)
	l := JournalLine{At: now(), Event: EventCreated, Version: journalVersion, Identity: hex.EncodeToString(id)}
	return l.Identity, j.append(l)
}

// Journal yields the lines of the journal, oldest first. A line that cannot be
// read ends it with an error that gives the line's number. Lines appended
// meanwhile are not seen.
func (s *Store) Journal() iter.Seq2[JournalLine, error] {
	return func(yield func(JournalLine, error) bool) {
		path := filepath.Join(s.dir, journalName)
		f, err := os.Open(path)
		if err != nil {
			yield(JournalLine{}, fmt.Errorf("reading the journal: %w", err))
			return
		}
		defer f.Close()
		size, _, err := wholeLines(f)
		if err != nil {
			yield(JournalLine{}, fmt.Errorf("reading %s: %w", path, err))
			return
		}
		for l, err := range readJournal(io.NewSectionReader(f, 0, size)) {
			if err != nil {
				err = fmt.Errorf("reading %s: %w", path, err)
			}
			if !yield(l, err) {
				return
			}
		}
	}
}

func readJournal(r io.Reader) iter.Seq2[JournalLine, error] {
	return func(yield func(JournalLine, error) bool) {
		sc := bufio.NewScanner(r)
		sc.Buffer(make([]byte, 0, 64<<10), maxLine)
		n := 0
		for sc.Scan() {
			n++
			l, err := decodeLine(sc.Bytes())
			if err != nil {
				yield(JournalLine{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
			if !yield(l, nil) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(JournalLine{}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}

func decodeLine(b []byte) (JournalLine, error) {
	var l JournalLine
	if err := json.Unmarshal(b, &l); err != nil {
		return JournalLine{}, err
	}
	if l.Event == "" {
		return JournalLine{}, errors.New("no event")
	}
	return l, nil
}

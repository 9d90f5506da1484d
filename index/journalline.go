package index

import (
	"bufio"
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
	EventListing   Event = "listing"   // Listing was read to its end
	EventChecked   Event = "checked"   // what is known of Listing, its rows not read
	EventImported  Event = "imported"  // recorded without having been listed; the whole entry
	EventDeferred  Event = "deferred"  // Accession with Attempts, Next, Reason
	EventRejected  Event = "rejected"  // Accession with Reason
	EventWithdrawn Event = "withdrawn" // the whole entry
	EventRetried   Event = "retried"   // Accessions
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

	From edgar.Date `json:"from,omitzero"`
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

// maxLine bounds the bytes of a line; four thousand accessions take 96 KB.
const maxLine = 1 << 20

// line tells the whole of e.
func (e *Entry) line(event Event) JournalLine {
	l := JournalLine{At: now(), Event: event, Accession: e.Accession, Attempts: e.Attempts, Next: e.Next, Reason: e.Reason}
	if event == EventImported || event == EventWithdrawn {
		l.Form, l.Filed, l.CIKs, l.Name, l.Seen = e.Form, e.Filed, e.CIKs, e.Name, e.Seen
	}
	return l
}

// Journal yields the lines of the journal, oldest first. A line that cannot be
// read ends it with an error that gives the line's number. Lines appended
// meanwhile are not seen.
func (s *Store) Journal() iter.Seq2[JournalLine, error] {
	return readJournalFile(s.dir)
}

func readJournalFile(dir string) iter.Seq2[JournalLine, error] {
	return func(yield func(JournalLine, error) bool) {
		path := filepath.Join(dir, journalName)
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
				err = fmt.Errorf("reading %s: %w; mend that line with an editor, or delete it, and with it what it tells", path, err)
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

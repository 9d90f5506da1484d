package edgartest

import (
	"bytes"
	"crypto/md5"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"example.com/edgard/edgar"
)

// Submission is one submission of a World. Give either Body, the whole text as
// EDGAR serves it, whose header then says the rest; or no Body, and a small
// valid one is written from the other fields.
type Submission struct {
	Accession edgar.Accession
	Form      edgar.Form
	Filed     edgar.Date
	Period    edgar.Date // zero: unknown
	Accepted  time.Time  // zero: the header states none, as before 2001
	Items     []string   // numbers: "2.02", before 23 August 2004 "12"
	Filers    []Filer    // one listing row each, twins included
	Body      []byte

	// PrivateToPublic marks a submission that became public long after its
	// filing date: it stands in no daily listing.
	PrivateToPublic bool
	// Public is the moment from which listings, feed and file exist. Zero means
	// what the header implies: the acceptance when on the filing date, else six
	// in the morning of that date; without acceptance its midnight; never
	// before the dissemination date beside <SEC-DOCUMENT>.
	Public time.Time
}

// Filer is one entity in a submission's header.
type Filer struct {
	Role string // as in headers: FILER, SUBJECT COMPANY, ISSUER … ; "" means FILER
	CIK  edgar.CIK
	Name string
}

// entry is a submission as the world keeps it: immutable once stored.
type entry struct {
	Submission
	head     head
	modified time.Time              // Last-Modified of its files
	load     func() ([]byte, error) // the body; safe for concurrent use
	sum      func() ([md5.Size]byte, error)
}

// head is what the beginning of a submission tells beyond its Submission.
type head struct {
	tree         *node
	disseminated edgar.Date
	primary      string // file name of the first document
	description  string // of the first document
	inline       bool   // the first document is inline XBRL
	size         int64  // bytes of the whole submission
}

// newEntry completes s from its body, or writes it one.
func newEntry(s Submission) (*entry, error) {
	if s.Body == nil {
		if err := s.check(); err != nil {
			return nil, err
		}
		s.Body = render(s)
	}
	body := s.Body
	s.Body = nil
	h, err := readHead(body)
	if err != nil {
		return nil, err
	}
	h.size = int64(len(body))
	return h.entry(s, func() ([]byte, error) { return body, nil })
}

// entry joins what the caller said with what the header says; the caller wins.
func (h head) entry(s Submission, load func() ([]byte, error)) (*entry, error) {
	if err := h.fill(&s); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	e := &entry{Submission: s, head: h, load: load}
	e.sum = sync.OnceValues(func() ([md5.Size]byte, error) {
		b, err := load()
		return md5.Sum(b), err
	})
	if e.Public.IsZero() {
		e.Public = e.implied()
	}
	e.modified = e.Public
	return e, nil
}

func (s *Submission) check() error {
	switch {
	case s.Accession.IsZero():
		return errors.New("submission without accession number")
	case s.Form.IsZero():
		return fmt.Errorf("submission %s: no form type", s.Accession)
	case s.Filed.IsZero():
		return fmt.Errorf("submission %s: no filing date", s.Accession)
	case len(s.Filers) == 0:
		return fmt.Errorf("submission %s: no filer", s.Accession)
	}
	for _, f := range s.Filers {
		if f.CIK.IsZero() {
			return fmt.Errorf("submission %s: filer %q without CIK", s.Accession, f.Name)
		}
	}
	return nil
}

// implied returns when the submission became public, as its header implies.
func (e *entry) implied() time.Time {
	t := e.Filed.Midnight()
	if !e.Accepted.IsZero() {
		if edgar.DateOf(e.Accepted).Before(e.Filed) {
			t = t.Add(6 * time.Hour)
		} else {
			t = e.Accepted
		}
	}
	if d := e.head.disseminated; !d.IsZero() && e.Filed.Before(d) && t.Before(d.Midnight()) {
		t = d.Midnight()
	}
	return t
}

// stamp returns the moment shown as acceptance: midnight of the filing date
// when the header states none, as EDGAR's own pages do.
func (e *entry) stamp() time.Time {
	if e.Accepted.IsZero() {
		return e.Filed.Midnight()
	}
	return e.Accepted.In(edgar.Eastern())
}

// filer returns the entity with the given CIK.
func (e *entry) filer(c edgar.CIK) (Filer, bool) {
	for _, f := range e.Filers {
		if f.CIK == c {
			return f, true
		}
	}
	return Filer{}, false
}

var errNoHeader = errors.New("no submission header")

// readHead reads the header and the tags of the first document. It needs the
// submission's bytes up to the line after the first <TEXT>.
func readHead(b []byte) (head, error) {
	var h head
	text := string(b[:headEnd(b)])
	start, end, tags := headerSpan(text)
	if start < 0 {
		return h, errNoHeader
	}
	if tags {
		h.tree = parseTags(text[start:end])
	} else {
		h.tree = parseTabs(text[start:end])
	}
	for _, mark := range []string{"<SEC-DOCUMENT>", "<IMS-DOCUMENT>"} {
		if _, rest, ok := strings.Cut(text, mark); ok {
			line, _, _ := strings.Cut(rest, "\n")
			if _, day, ok := strings.Cut(line, " : "); ok {
				h.disseminated, _ = edgar.ParseDate(strings.TrimSpace(day))
			}
		}
	}
	h.readDocument(text[end:])
	return h, nil
}

// readDocument reads the tags of the first document.
func (h *head) readDocument(text string) {
	_, doc, _ := strings.Cut(text, "<DOCUMENT>")
	tags, body, _ := strings.Cut(doc, "<TEXT>")
	for line := range strings.Lines(tags) {
		if v, ok := strings.CutPrefix(line, "<FILENAME>"); ok {
			h.primary = strings.TrimSpace(v)
		}
		if v, ok := strings.CutPrefix(line, "<DESCRIPTION>"); ok {
			h.description = strings.TrimSpace(v)
		}
	}
	h.inline = strings.HasPrefix(strings.TrimSpace(body), "<XBRL>")
}

// maxHead bounds how far a header is looked for.
const maxHead = 1 << 20

// headEnd returns how many bytes of b readHead needs: up to the first body.
func headEnd(b []byte) int {
	if i := bytes.Index(b, []byte("\n<TEXT>")); i >= 0 {
		return min(i+64, len(b))
	}
	return min(len(b), maxHead)
}

// headerSpan finds the header's lines, without its own tags, and tells the tag
// dialect from the tab dialect.
func headerSpan(s string) (start, end int, tags bool) {
	for _, name := range []string{"SEC-HEADER", "IMS-HEADER"} {
		i, j := strings.Index(s, "<"+name+">"), strings.Index(s, "</"+name+">")
		if i < 0 || j < i {
			continue
		}
		if nl := strings.IndexByte(s[i:j], '\n'); nl >= 0 {
			return i + nl + 1, j, strings.Contains(s[i:j], "<ACCESSION-NUMBER>")
		}
	}
	if i := strings.Index(s, "<SUBMISSION>"); i >= 0 {
		i += len("<SUBMISSION>")
		if j := strings.Index(s[i:], "<DOCUMENT>"); j >= 0 {
			return i, i + j, true
		}
	}
	return -1, -1, false
}

package crawl

import (
	"bytes"
	"fmt"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	headKept = 64 << 10 // enough for the header's first lines, whatever comes before
	tailKept = 256
)

// ends is a writer that keeps the first and the last bytes of what it is given.
type ends struct {
	head, tail []byte
	size       int64
}

func (e *ends) Write(p []byte) (int, error) {
	e.size += int64(len(p))
	if room := headKept - len(e.head); room > 0 {
		e.head = append(e.head, p[:min(room, len(p))]...)
	}
	if len(p) >= tailKept {
		e.tail = append(e.tail[:0], p[len(p)-tailKept:]...)
		return len(p), nil
	}
	e.tail = append(e.tail, p...)
	if over := len(e.tail) - tailKept; over > 0 {
		e.tail = e.tail[:copy(e.tail, e.tail[over:])]
	}
	return len(p), nil
}

// A fault says why a submission could not be had.
type fault struct {
	kind   faultKind
	reason string
}

// faultKind decides what a fault leads to.
type faultKind int

const (
	transient faultKind = iota // network or server: tried again for as long as it takes
	lag                        // listed lately and not there yet: likewise
	content                    // whole answers that are not the submission: tried maxAttempts times
	gone                       // not there and not new: given up, unless it looks like a block
	final                      // the same tomorrow: given up
	damaged                    // the archived copy cannot be read: said, and the entry left as it is
)

// check compares what came with what was asked for: a whole submission, with the
// entry's accession number, of the entry's form.
func (e *ends) check(want index.Entry) *fault {
	if e.size == 0 {
		return &fault{content, "empty body"}
	}
	if isHTML(e.head) {
		return &fault{content, "an html page instead of a submission"}
	}
	s, err := parse.ParseSubmission(e.head)
	if err != nil {
		return &fault{content, fmt.Sprintf("not a submission: %v", err)}
	}
	if !e.complete() {
		return &fault{content, fmt.Sprintf("cut off: no end mark after %d bytes", e.size)}
	}
	if got := s.Header.Accession; !got.IsZero() && got != want.Accession {
		return &fault{content, fmt.Sprintf("holds submission %s", got)}
	}
	if got := formOf(s); !sameKind(got, want.Form) {
		return &fault{final, fmt.Sprintf("form %s, listed as %s", got, want.Form)}
	}
	return nil
}

// complete reports whether the last line is the end mark that the first line
// promises.
func (e *ends) complete() bool {
	tail := bytes.TrimRight(e.tail, " \t\r\n\x1a")
	last := tail[bytes.LastIndexAny(tail, "\r\n")+1:]
	switch string(last) {
	case "-----END PRIVACY-ENHANCED MESSAGE-----":
		return true
	case "</SEC-DOCUMENT>", "</IMS-DOCUMENT>", "</SUBMISSION>":
		return !bytes.HasPrefix(e.head, []byte("-----BEGIN PRIVACY-ENHANCED MESSAGE"))
	case "</DOCUMENT>":
		return bytes.HasPrefix(bytes.TrimLeft(e.head, " \t\r\n"), []byte("<DOCUMENT>")) // of 1995, without header
	}
	return false
}

func formOf(s *parse.Submission) edgar.Form {
	if s.Header.Form.IsZero() && len(s.Documents) > 0 {
		if f, err := edgar.ParseForm(s.Documents[0].Type); err == nil {
			return f
		}
	}
	return s.Header.Form
}

// sameKind holds for equal forms, between current reports, and between all
// others: SEC corrects one into the other, and the listing follows on Saturday.
func sameKind(a, b edgar.Form) bool { return a == b || a.IsCurrentReport() == b.IsCurrentReport() }

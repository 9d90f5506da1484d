package parse

import "io"

// EightK reads the 8-K in s. For a form that is no 8-K it returns header and
// documents alone: no items, no cover, no signatures.
func EightK(s *Submission) *Filing { return nil }

// ReadFiling reads a submission, or a bare 8-K document without one, from r.
func ReadFiling(r io.Reader) (*Filing, error) { return nil, nil }

// Text returns the readable text of a text or html document.
func (d *Document) Text() (string, error) { return "", nil }

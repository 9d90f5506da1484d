package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"unicode/utf8"

	"example.com/edgard/parse"
)

// How much of a submission its page shows: so much of the stretch, and so much around.
const (
	maxStretch    = 128 << 10
	maxAround     = 4 << 10
	linesAround   = 8
	defaultLength = 16 << 10
)

// sourceView is a stretch of a submission's bytes with the lines around it.
type sourceView struct {
	Filing *parse.Filing
	Row    row
	What   string // whose place it is, "" when it is nobody's

	Before, Stretch, After string
	From, To               int64 // the stretch, as shown
	Whole                  int64 // bytes of the submission as it is kept
	Wanted                 int64 // where the stretch ends, which may be beyond what is shown
	Prev, Next             string
	Query                  string
	SEC                    string
}

// source shows where in the submission something stands.
func (s *Server) source(w http.ResponseWriter, r *http.Request) error {
	asked, err := versionOf(r)
	if err != nil {
		return err
	}
	from, err := number(r, "from", 0)
	if err != nil {
		return err
	}
	length, err := number(r, "length", defaultLength)
	if err != nil {
		return err
	}
	f, err := s.recorded(asked)
	if err != nil {
		return err
	}
	v := sourceView{Filing: f, Row: rowOf(f), From: from, Wanted: from + length, What: standsAt(f, from, length), SEC: f.URL}
	if asked.revision > 0 {
		v.Query = "&revision=" + strconv.Itoa(asked.revision)
	}
	if err := s.readSource(&v, length); err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "source", v)
}

// number reads a number of bytes out of a URL.
func number(r *http.Request, name string, otherwise int64) (int64, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return 0, badRequest(name + ": want a number of bytes")
	}
	return n, nil
}

// readSource reads the stretch and what stands around it.
func (s *Server) readSource(v *sourceView, length int64) (err error) {
	r, info, err := s.Archive.Open(v.Filing.Accession, v.Filing.Revision)
	if err != nil {
		return unreadable(err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if v.Whole = info.Size; v.From >= v.Whole && v.Whole > 0 {
		return notFound(fmt.Sprintf("the submission ends at byte %s", count(int(v.Whole))))
	}
	begin := max(0, v.From-maxAround)
	if _, err := io.CopyN(io.Discard, r, begin); err != nil {
		return unreadable(err)
	}
	shown := min(length, maxStretch)
	data, err := io.ReadAll(io.LimitReader(r, v.From-begin+shown+maxAround))
	if err != nil {
		return unreadable(err)
	}
	v.cut(data, int(v.From-begin), int(shown), begin > 0)
	return nil
}

// cut divides what was read: lead bytes before the stretch, of which whole lines are
// shown, the stretch, and the lines after it.
func (v *sourceView) cut(data []byte, lead, shown int, clipped bool) {
	end := min(len(data), lead+shown)
	v.Before = source(lastLines(data[:lead], clipped))
	v.Stretch = source(data[lead:end])
	v.After = source(firstLines(data[end:]))
	v.To = v.From + int64(end-lead)
	v.Wanted = min(v.Wanted, v.Whole)
	if v.To < v.Whole {
		v.Next = v.link(v.To, defaultLength)
	}
	if v.From > 0 {
		before := max(0, v.From-defaultLength)
		v.Prev = v.link(before, v.From-before)
	}
}

func (v *sourceView) link(from, length int64) string {
	return fmt.Sprintf("/filings/%s/source?from=%d&length=%d%s", v.Filing.Accession, from, length, v.Query)
}

// source is bytes as text: html escapes it, and what cannot be seen is shown as such.
// Characters that the stretch cuts in two are left out.
func source(b []byte) string {
	if inner := wholeRunes(b); utf8.Valid(inner) {
		b = inner
	}
	text := []rune(parse.Decode(b))
	for i, r := range text {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			text[i] = '\u2400' + r // the picture of a control character
		}
	}
	return string(text)
}

// wholeRunes is b without the rest of a character at its beginning and the start of
// one at its end.
func wholeRunes(b []byte) []byte {
	for i := 0; i < utf8.UTFMax-1 && len(b) > 0 && !utf8.RuneStart(b[0]); i++ {
		b = b[1:]
	}
	for i := 1; i <= min(utf8.UTFMax, len(b)); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// lastLines returns the last lines of what stands before; clipped says that its first
// line is not whole.
func lastLines(b []byte, clipped bool) []byte {
	at := len(b)
	for range linesAround + 1 {
		i := bytes.LastIndexByte(b[:at], '\n')
		if i < 0 {
			if clipped && at < len(b) {
				return b[at+1:]
			}
			return b
		}
		at = i
	}
	return b[at+1:]
}

func firstLines(b []byte) []byte {
	at := 0
	for range linesAround {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return b
		}
		at += i + 1
	}
	return b[:at]
}

// standsAt names what stands at a place: an item or a document.
func standsAt(f *parse.Filing, from, length int64) string {
	for _, it := range f.Items {
		if it.Length > 0 && it.Offset == from && it.Length == length {
			return "item " + it.Number
		}
	}
	for i, d := range f.Documents {
		if d.Offset == from && d.Length == length {
			return joined(" ", "document "+strconv.Itoa(i+1)+":", d.Type, d.Filename)
		}
	}
	return ""
}

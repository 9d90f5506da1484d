package index

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/edgard/edgar"
)

// Bounds on what comes from outside.
const (
	maxName   = 200 // bytes of an entry's name
	maxReason = 300 // bytes of an entry's reason
	maxCIKs   = 100_000
)

const (
	entryVersion = 1
	entryCut     = 0x80 // beside the state's code
)

// errMalformed is of a value that is damaged or of an older encoding.
var errMalformed = fmt.Errorf("malformed value: %w", ErrDamaged)

// encodeEntry writes the version byte, the state's code with entryCut, and then, as unsigned
// varints and length-prefixed strings: filed, seen, attempts, next, reason, form,
// name, CIKs. What Status needs comes first.
func encodeEntry(e *Entry) []byte {
	b := make([]byte, 0, 40+len(e.Reason)+len(e.Name)+5*len(e.CIKs))
	code := byte(slices.Index(States(), e.State))
	if e.Cut {
		code |= entryCut
	}
	b = append(b, entryVersion, code)
	b = binary.AppendUvarint(b, uint64(dateNumber(e.Filed)))
	b = binary.AppendUvarint(b, uint64(seconds(e.Seen)))
	b = binary.AppendUvarint(b, uint64(e.Attempts))
	b = binary.AppendUvarint(b, uint64(seconds(e.Next)))
	b = appendString(b, e.Reason)
	b = appendString(b, e.Form.String())
	b = appendString(b, e.Name)
	b = binary.AppendUvarint(b, uint64(len(e.CIKs)))
	for _, c := range e.CIKs {
		b = binary.AppendUvarint(b, uint64(c.Int()))
	}
	return b
}

func decodeEntry(a edgar.Accession, b []byte) (Entry, error) {
	r := reader{b: b}
	e := r.entryHead()
	e.Accession = a
	form := r.string()
	e.Name = r.string()
	n := r.uvarint()
	if n > maxCIKs || n > uint64(len(r.b)) {
		r.fail()
		n = 0
	}
	if n > 0 {
		e.CIKs = make([]edgar.CIK, 0, n)
	}
	for range n {
		c, err := edgar.CIKFromInt(int64(r.uvarint()))
		if err != nil {
			r.fail()
		}
		e.CIKs = append(e.CIKs, c)
	}
	if err := e.Form.UnmarshalText([]byte(form)); err != nil || len(r.b) > 0 {
		r.fail()
	}
	if r.bad {
		return Entry{}, fmt.Errorf("entry %s: %w", a, errMalformed)
	}
	return e, nil
}

// entryHead reads what stands before the form.
func (r *reader) entryHead() (e Entry) {
	version, code := r.byte(), r.byte()
	e.Cut, code = code&entryCut != 0, code&^entryCut
	states := States()
	if version != entryVersion || int(code) >= len(states) {
		r.fail()
		return e
	}
	e.State = states[code]
	filed, err := dateFromNumber(r.uvarint())
	if err != nil {
		r.fail()
	}
	e.Filed = filed
	e.Seen = fromSeconds(r.seconds())
	e.Attempts = int(min(r.uvarint(), 1<<30))
	e.Next = fromSeconds(r.seconds())
	e.Reason = r.string()
	return e
}

// reader takes a value apart from the front. After a mistake it is bad and
// returns zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) fail() { r.b, r.bad = nil, true }

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) seconds() uint64 {
	n := r.uvarint()
	if n > 1<<38 {
		r.fail()
		return 0
	}
	return n
}

// bytes returns what is length-prefixed, where it stands.
func (r *reader) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) string() string { return string(r.bytes()) }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// clip cuts s to at most n bytes, at a character. What is no UTF-8 it replaces, as
// the journal does.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar))
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

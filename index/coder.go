package index

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.com/edgard/edgar"
)

// coder takes a filing apart into numbers and text, or puts it together again; the
// description of its fields is the same for both. A struct is a bit for each field
// that is not zero, the first field's the lowest, as one uvarint, and after it what
// the bits do not say of those fields. Fields that come to be are described at the
// end of their struct: values without them stay readable.
type coder struct {
	numbers []byte // bits, numbers as varints, hashes
	text    []byte // when writing: strings, each ended by a zero byte
	rest    string // when reading: of the text

	reading   bool
	measuring bool // writing, only the bits as yet
	bits      uint64
	next      int // field
	bad       bool

	day int64 // from which other days and times are counted
}

// fields codes a struct by its description, which runs twice when writing.
func (c *coder) fields(describe func()) {
	bits, next := c.bits, c.next
	c.bits, c.next = 0, 0
	if c.reading {
		c.bits = c.uvarint()
	} else {
		c.measuring = true
		describe()
		c.measuring, c.next = false, 0
		c.numbers = binary.AppendUvarint(c.numbers, c.bits)
	}
	describe()
	if c.reading && c.bits>>c.next != 0 {
		c.fail() // fields that a later program described
	}
	c.bits, c.next = bits, next
}

func (c *coder) fail() { c.bad, c.numbers, c.rest = true, nil, "" }

// has codes the bit of the next field, and reports whether its value is next.
func (c *coder) has(there bool) bool {
	bit := uint64(1) << c.next
	c.next++
	if !c.measuring {
		return c.bits&bit != 0
	}
	if there {
		c.bits |= bit
	}
	return false
}

func (c *coder) uvarint() uint64 {
	n, size := binary.Uvarint(c.numbers)
	if size <= 0 {
		c.fail()
		return 0
	}
	c.numbers = c.numbers[size:]
	return n
}

// number codes n by how far it is from what is expected.
func (c *coder) number(n *int64, expected int64) {
	if c.reading {
		u := c.uvarint()
		*n = int64(u>>1) ^ -int64(u&1) + expected
		return
	}
	c.numbers = binary.AppendVarint(c.numbers, *n-expected)
}

func (c *coder) int64(n *int64, expected int64) {
	if c.has(*n != 0) {
		c.number(n, expected)
	}
}

func (c *coder) int(n *int) {
	if c.has(*n != 0) {
		x := int64(*n)
		c.number(&x, 0)
		c.set(n, x)
	}
}

// set gives n what was read. Who writes leaves a filing alone, which others may be
// reading.
func (c *coder) set(n *int, x int64) {
	if c.reading {
		*n = int(x)
	}
}

// near codes a number that is most often the one expected.
func (c *coder) near(n *int, expected int) {
	x := int64(*n)
	if c.has(*n != expected) {
		c.number(&x, int64(expected))
		c.set(n, x)
	} else if c.reading {
		*n = expected
	}
}

func (c *coder) bool(b *bool) {
	if c.has(*b) && c.reading {
		*b = true
	}
}

// maybe codes a bool that may be nil in two bits.
func (c *coder) maybe(b **bool) {
	there, yes := c.has(*b != nil), c.has(*b != nil && **b)
	if there && c.reading {
		*b = &yes
	}
}

// length codes how many elements there are; left is how many bytes they can be of.
func (c *coder) length(n, left int) int {
	if !c.reading {
		c.numbers = binary.AppendUvarint(c.numbers, uint64(n))
		return n
	}
	m := c.uvarint()
	if m > uint64(left) {
		c.fail()
		return 0
	}
	return int(m)
}

func (c *coder) string(s *string) {
	if c.has(*s != "") {
		c.chars(s)
	}
}

// like codes a string that is most often the one expected.
func (c *coder) like(s *string, expected string) {
	same := c.has(*s != "" && *s == expected)
	if c.has(*s != "" && *s != expected) {
		c.chars(s)
	} else if same && c.reading {
		*s = expected
	}
}

// chars codes text. In it \x01 and \x02 stand for a zero byte and \x01 for itself.
func (c *coder) chars(s *string) {
	if !c.reading {
		c.text = append(append(c.text, escaped(*s)...), 0)
		return
	}
	x, rest, ok := strings.Cut(c.rest, "\x00")
	if !ok {
		c.fail()
		return
	}
	*s, c.rest = unescaped(x), rest
}

// escaped returns s as UTF-8, which is what JSON would make of it, without zero
// bytes.
func escaped(s string) string {
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar))
	if strings.ContainsAny(s, "\x00\x01") {
		s = strings.NewReplacer("\x00", "\x01\x02", "\x01", "\x01\x01").Replace(s)
	}
	return s
}

func unescaped(s string) string {
	if strings.Contains(s, "\x01") {
		s = strings.NewReplacer("\x01\x02", "\x00", "\x01\x01", "\x01").Replace(s)
	}
	return s
}

func (c *coder) strings(ss *[]string) {
	if !c.has(len(*ss) > 0) {
		return
	}
	n := c.length(len(*ss), len(c.rest))
	if c.reading {
		*ss = make([]string, n)
	}
	for i := range *ss {
		c.chars(&(*ss)[i])
	}
}

// word codes a string that is most often one of a few: its place among them from 1,
// or 0 and text.
func word[S ~string](c *coder, s *S, common []string) {
	if !c.has(*s != "") {
		return
	}
	x := string(*s)
	if !c.reading {
		i := slices.Index(common, x) + 1
		c.numbers = binary.AppendUvarint(c.numbers, uint64(i))
		if i == 0 {
			c.chars(&x)
		}
		return
	}
	switch i := c.uvarint(); {
	case i > uint64(len(common)):
		c.fail()
	case i > 0:
		*s = S(common[i-1])
	default:
		c.chars(&x)
		*s = S(x)
	}
}

// date codes a day by how far it is from c.day.
func (c *coder) date(d *edgar.Date) {
	if !c.has(!d.IsZero()) {
		return
	}
	n := dayCount(*d)
	c.number(&n, c.day)
	if c.reading {
		*d = c.dateOf(n)
	}
}

const secondsADay = 24 * 60 * 60

// dayCount counts days from 1970.
func dayCount(d edgar.Date) int64 {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() / secondsADay
}

func (c *coder) dateOf(n int64) edgar.Date {
	if n < -1e6 || n > 1e7 {
		c.fail()
		return edgar.Date{}
	}
	d, err := edgar.NewDate(time.Unix(n*secondsADay, 0).UTC().Date())
	if err != nil {
		c.fail()
	}
	return d
}

// The zones in which times are.
const (
	zoneUTC = iota
	zoneEastern
	zoneOther // followed by seconds east of UTC
)

// time codes an instant and its zone by how far it is from another, in seconds; its
// nanoseconds are a field of their own.
func (c *coder) time(t *time.Time, from int64) {
	there, nanos := c.has(!t.IsZero()), c.has(t.Nanosecond() != 0)
	if !there {
		return
	}
	n, zone, east := t.Unix(), zoneOf(*t), int64(0)
	c.number(&n, from)
	c.number(&zone, 0)
	if zone == zoneOther {
		_, offset := t.Zone()
		east = int64(offset)
		c.number(&east, 0)
	}
	sub := int64(t.Nanosecond())
	if nanos {
		c.number(&sub, 0)
	}
	if c.reading {
		*t = inZone(time.Unix(n, sub), zone, east)
	}
}

func zoneOf(t time.Time) int64 {
	_, is := t.Zone()
	switch _, eastern := t.In(edgar.Eastern()).Zone(); is {
	case 0:
		return zoneUTC
	case eastern:
		return zoneEastern
	}
	return zoneOther
}

func inZone(t time.Time, zone, east int64) time.Time {
	switch zone {
	case zoneUTC:
		return t.UTC()
	case zoneEastern:
		return t.In(edgar.Eastern())
	}
	return t.In(time.FixedZone("", int(east)))
}

// hash codes a hash in hexadecimal digits as bytes, anything else as text.
func (c *coder) hash(s *string) {
	b, err := hex.DecodeString(*s)
	plain := err == nil && len(b) == 32 && hex.EncodeToString(b) == *s
	if c.has(plain) {
		if c.reading {
			if b = c.bytes(32); !c.bad {
				*s = hex.EncodeToString(b)
			}
		} else {
			c.numbers = append(c.numbers, b...)
		}
	}
	if c.has(!plain && *s != "") {
		c.chars(s)
	}
}

func (c *coder) bytes(n int) []byte {
	if len(c.numbers) < n {
		c.fail()
		return nil
	}
	b := c.numbers[:n]
	c.numbers = c.numbers[n:]
	return b
}

func (c *coder) cik(x *edgar.CIK) {
	if !c.has(!x.IsZero()) {
		return
	}
	n := x.Int()
	c.number(&n, 0)
	if c.reading {
		var err error
		if *x, err = edgar.CIKFromInt(n); err != nil {
			c.fail()
		}
	}
}

// each codes a list of structs. A list that is empty and not nil is one of none.
func each[T any](c *coder, xs *[]T, describe func(i int, x *T)) {
	if !c.has(*xs != nil) {
		return
	}
	n := c.length(len(*xs), len(c.numbers))
	if c.reading {
		*xs = make([]T, n)
	}
	for i := range *xs {
		c.fields(func() { describe(i, &(*xs)[i]) })
	}
}

// optional codes a struct that may be nil.
func optional[T any](c *coder, x **T, describe func(x *T)) {
	if !c.has(*x != nil) {
		return
	}
	if c.reading {
		*x = new(T)
	}
	c.fields(func() { describe(*x) })
}

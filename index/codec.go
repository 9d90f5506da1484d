package index

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/klauspost/compress/zstd"
)

// filingVersion is the first byte of a filing's value, and names the dictionary in
// its frame. Values of version 1, of schema 1, can be read.
const filingVersion = 2

// codec turns filings into values and back. A value is
//
//	the version byte
//	names    the filers' names in small letters, a line each, so that they can be
//	         searched without decoding; length-prefixed
//	numbers  what the coder makes of the filing that is not text; length-prefixed
//	text     the rest, one zstd frame without its first four bytes
//	sum      CRC-32C of all that, four bytes
type codec struct {
	enc     *zstd.Encoder
	dec     *zstd.Decoder
	scratch sync.Pool // of *[]byte: a frame and behind it its text, while a value is decoded
}

// frameMagic is what every zstd frame begins with.
const frameMagic = "\x28\xb5\x2f\xfd"

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithSingleSegment(true), zstd.WithEncoderCRC(false), zstd.WithZeroFrames(true),
		zstd.WithWindowSize(1<<18), zstd.WithEncoderDict(dictionary())) // of the window's size is the buffer of an encoder
	if err != nil {
		return nil, fmt.Errorf("making the filing encoder: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxFiling), zstd.WithDecoderDicts(dictionary()),
		zstd.WithDecoderDictRaw(1, firstDictionary()))
	if err != nil {
		return nil, fmt.Errorf("making the filing decoder: %w", err)
	}
	return &codec{enc: enc, dec: dec, scratch: sync.Pool{New: func() any { return new([]byte) }}}, nil
}

func (c *codec) close() {
	c.enc.Close()
	c.dec.Close()
}

// encode returns the value of f, or an *UnfitError.
func (c *codec) encode(f *parse.Filing) ([]byte, error) {
	for _, t := range []time.Time{f.Accepted, f.Seen, f.Recorded} {
		if y := t.Year(); y < 0 || y > 9999 {
			return nil, &UnfitError{f.Accession, fmt.Sprintf("time %v: year outside of range", t)}
		}
	}
	x := coder{numbers: make([]byte, 0, 512), text: make([]byte, 0, 4096)}
	g := withoutText(f)
	x.fields(func() { x.filing(g) })
	if size := len(x.numbers) + len(x.text); size > maxFiling {
		return nil, &UnfitError{f.Accession, fmt.Sprintf("it takes %d bytes without text: at most %d", size, maxFiling)}
	}
	names := foldedNames(f)
	v := make([]byte, 0, 32+len(names)+len(x.numbers)+len(x.text)/2)
	v = appendString(append(v, filingVersion), names)
	v = append(binary.AppendUvarint(v, uint64(len(x.numbers))), x.numbers...)
	head := len(v)
	v = c.enc.EncodeAll(x.text, v)
	v = slices.Delete(v, head, head+len(frameMagic))
	return binary.LittleEndian.AppendUint32(v, crc32.Checksum(v, castagnoli())), nil
}

// decode reads a value of any version.
func (c *codec) decode(v []byte) (*parse.Filing, error) {
	_, rest, err := splitFiling(v)
	if err != nil {
		return nil, err
	}
	if v[0] == 1 {
		return c.decodeFirst(rest)
	}
	body := len(v) - crc32.Size
	if len(rest) < crc32.Size || crc32.Checksum(v[:body], castagnoli()) != binary.LittleEndian.Uint32(v[body:]) {
		return nil, fmt.Errorf("filing value: its sum is wrong: %w", errMalformed)
	}
	r := reader{b: rest[:len(rest)-crc32.Size]}
	x := coder{reading: true, numbers: r.bytes()}
	if r.bad {
		return nil, fmt.Errorf("filing value: %w", errMalformed)
	}
	if x.rest, err = c.unpack(r.b); err != nil {
		return nil, fmt.Errorf("filing value: %w: %w", errMalformed, err)
	}
	f := new(parse.Filing)
	x.fields(func() { x.filing(f) })
	if x.bad || len(x.numbers) > 0 || x.rest != "" {
		return nil, fmt.Errorf("filing value: its fields: %w", errMalformed)
	}
	return f, nil
}

// unpack returns what a frame without its first four bytes holds.
func (c *codec) unpack(frame []byte) (string, error) {
	b := c.scratch.Get().(*[]byte)
	defer c.scratch.Put(b)
	packed := append(append((*b)[:0], frameMagic...), frame...)
	all, err := c.dec.DecodeAll(packed, packed)
	if *b = packed; err != nil {
		return "", err
	}
	*b = all
	return string(all[len(packed):]), nil
}

// fewValues are decoded sooner than goroutines are begun.
const fewValues = 8

// decodeAll returns what decode makes of the first n values, on all cores.
//
//	1 call ⇒ N parts ⇒ 1 result
func decodeAll(n int, decode func(i int) (*parse.Filing, error)) ([]*parse.Filing, error) {
	fs := make([]*parse.Filing, n)
	part := func(first, end int) (err error) {
		for i := first; i < end && err == nil; i++ {
			fs[i], err = decode(i)
		}
		return err
	}
	size := max((n+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), fewValues)
	faults, parts := make(chan error, n/size+1), 0
	for first := size; first < n; first += size {
		parts++
		go func() { faults <- part(first, min(first+size, n)) }()
	}
	err := part(0, min(size, n))
	for range parts {
		err = cmp.Or(err, <-faults)
	}
	if err != nil {
		return nil, err
	}
	return fs, nil
}

// decodeFirst reads the frame of a value of version 1, the filing's JSON.
func (c *codec) decodeFirst(frame []byte) (*parse.Filing, error) {
	b, err := c.dec.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("filing value: %w: %w", errMalformed, err)
	}
	f, err := UnmarshalFiling(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformed, err)
	}
	return f, nil
}

// splitFiling returns the folded names in v and what is after them.
func splitFiling(v []byte) (names string, rest []byte, err error) {
	r := reader{b: v}
	version := r.byte()
	names = r.string()
	if r.bad || version == 0 || version > filingVersion {
		return "", nil, fmt.Errorf("filing value: %w", errMalformed)
	}
	return names, r.b, nil
}

// foldedNames returns the filers' names in small letters, a line each.
func foldedNames(f *parse.Filing) string {
	var names []string
	for _, x := range f.Filers {
		names = append(names, strings.ReplaceAll(strings.ToLower(x.Name), "\n", " "))
	}
	return strings.Join(names, "\n")
}

// inEastern gives t the zone it was written in.
func inEastern(t time.Time) time.Time {
	e := t.In(edgar.Eastern())
	_, was := t.Zone()
	if _, is := e.Zone(); was == is && !t.IsZero() {
		return e
	}
	return t
}

// withoutText returns f with a snippet of each item in place of its text, and
// without what it amends, which is found out when it is read.
func withoutText(f *parse.Filing) *parse.Filing {
	g := *f
	g.Amends = nil
	g.Items = slices.Clone(f.Items)
	for i := range g.Items {
		if it := &g.Items[i]; it.Text != "" {
			it.Text, it.Snippet = "", snippet(it.Text)
		}
	}
	return &g
}

package index

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/klauspost/compress/zstd"
)

const filingVersion = 1

// codec turns filings into values and back. A value is the version byte, the
// filers' names in small letters as one length-prefixed string, so that they can
// be searched without decoding, and the filing's JSON in one zstd frame, made with
// the dictionary of that version and ended by a checksum.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithSingleSegment(true), zstd.WithEncoderDictRaw(filingVersion, dictionary()))
	if err != nil {
		return nil, fmt.Errorf("making the filing encoder: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxFiling), zstd.WithDecoderDictRaw(filingVersion, dictionary()))
	if err != nil {
		return nil, fmt.Errorf("making the filing decoder: %w", err)
	}
	return &codec{enc, dec}, nil
}

func (c *codec) close() {
	c.enc.Close()
	c.dec.Close()
}

// encode returns the value of f, or an *UnfitError.
func (c *codec) encode(f *parse.Filing) ([]byte, error) {
	b, err := json.Marshal(withoutText(f))
	if err != nil {
		return nil, &UnfitError{f.Accession, err.Error()}
	}
	if len(b) > maxFiling {
		return nil, &UnfitError{f.Accession, fmt.Sprintf("it takes %d bytes without text: at most %d", len(b), maxFiling)}
	}
	return c.enc.EncodeAll(b, appendString([]byte{filingVersion}, foldedNames(f))), nil
}

func (c *codec) decode(v []byte) (*parse.Filing, error) {
	_, frame, err := splitFiling(v)
	if err != nil {
		return nil, err
	}
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

// splitFiling returns the folded names in v and the frame after them.
func splitFiling(v []byte) (names string, frame []byte, err error) {
	r := reader{b: v}
	version := r.byte()
	names = r.string()
	if r.bad || version != filingVersion {
		return "", nil, fmt.Errorf("filing value: %w", errMalformed)
	}
	return names, r.b, nil
}

// foldedNames returns the filers' names in small letters, a line each.
func foldedNames(f *parse.Filing) string {
	var names []string
	for _, x := range f.Filers {
		names = append(names, strings.ToLower(x.Name))
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

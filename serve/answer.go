package serve

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"example.com/edgard/harmless"
)

// An answer is what a request is answered with, whole before a byte of it goes out. It
// is not changed after it was made: many may be sent the same.
type answer struct {
	media  string // its Content-Type
	body   []byte
	coding string // how the body is packed: "gzip", "zstd" or ""
	tag    string // ETag of the body as it is when unpacked
	next   string // URL of the page after, "" for none
	policy string // its Content-Security-Policy, "" for that of every page
	name   string // of the file as which it is to be kept, "" when it is to be shown
}

// newAnswer makes an answer. Its tag tells bodies apart and protects nothing.
func newAnswer(media string, body []byte) *answer {
	return &answer{media: media, body: body, tag: strconv.Quote(strconv.FormatUint(xxhash.Sum64(body), 36))}
}

const mediaJSON = "application/json"

// jsonAnswer has v as JSON, in which nothing steers a terminal.
func jsonAnswer(v any) (*answer, error) {
	body, err := harmless.JSON(v)
	if err != nil {
		return nil, err
	}
	return newAnswer(mediaJSON, body), nil
}

// send writes an answer, or says that the asker has it already. Whoever keeps it asks
// before using it again.
func send(w http.ResponseWriter, r *http.Request, a *answer) error {
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", a.tag)
	if a.coding != "" {
		h.Set("Content-Encoding", a.coding)
		h.Set("ETag", "W/"+a.tag)
	}
	if a.next != "" {
		h.Set("Link", "<"+a.next+`>; rel="next"`)
	}
	if a.policy != "" {
		h.Set("Content-Security-Policy", a.policy)
	}
	if a.name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	}
	if hasTag(r, a.tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", a.media)
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	_, _ = w.Write(a.body) // else the reader has gone
	return nil
}

// sendJSON answers with v as JSON.
func sendJSON(w http.ResponseWriter, r *http.Request, v any) error {
	a, err := jsonAnswer(v)
	if err != nil {
		return err
	}
	return send(w, r, a)
}

// hasTag reports whether the asker says it has the answer with that ETag, by weak
// comparison (RFC 9110, section 13.1.2).
func hasTag(r *http.Request, tag string) bool {
	for field := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		field = strings.TrimSpace(field)
		if field == "*" || strings.TrimPrefix(field, "W/") == tag {
			return true
		}
	}
	return false
}

// worthPacking is how long a body is that is packed.
const worthPacking = 1 << 10

// packed returns a as a coding has it, "gzip" or "zstd".
func (a *answer) packed(coding string) (*answer, error) {
	out := *a
	out.coding = coding
	var b bytes.Buffer
	var z io.WriteCloser = gzip.NewWriter(&b)
	if coding == "zstd" {
		var err error
		if z, err = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)); err != nil {
			return nil, err
		}
	}
	_, err := z.Write(a.body)
	err = errors.Join(err, z.Close())
	out.body = b.Bytes()
	return &out, err
}

package edgartest

import (
	"bytes"
	"crypto/md5"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// resource is something that exists under a path.
type resource struct {
	kind     string // Content-Type
	body     []byte
	sum      [md5.Size]byte // of body; zero: no ETag
	modified time.Time      // zero: no Last-Modified
	cache    string         // Cache-Control
	file     bool           // a file of the archive: Accept-Ranges and S3 headers
}

const (
	plainText   = "text/plain"
	html        = "text/html"
	octetStream = "binary/octet-stream"
	jsonType    = "application/json"
	xmlType     = "application/xml"
	atomType    = "application/atom+xml"
)

const uncached = "max-age=0, no-cache, no-store"

// reply turns a resource into the answer to r: not modified, compressed, whole.
// Range is ignored, as sec.gov ignores it for text.
func (res resource) reply(r *http.Request) *reply {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errorReply(http.StatusMethodNotAllowed, html, []byte("<html><title>Method Not Allowed</title></html>\n"))
	}
	rp := &reply{status: http.StatusOK, header: make(http.Header), body: res.body}
	h := rp.header
	h.Set("Content-Type", res.kind)
	encode := res.kind != octetStream && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
	if res.sum != [md5.Size]byte{} {
		tag := fmt.Sprintf("%x", res.sum)
		if encode {
			tag += "-gzip"
		}
		h.Set("ETag", `"`+tag+`"`)
	}
	if !res.modified.IsZero() {
		h.Set("Last-Modified", res.modified.UTC().Format(http.TimeFormat))
	}
	if res.unchanged(r) {
		rp.status, rp.body = http.StatusNotModified, nil
		return rp
	}
	res.describe(h)
	if encode {
		h.Set("Content-Encoding", "gzip")
		rp.body = pack(res.body)
	}
	return rp
}

// pack is gzip that keeps nothing between answers, and so allocates little for each.
func pack(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.StatelessCompression)
	z.Write(body)
	z.Close()
	return b.Bytes()
}

func (res resource) describe(h http.Header) {
	if res.cache != "" {
		h.Set("Cache-Control", res.cache)
	}
	if res.kind != octetStream {
		h.Set("Vary", "Accept-Encoding")
	}
	if res.file {
		h.Set("Accept-Ranges", "bytes")
		h.Set("X-Amz-Version-Id", requestID(fmt.Sprintf("%x", res.sum), 32))
		h.Set("X-Amz-Server-Side-Encryption", "AES256")
	}
	if res.kind == jsonType {
		h.Set("Access-Control-Allow-Origin", "*")
	}
}

// unchanged decides a conditional request. If-None-Match goes before
// If-Modified-Since; the suffix that compression adds to a tag does not count.
func (res resource) unchanged(r *http.Request) bool {
	if tags := r.Header.Get("If-None-Match"); tags != "" && res.sum != [md5.Size]byte{} {
		for tag := range strings.SplitSeq(tags, ",") {
			tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
			if strings.TrimSuffix(tag, "-gzip") == fmt.Sprintf("%x", res.sum) {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !res.modified.IsZero() && !res.modified.Truncate(time.Second).After(since)
}

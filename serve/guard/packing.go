package guard

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// packing reduces Accept-Encoding to the coding that is used, and packs text.
func (c Config) packing(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.ContentTypeFilter(isText))
	if err != nil {
		panic(err) // the options above are right, or every test says so
	}
	packed := wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		plain := w.(interface{ Unwrap() http.ResponseWriter }).Unwrap()
		next.ServeHTTP(&packer{ResponseWriter: w, plain: plain}, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		coding := Coding(r)
		if r.Header.Set("Accept-Encoding", coding); coding == "" {
			r.Header.Del("Accept-Encoding")
		}
		switch {
		case coding != "" && r.Method != http.MethodHead:
			packed(w, r)
			return
		case coding != "":
			w = &headed{ResponseWriter: w, coding: coding}
		}
		w.Header().Add("Vary", "Accept-Encoding")
		next.ServeHTTP(w, r)
	})
}

// Coding returns the content coding in which a request is to be answered: the one it
// prefers of zstd and gzip, zstd if it has no preference, "" for none.
func Coding(r *http.Request) string {
	best, most := "", 0.0
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if q := quality(params); (name == "gzip" || name == "zstd") && (q > most || q == most && q > 0 && name == "zstd") {
			best, most = name, q
		}
	}
	return best
}

// quality reads "q=0.5"; 0 for what it is not.
func quality(params string) float64 {
	name, val, _ := strings.Cut(strings.TrimSpace(params), "=")
	if strings.TrimSpace(name) == "" {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(val), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}

// isText reports whether a media type is worth compressing. A stream of events is not:
// they are to go out one by one.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil || media == "text/event-stream":
		return false
	case strings.HasPrefix(media, "text/"), strings.HasSuffix(media, "+xml"), strings.HasSuffix(media, "+json"):
		return true
	}
	return slices.Contains([]string{"application/json", "application/x-ndjson", "application/xml", "application/javascript"}, media)
}

// headed makes the header of a HEAD that of the same GET. How long a compressed answer
// would be is unknown, and so left out.
type headed struct {
	http.ResponseWriter
	coding string
	begun  bool
	packed bool
}

func (x *headed) WriteHeader(status int) {
	if h := x.Header(); status >= 200 && !x.begun {
		x.begun = true
		length, err := strconv.Atoi(h.Get("Content-Length"))
		if err == nil && length >= gzhttp.DefaultMinSize && h.Get("Content-Encoding") == "" && h.Get("Content-Range") == "" && isText(h.Get("Content-Type")) {
			x.packed = true
			h.Set("Content-Encoding", x.coding)
			h.Del("Content-Length")
			h.Del("Accept-Ranges")
		}
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write keeps net/http from measuring a body that is not the one GET would send.
func (x *headed) Write(b []byte) (int, error) {
	if !x.begun {
		x.WriteHeader(http.StatusOK)
	}
	if x.packed {
		return len(b), nil
	}
	return x.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (x *headed) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// weaken makes the strong ETag of a packed answer weak, since it names more than these
// bytes. A 304 names the ETag as the client has it: a strong one would not freshen what
// was stored with a weak one (RFC 9111, section 4.3.4).
func weaken(h http.Header, status int, known []string) {
	tag := h.Get("ETag")
	if !strings.HasPrefix(tag, `"`) {
		return
	}
	if h.Get("Content-Encoding") != "" || status == http.StatusNotModified && strings.Contains(strings.Join(known, ","), "W/"+tag) {
		h.Set("ETag", "W/"+tag)
	}
}

// packer bypasses the compression of what is not to be compressed, from its first byte
// on: gzhttp would hold back the header of a stream that has sent nothing yet.
type packer struct {
	http.ResponseWriter
	plain   http.ResponseWriter
	decided bool
}

func (p *packer) decide() {
	if p.decided {
		return
	}
	p.decided = true
	if kind := p.Header().Get("Content-Type"); p.Header().Get("Content-Encoding") != "" || kind != "" && !isText(kind) {
		p.ResponseWriter = p.plain
	}
}

func (p *packer) WriteHeader(status int) {
	if status >= 200 {
		p.decide()
	}
	p.ResponseWriter.WriteHeader(status)
}

func (p *packer) Write(b []byte) (int, error) {
	p.decide()
	return p.ResponseWriter.Write(b)
}

// FlushError is for [http.ResponseController].
func (p *packer) FlushError() error {
	p.decide()
	return http.NewResponseController(p.ResponseWriter).Flush()
}

// Flush is FlushError for callers that ignore errors.
func (p *packer) Flush() { _ = p.FlushError() }

// Unwrap is for [http.ResponseController].
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

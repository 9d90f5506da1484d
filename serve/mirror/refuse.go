package mirror

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
)

const xmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

// refuse says that there is nothing under a path in the words of the storage that
// EDGAR's archive lies in, by which its clients know; or that we failed.
func (m *Mirror) refuse(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, errNoKey):
		key := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/"), "Archives/")
		say(w, http.StatusNotFound, "<Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>"+escape(key)+"</Key>"+ids(r.URL.Path))
	case errors.Is(err, errDenied):
		say(w, http.StatusForbidden, "<Code>AccessDenied</Code><Message>Access Denied</Message>"+ids(r.URL.Path))
	case errors.Is(err, errAction):
		say(w, http.StatusServiceUnavailable, "<Code>ServiceUnavailable</Code><Message>Not served here.</Message>"+ids(r.URL.Path))
	default:
		if r.Context().Err() == nil {
			m.Fault(r, err)
		}
		w.Header().Set("Retry-After", "60")
		say(w, http.StatusServiceUnavailable, "<Code>ServiceUnavailable</Code><Message>The file cannot be had at the moment.</Message>"+ids(r.URL.Path))
	}
}

func say(w http.ResponseWriter, status int, inner string) {
	body := xmlHead + "<Error>" + inner + "</Error>"
	h := w.Header()
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

// ids are the two identifiers of a request, always the same for one path.
func ids(path string) string {
	sum := sha256.Sum256([]byte(path))
	return fmt.Sprintf("<RequestId>%X</RequestId><HostId>%X</HostId>", sum[:8], sum[8:])
}

// escape makes text safe in XML and html.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(s, "?")))
}

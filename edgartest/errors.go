package edgartest

import (
	"crypto/md5"
	"fmt"
	"net/http"
	"strings"
)

func errorReply(status int, kind string, body []byte) *reply {
	return &reply{status: status, header: http.Header{"Content-Type": {kind}}, body: body}
}

// accessDenied is what the archive's storage says of a listing, or any other
// path outside edgar/data, that does not exist.
func accessDenied(path string) *reply {
	id := requestID(path, 16)
	rp := errorReply(http.StatusForbidden, xmlType, fmt.Appendf(nil,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>%s</RequestId><HostId>%s</HostId></Error>",
		id, requestID(id, 76)))
	rp.header.Set("Server", "Apache")
	rp.header.Set("X-Amz-Request-Id", id)
	return rp
}

// noSuchKey is what it says of a file below edgar/data, or of a JSON, that does
// not exist.
func noSuchKey(path string) *reply {
	id := requestID(path, 16)
	key := strings.TrimPrefix(strings.TrimPrefix(path, "/"), "Archives/")
	return errorReply(http.StatusNotFound, xmlType, fmt.Appendf(nil,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>%s</Key><RequestId>%s</RequestId><HostId>%s</HostId></Error>",
		escape(key), id, requestID(id, 76)))
}

// The pages below have the titles and marks of the real ones, by which clients
// tell them apart; their sentences are our own.

func throttlePage(status int) *reply {
	return blockPage(status, "Request Rate Threshold Exceeded",
		"Too many requests came from your address in too short a time. It is shut out until it has stayed below the limit of ten requests a second for ten minutes; whatever it sends before that makes the wait longer.")
}

func undeclaredPage() *reply {
	return blockPage(http.StatusForbidden, "Your Request Originates from an Undeclared Automated Tool",
		"This request does not say who is asking. Put a name and an e-mail address into the User-Agent header and try again.")
}

func blockPage(status int, title, text string) *reply {
	return errorReply(status, html, fmt.Appendf(nil, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>SEC.gov | %s</title>
</head>
<body>
<h1>%s</h1>
<p>%s</p>
<p>This page was made by a test server. It stands in for the one that sec.gov sends, keeps its title and its reference line, and is nobody's official statement.</p>
<p>Reference ID: 0.%s.%d</p>
</body>
</html>
`, title, title, text, strings.ToLower(requestID(title, 8)), status))
}

func unavailable() *reply {
	rp := errorReply(http.StatusServiceUnavailable, html, []byte("<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>SEC.gov | File Unavailable</title></head>\n<body><h1>File Unavailable</h1><p>The file cannot be had at the moment. Try again later.</p></body>\n</html>\n"))
	rp.header.Set("Server", "AkamaiNetStorage")
	rp.header.Set("Cache-Control", uncached)
	rp.header.Set("Connection", "close")
	return rp
}

// requestID makes an identifier of n characters, always the same for one seed.
func requestID(seed string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%X", md5.Sum(fmt.Appendf(nil, "%s %d", seed, i)))
	}
	return b.String()[:n]
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes text safe in XML and HTML.
func escape(s string) string { return markup.Replace(s) }

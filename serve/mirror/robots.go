package mirror

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"time"
)

// robots opens to crawlers what EDGAR's opens, and no page made for people.
const robots = `# This server keeps a copy of SEC filings in EDGAR's own layout.
User-agent: *
Allow: /Archives/edgar/data/
Allow: /Archives/edgar/full-index/
Allow: /Archives/edgar/daily-index/
Allow: /submissions/
Allow: /files/
Disallow: /
`

// static is a resource that is all there.
func static(kind string, b []byte) *resource {
	return &resource{kind: kind, etag: digest(b), body: bytes.NewReader(b)}
}

// made is static of something that changed last at some time.
func made(kind string, b []byte, modified time.Time) *resource {
	res := static(kind, b)
	res.modified = modified
	return res
}

// digest is the MD5 of some bytes, which is what EDGAR's tags are.
func digest(b []byte) string {
	sum := md5.Sum(b)
	return hex.EncodeToString(sum[:])
}

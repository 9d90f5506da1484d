// Package guard is what stands between the socket and the handlers of the pages and
// the API: who may ask, how much, how long, and what every answer says to browsers.
//
// # Layers
//
// A request passes them from the top down, its answer from the bottom up:
//
//	Listen     loopback, or a named address and a token; at most so many connections
//	net/http   lines and header fields within 16 KiB, all of them within 10 seconds
//	patience   each 32 KiB of an answer are taken within 10 seconds; access log
//	headers    Content-Security-Policy, nosniff and their like, on every answer
//	bounds     GET, HEAD and OPTIONS; a URL of at most 8 KiB, whose path is plain; no body
//	hosts      the Host header names this server (DNS rebinding)
//	origins    no other site reads through a browser; its links work
//	token      Bearer, or the password of Basic
//	places     at most so many requests at once; others are told to come again
//	packing    gzip or zstd, of text
//	panics     a panic becomes a 500 that says nothing, and a line in the log
//
// Handlers may assume all that, and need not set these headers; one that shows what
// strangers wrote sets a Content-Security-Policy of its own. They are to write an
// answer after they let go of what it was made of: the time that a reader takes is
// then the time of its connection alone.
//
// # Packing
//
// Accept-Encoding reaches the handlers reduced to the one coding in which the answer
// is to be: zstd, gzip or none (see [Coding]). Text of 1 KiB or more is packed on the
// way, unless the handler has set Content-Encoding, and did it. Event streams are left
// alone, and what is flushed goes out at once. A strong ETag is made weak when its
// answer is packed, so If-None-Match is to be compared weakly (as [http.ServeContent]
// does).
//
// # Browsers
//
// Sec-Fetch-Site admits same-origin and none, and of the others only what a click
// does: a navigation to a whole page. A document that is shown in a sandbox has no
// origin, and is another site, unless the sandbox says allow-same-origin; where
// scripts stay forbidden that is harmless, and its pictures and styles load.
package guard

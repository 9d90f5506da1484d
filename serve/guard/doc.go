// Package guard stands between the socket and the handlers of the pages and the API.
// It decides who may ask, how much and for how long, and what every answer tells
// browsers.
//
// # Layers
//
// A request passes them from the top down, its answer from the bottom up:
//
//	Listen     loopback, or a stated address and a token; a bound on connections
//	net/http   lines and header fields within 16 KiB, all of them within 10 seconds
//	patience   each 32 KiB of an answer are taken within 10 seconds; access log
//	headers    Content-Security-Policy, nosniff and their like, on every answer
//	bounds     GET, HEAD and OPTIONS; a URL of at most 8 KiB, whose path is plain; no body
//	hosts      the Host header names this server (DNS rebinding)
//	origins    no other site reads through a browser; its links work
//	token      Bearer, or the password of Basic
//	places     a bound on requests at once; others are told to try again
//	packing    gzip or zstd, of text
//	panics     a panic becomes a 500 that reveals nothing, and a line in the log
//
// Handlers may rely on all of that, and need not set these headers; one that shows what
// strangers wrote sets a Content-Security-Policy of its own. A handler should release
// what an answer is made of before it writes the answer, so that a slow reader holds up
// nothing but its own connection.
//
// # Packing
//
// Accept-Encoding reaches the handlers reduced to the one coding that the answer is to
// have: zstd, gzip or none (see [Coding]). Text of 1 KiB or more is compressed on the
// way, unless the handler did that itself and set Content-Encoding. Event streams are
// left alone, and what is flushed goes out at once. A strong ETag is made weak when its
// answer is compressed, and in the 304 to a client that has it so; If-None-Match is
// therefore to be compared weakly, as [http.ServeContent] does.
//
// # Browsers
//
// Requests with Sec-Fetch-Site same-origin or none are admitted, and of the others only
// what a click on a link causes: the navigation of a whole page. A document shown in a
// sandbox has no origin, and counts as another site, unless the sandbox says
// allow-same-origin; while scripts stay forbidden that is harmless, and its pictures
// and styles load.
package guard

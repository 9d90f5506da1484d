// Package reading makes what filers wrote readable and harmless. Three kinds of text
// come in, and html that is safe to put into a page goes out:
//
//	Text    an item's text, as package parse flattens it: paragraphs, headings,
//	        lists, and tables out of the tabs; with classes and no styles
//	HTML    a document's own html, for a page of its own: its structure, its tables
//	        and its looks stay
//	Plain   a document of the 1990s, as it was typed
//
// # Promises
//
//  1. Nothing that goes out runs, sends, or fetches: no script, no event handler, no
//     form, no frame, no URL but http, https and mailto in links, a place in the same
//     document, and what the caller makes of the names of pictures and documents of
//     the same filing. No style can fetch, either.
//  2. bluemonday has the last word on a document's html, by an allow-list of
//     elements and attributes. What comes before (rewrite.go) makes the document
//     readable; if it were wrong, the allow-list would still hold.
//  3. Limits bound what goes out: MaxText and MaxDocument. A cut is reported.
//
// Fuzzing parses what goes out with another parser and holds it against the first
// promise.
package reading

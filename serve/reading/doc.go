// Package reading makes what filers wrote readable and harmless. Three kinds of text
// come in, and what goes out is html that can stand in a page:
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
//  2. Of a document's html the last word is bluemonday's, by an allow-list of
//     elements and attributes. What comes before (rewrite.go) makes the document
//     readable; were it wrong, the allow-list would still hold.
//  3. Limits bound what goes out: MaxText and MaxDocument. What is cut off is said.
//
// Fuzzing parses what goes out with another parser and holds it against the first
// promise.
package reading

// Package content gives the bytes of a submission's documents as their filers
// wrote them. A submission has them in wrappings, and this takes them off:
//
//	<TEXT>                                   the line end behind it
//	<PDF>…</PDF>, <XBRL>…, <XML>…            the tags that EDGAR puts around
//	begin 644 logo.jpg … end                 the encoding of what is no text
//	- -----                                  the dashes that an envelope stuffs (PEM)
//
// It never touches network or disk, and memory does not grow with a document. An
// encoded document can be 63 times as long as its text, where blanks are left out at
// the ends of lines: who keeps it in memory bounds it.
package content

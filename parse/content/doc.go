// Package content reads the documents of a submission as their filers wrote them.
// A submission has each document in wrappings, which this takes off:
//
//	<TEXT>                                   the line end after it
//	<PDF>…</PDF>, <XBRL>…, <XML>…            the tags that EDGAR adds
//	begin 644 logo.jpg … end                 the encoding of what is not text
//	- -----                                  the dash-stuffing of a PEM envelope
//
// It never touches network or disk, and its memory does not grow with a document. A
// decoded document can be [MaxGrowth] times as long as its encoded text, because
// trailing blanks of a line may be left out: a caller that keeps one in memory must
// bound it.
package content

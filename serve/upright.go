package serve

import "bytes"

// upright takes the marks out of a page, in place, that turn the direction of text
// around: a name that has one makes what stands after it read backwards, a file name
// another ending. Text of scripts that run from right to left needs none. In the place
// of each is a sign that something was there.
func upright(page []byte) []byte {
	for rest := page; ; {
		i := bytes.Index(rest, []byte("\xe2"))
		if i < 0 || len(rest) < i+3 {
			return page
		}
		rest = rest[i:]
		switch r := [2]byte(rest[1:3]); {
		case r[0] == 0x80 && 0xaa <= r[1] && r[1] <= 0xae, // U+202A to U+202E
			r[0] == 0x81 && 0xa6 <= r[1] && r[1] <= 0xa9: // U+2066 to U+2069
			copy(rest, "\ufffd")
		}
		rest = rest[1:]
	}
}

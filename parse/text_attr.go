package parse

import "bytes"

// An attributeReader goes through the attributes of one tag as they stand in the
// body: the tokenizer's own copies every value.
type attributeReader struct{ rest []byte }

// attributesOf returns the attributes of a tag, from its < to its >.
func attributesOf(tag []byte) attributeReader {
	tag = bytes.TrimSuffix(tag, []byte(">"))
	for len(tag) > 0 && !isBlank(tag[0]) {
		tag = tag[1:]
	}
	return attributeReader{tag}
}

// next returns the next attribute. Its value is not unescaped.
func (a *attributeReader) next() (key, value []byte, ok bool) {
	s := a.rest
	for len(s) > 0 && (isBlank(s[0]) || s[0] == '/') {
		s = s[1:]
	}
	if len(s) == 0 {
		return nil, nil, false
	}
	n := 0
	for n < len(s) && s[n] != '=' && !isBlank(s[n]) && (s[n] != '/' || n == 0) {
		n++
	}
	key, s = s[:n], s[n:]
	for len(s) > 0 && isBlank(s[0]) {
		s = s[1:]
	}
	if len(s) == 0 || s[0] != '=' {
		a.rest = s
		return key, nil, n > 0
	}
	s = s[1:]
	for len(s) > 0 && isBlank(s[0]) {
		s = s[1:]
	}
	if len(s) > 0 && (s[0] == '"' || s[0] == '\'') {
		quote := s[0]
		n = bytes.IndexByte(s[1:], quote)
		if n < 0 {
			n = len(s) - 1
		}
		value, a.rest = s[1:1+n], s[min(len(s), n+2):]
		return key, value, true
	}
	n = 0
	for n < len(s) && !isBlank(s[n]) {
		n++
	}
	value, a.rest = s[:n], s[n:]
	return key, value, true
}

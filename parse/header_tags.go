package parse

import (
	"iter"
	"strings"
)

// A tag is one <NAME>value of the tag dialect, or </NAME>. Tags of values are
// never closed.
type tag struct {
	name, value string
	closing     bool
}

// tags yields the tags of a line whose names are. EDGAR writes one a line; some
// copies of a header hold all of them in one.
func tags(line string, are func(name string) bool) iter.Seq[tag] {
	return func(yield func(tag) bool) {
		for {
			i := tagIndex(line, are)
			if i < 0 {
				return
			}
			name, rest, _ := strings.Cut(line[i+1:], ">")
			value := rest
			if j := tagIndex(rest, are); j >= 0 {
				value = rest[:j]
			}
			name, closing := strings.CutPrefix(name, "/")
			if !yield(tag{name, strings.TrimSpace(value), closing}) {
				return
			}
			line = rest[len(value):]
		}
	}
}

// maxTagName is longer than any name of a header tag.
const maxTagName = 64

// tagIndex returns where the first tag of s begins whose name is one, -1 without.
func tagIndex(s string, is func(name string) bool) int {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return -1
		}
		at += i + 1
		name, _, ok := strings.Cut(s[at:min(len(s), at+maxTagName)], ">")
		if ok && is(strings.TrimPrefix(name, "/")) {
			return at - 1
		}
	}
}

// isTagName reports whether s may be the name of a header tag, which are capital
// letters, digits and hyphens: the "<" of a company's name begins none.
func isTagName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != ""
}

// lines yields the lines of s without their ends, whichever of LF, CRLF and CR
// they have, and without those that are blank.
func lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			i := strings.IndexAny(s, "\r\n")
			if i < 0 {
				i = len(s)
			}
			if line := s[:i]; strings.TrimSpace(line) != "" && !yield(line) {
				return
			}
			s = s[min(len(s), i+1):]
		}
	}
}

package parse

import "strings"

// A signer is one person's signature while it is read.
type signer struct {
	companies []string
	signed    string // after the mark: "W.A. Freeman"
	typed     string // below it, or after "Name:": "William A. Freeman"
	title     string
	marked    bool // has "/s/"
}

// name prefers the printed name to the signed one.
func (s *signer) name() string {
	if s.typed != "" {
		return s.typed
	}
	return s.signed
}

// signsFor reports whether text is one of the signer's companies, repeated below
// the name.
func (s *signer) signsFor(text string) bool {
	for _, c := range s.companies {
		if strings.EqualFold(c, trimCompany(text)) {
			return true
		}
	}
	return false
}

// repeats takes a printed name that is printed once more, now with the title
// perhaps.
func (s *signer) repeats(text string) bool {
	if s.typed == "" {
		return false
	}
	name, title, ok := splitLike(text, s.typed)
	if !ok || !isSameName(name, s.typed) {
		return false
	}
	if s.title = title; len(name) > len(s.typed) {
		s.typed = name
	}
	return true
}

// isSameName reports whether two names have words that begin alike: "A. B. Quill"
// and "Ada B. Quill".
func isSameName(a, b string) bool {
	v, w := strings.Fields(foldWords(a)), strings.Fields(foldWords(b))
	if len(v) != len(w) {
		return false
	}
	for i := range v {
		if v[i][0] != w[i][0] || len(v[i]) > 1 && len(w[i]) > 1 && v[i] != w[i] {
			return false
		}
	}
	return true
}

// addSuffix adds "Jr." or "Ph.D.", on a line of its own, to the name.
func (s *signer) addSuffix(text string) {
	if strings.HasSuffix(foldWords(s.name()), " "+foldWords(text)) {
		return
	}
	s.typed = strings.TrimRight(s.name(), " ,") + ", " + text
}

// printsLate takes the printed name below a title: where mark and title share a
// line, the name stands under the mark.
func (s *signer) printsLate(text string) bool {
	name, more, ok := splitLike(text, s.signed)
	if !ok {
		return false
	}
	s.typed = name
	if more != "" {
		s.title += " " + more
	}
	return true
}

package edgartest

import (
	"strings"
	"sync"
)

// script holds the answers that are still to be given.
type script struct {
	mu    sync.Mutex
	lines []*line
}

type line struct {
	pattern string
	answers []Answer
}

// Script makes the next requests for path get the given answers, one each, in
// order; afterwards the truth is told again. A path may hold *, which stands for
// any run of characters: "*" is every request, "/Archives/edgar/data/*" every
// filing. Where several lines fit, the one scripted first is used up first.
func (w *World) Script(path string, answers ...Answer) {
	w.script.mu.Lock()
	defer w.script.mu.Unlock()
	w.script.lines = append(w.script.lines, &line{path, append([]Answer(nil), answers...)})
}

// ClearScript forgets every answer that was not yet given.
func (w *World) ClearScript() {
	w.script.mu.Lock()
	defer w.script.mu.Unlock()
	w.script.lines = nil
}

// next takes the answer for path off the script, nil when there is none.
func (s *script) next(path string) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		if len(l.answers) == 0 || !match(l.pattern, path) {
			continue
		}
		a := l.answers[0]
		if _, ok := a.(always); !ok {
			l.answers = l.answers[1:]
		}
		return a
	}
	return nil
}

// match reports whether s fits the pattern, in which * is any run of characters.
func match(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok {
		return false
	}
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, p)
		if i < 0 {
			return false
		}
		rest = rest[i+len(p):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

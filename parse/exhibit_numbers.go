package parse

import (
	"strconv"
	"strings"
)

// maxRange is the most exhibits that "99.1 through 99.9" is taken for.
const maxRange = 40

// readNumbers reads several exhibit numbers that share a description: "99.1 and
// 99.2", "Exhibits 10.1, 10.2 and 10.3", "99.1 - 99.3". It returns none for a
// single number.
func readNumbers(s string) (refs []exhibitRef, rest string) {
	s = trimMarks(s)
	if t, ok := cutFold(s, "exhibits "); ok {
		s = t
	}
	ref, ok := readListedRef(s, true)
	if !ok || !ref.dotted {
		return nil, ""
	}
	refs = append(refs, ref)
	for len(refs) < maxRange {
		after := s[numberEnd(s):]
		t, through, ok := cutJoint(after)
		if !ok {
			break
		}
		next, ok := readListedRef(t, true)
		if !ok || !next.dotted {
			break
		}
		if !through {
			refs = append(refs, next)
		} else if refs, ok = appendRange(refs, next); !ok {
			break
		}
		s, ref = t, next
	}
	if len(refs) < 2 {
		return nil, ""
	}
	for i := range refs {
		refs[i].rest, refs[i].comma = "", false
	}
	return refs, ref.rest
}

// numberEnd returns where the number that s begins with ends.
func numberEnd(s string) int {
	t, _ := cutExhibitWord(trimMarks(s))
	return len(s) - len(t) + len(t[:numberLength(t)])
}

// cutJoint cuts what joins two numbers off the beginning of s; through says that
// it joins the first and the last of a range.
func cutJoint(s string) (rest string, through, ok bool) {
	s = strings.TrimLeft(s, " \t*+")
	for _, joint := range []string{", and ", "and ", "& ", ", ", "through ", "thru ", "to ", "-", "–", "—"} {
		if rest, ok = cutFold(s, joint); ok {
			return strings.TrimLeft(rest, " \t"), joint[0] == 't' || strings.IndexByte("-\xe2", joint[0]) >= 0, true
		}
	}
	return s, false, false
}

// appendRange appends the exhibits after the last of refs up to last; it returns
// false where the two are no range.
func appendRange(refs []exhibitRef, last exhibitRef) ([]exhibitRef, bool) {
	first := refs[len(refs)-1].number
	i, j := strings.LastIndexByte(first, '.')+1, strings.LastIndexByte(last.number, '.')+1
	from, err := strconv.Atoi(first[i:])
	to, err2 := strconv.Atoi(last.number[j:])
	if err != nil || err2 != nil || first[:i] != last.number[:j] || to <= from || to-from > maxRange {
		return refs, false
	}
	for n := from + 1; n < to; n++ {
		between := last
		between.number = first[:i] + strconv.Itoa(n)
		refs = append(refs, between)
	}
	return append(refs, last), true
}

// severalNumbers takes a line that has several numbers before its description.
func (r *exhibitReader) severalNumbers(k int, text string) bool {
	refs, description := readNumbers(text)
	if refs == nil {
		return false
	}
	if !hasWords(description) {
		at := r.nextWords(k + 1)
		if at < 0 {
			return false
		}
		description = r.line.cells[at].text()
	}
	if isRunning(description) || beginsLower(description) || !r.line.fresh && !r.p.html || hasPrefixFoldString(description, "exhibit") {
		return false
	}
	for i := range refs {
		if !r.repeats(&refs[i], description) {
			r.add(&refs[i], description, r.line.cells[k].col, false)
		}
	}
	return true
}

// splitEntries cuts further entries out of the last entry's description, where
// they stand on one line: "99.1 Letter; 99.2 Slides", "Exhibit 99.1, Letter, and
// Exhibit 99.2, Slides".
func (r *exhibitReader) splitEntries() {
	for len(r.found) > r.begin && len(r.found) < maxExhibits {
		e := &r.found[len(r.found)-1]
		cut, ref := nextEntry(e.description)
		if cut == 0 {
			return
		}
		description := e.description
		e.description = strings.TrimRight(description[:cut], " \t,;")
		if r.repeats(&ref, ref.rest) {
			return
		}
		r.add(&ref, ref.rest, r.last.col, r.last.brackets)
	}
}

// nextEntry finds a second entry in a description and where the first ends, 0 for
// none.
func nextEntry(description string) (int, exhibitRef) {
	for at := 0; at < len(description); at++ {
		c := description[at]
		if c != ';' && c != ',' {
			continue
		}
		rest := strings.TrimLeft(description[at+1:], " \t")
		and := false
		if t, ok := cutFold(rest, "and "); ok {
			rest, and = strings.TrimLeft(t, " \t"), true
		}
		ref, ok := readExhibitRef(rest)
		if !ok || !ref.dotted || !hasWords(ref.rest) || isRunning(ref.rest) || beginsLower(ref.rest) || isElsewhere(ref.rest) {
			continue
		}
		if c == ';' || and && ref.word && ref.comma {
			return at, ref
		}
	}
	return 0, exhibitRef{}
}

package parse

import "strings"

// cleanDescription leaves out what is no part of a description: dot leaders,
// page numbers in a column of their own, marks of footnotes, the comma before the
// next entry, "filed herewith".
func cleanDescription(s string) string {
	s = strings.TrimSpace(s)
	if t, ok := cutFold(s, "description:"); ok {
		s = strings.TrimSpace(t)
	}
	for {
		t := s
		if i := strings.LastIndexByte(t, ' '); i > 0 && isPageNumber(t[i+1:]) && (strings.HasSuffix(t[:i], ".") || strings.HasSuffix(t[:i], "Page")) {
			t = strings.TrimSuffix(t[:i], "Page")
		}
		if strings.HasSuffix(t, " .") || strings.HasSuffix(t, "...") {
			t = strings.TrimRight(t, " .")
		}
		t = strings.TrimSuffix(t, "*")
		t = cutFiled(strings.TrimRight(t, " \t"))
		if t = strings.TrimRight(t, " \t,;"); strings.HasSuffix(t, "; and") || strings.HasSuffix(t, ", and") {
			t = t[:len(t)-len("; and")]
		}
		if t = strings.TrimRight(t, " \t,;"); t == s {
			return s
		}
		s = t
	}
}

// filedPhrases say, behind a description, that the exhibit comes with the report.
var filedPhrases = []string{"filed herewith", "furnished herewith", "attached hereto", "attached herewith", "filed with this report", "filed electronically herewith"}

// cutFiled cuts ", filed herewith" and "(filed herewith)" off the end.
func cutFiled(s string) string {
	t := strings.TrimRight(s, " .)]")
	for _, phrase := range filedPhrases {
		n := len(t) - len(phrase)
		if n <= 0 || !equalFoldString(t[n:], phrase) {
			continue
		}
		before := strings.TrimRight(t[:n], " ")
		for _, verb := range []string{" is", " are"} {
			before = strings.TrimSuffix(before, verb)
		}
		if end := before[len(before)-1]; end == ',' || end == ';' || end == '(' || end == '[' || end == '-' {
			return strings.TrimRight(before, " ,;([-")
		}
	}
	return s
}

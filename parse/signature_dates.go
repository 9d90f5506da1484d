package parse

import (
	"strings"

	"example.com/edgard/edgar"
)

// A dated is a date of the signature part and how many signers stand before it.
type dated struct {
	date   edgar.Date
	before int
}

func (r *signatureReader) dated(d edgar.Date) {
	if !d.IsZero() {
		r.dates = append(r.dates, dated{d, len(r.signers)})
	}
}

// date takes what stands after "Date:" and returns the rest of the line, which
// plain text may put there: "Date: May 1, 2005  By: /s/ Name".
func (r *signatureReader) date(value string) (rest string) {
	if d, _, to := dateIn(value); to > 0 {
		r.dated(d)
		rest = strings.TrimLeft(value[to:], " \t,.;")
		if isBracketedDate(rest) {
			return ""
		}
		return rest
	}
	if isMarked(value) || isBy(value) {
		return value
	}
	if _, _, to := dateIn(value + " 2000"); to > len(value) {
		r.half = strings.TrimSpace(value)
	}
	return ""
}

// cutDate cuts a date off the end of a value: "Ada Quill May 5, 2005".
func (r *signatureReader) cutDate(value string) string {
	d, from, to := dateIn(value)
	if to == 0 || d.IsZero() || strings.Trim(value[to:], " \t,.;)") != "" || !hasWords(value[:from]) {
		return value
	}
	before := strings.TrimRight(value[:from], " \t,;(")
	for _, word := range []string{"dated", "date:", "date", "as of"} {
		if n := len(before) - len(word); n > 0 && equalFoldString(before[n:], word) {
			before = strings.TrimRight(before[:n], " \t,;(")
		}
	}
	if !isTitle(before) && !isPerson(before) {
		return value
	}
	r.dated(d)
	return before
}

// isBracketedDate knows the day of the event behind that of the report: "(March 4,
// 1997)".
func isBracketedDate(s string) bool {
	_, from, to := dateIn(s)
	return to > 0 && s[0] == '(' && from == 1 && strings.Trim(s[to:], " \t.)") == ""
}

// dateOf returns the date of a signer. One date serves all; several stand each
// before its signer or each after, as the first one does.
func (r *signatureReader) dateOf(signer int) edgar.Date {
	if len(r.dates) == 0 {
		return edgar.Date{}
	}
	found := r.dates[0]
	if found.before == 0 {
		for _, d := range r.dates {
			if d.before <= signer {
				found = d
			}
		}
		return found.date
	}
	for _, d := range r.dates {
		if found = d; d.before > signer {
			break
		}
	}
	return found.date
}

// isBareDate reports whether a piece is nothing but a date, s[from:to].
func isBareDate(s string, from, to int) bool {
	before, after := strings.Trim(s[:from], " \t,.:;_()-"), strings.Trim(s[to:], " \t,.:;_()*-")
	if isBracketedDate(strings.TrimLeft(s[to:], " \t")) {
		after = ""
	}
	if from < 40 && strings.HasSuffix(strings.TrimRight(s[:from], " "), ",") && !hasDigit(before) && !isTitle(before) {
		return after == "" // Inkwell, Nevada, May 5, 1997
	}
	switch strings.ToLower(before) {
	case "", "this", "as of", "on", "signed", "executed", "dated", "dated as of", "dated this", "signed this":
		return after == ""
	}
	return false
}

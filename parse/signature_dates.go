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
		return strings.TrimLeft(value[to:], " \t,.;")
	}
	if isMarked(value) || isBy(value) {
		return value
	}
	if _, _, to := dateIn(value + " 2000"); to > len(value) {
		r.half = strings.TrimSpace(value)
	}
	return ""
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
	if from < 40 && strings.HasSuffix(strings.TrimRight(s[:from], " "), ",") && !hasDigit(before) {
		return after == "" // Inkwell, Nevada, May 5, 1997
	}
	switch strings.ToLower(before) {
	case "", "this", "as of", "on", "signed", "executed", "dated", "dated as of", "dated this", "signed this":
		return after == ""
	}
	return false
}

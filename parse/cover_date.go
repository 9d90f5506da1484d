package parse

import (
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// dateOfReport returns the date that is printed first: as a line of its own or
// beside the caption "Date of Report". In the 1990s the caption may be absent.
func (c *cover) dateOfReport() edgar.Date {
	for i := range c.lines {
		if c.lines[i].form {
			continue
		}
		captioned := c.captionsOf(i)&fieldDate != 0
		for _, k := range c.line(i) {
			if k.caption != 0 || k.words {
				continue
			}
			if d, n := printedDate(c.page.text[k.at:min(int(k.at)+48, len(c.page.text))]); n > 0 && (captioned || n >= len(k.text)-3 || isSecondDate(k.text[min(n, len(k.text)):])) {
				return d
			}
			if captioned {
				if d := findDate(k.text); !d.IsZero() {
					return d
				}
			}
		}
	}
	return edgar.Date{}
}

// isSecondDate reports whether what follows a date is another in brackets:
// "August 19, 2009 (August 3, 2009)".
func isSecondDate(s string) bool {
	for i := range len(s) {
		if s[i] == '(' {
			_, n := printedDate(s[i+1:])
			return n > 0
		}
		if !isBlank(s[i]) {
			return false
		}
	}
	return false
}

// findDate returns the first date in a text.
func findDate(s string) edgar.Date {
	for i := range len(s) {
		if i > 0 && (isLetter(s[i-1]) || isDigit(s[i-1])) {
			continue
		}
		if d, n := printedDate(s[i:]); n > 0 {
			return d
		}
	}
	return edgar.Date{}
}

// printedDate reads the date that s begins with and returns how long it is, 0 for
// none: May 10, 1995; May 10,1995; 10 May 1995; Sept. 5, 2001; 5/10/95;
// 1995-05-10. Ends of lines and cells count as blanks.
func printedDate(s string) (edgar.Date, int) {
	r := dateReader{s: s}
	r.skip(" \t\n")
	if r.at == len(s) {
		return edgar.Date{}, 0
	}
	if isLetter(s[r.at]) {
		return r.monthFirst()
	}
	return r.numberFirst()
}

// A dateReader reads the parts of a date one after the other.
type dateReader struct {
	s  string
	at int
}

func (r *dateReader) monthFirst() (edgar.Date, int) {
	m := r.month()
	d := r.number(2)
	r.ordinal()
	from := r.at
	y := r.year()
	if y < 0 && m > 0 { // the first of two days
		r.at = from
		r.lastDay()
		y = r.year()
	}
	return r.date(y, m, d)
}

func (r *dateReader) numberFirst() (edgar.Date, int) {
	a := r.number(4)
	if a < 0 {
		return edgar.Date{}, 0
	}
	sep := byte(0)
	if r.at < len(r.s) {
		sep = r.s[r.at]
	}
	switch {
	case sep == '/' || sep == '-' || sep == '.':
		r.at++
		b := r.number(2)
		if r.at >= len(r.s) || r.s[r.at] != sep {
			return edgar.Date{}, 0
		}
		r.at++
		if a > 1900 {
			return r.date(a, b, r.number(2))
		}
		return r.date(r.year(), a, b)
	case a > 31:
		return edgar.Date{}, 0
	}
	r.ordinal()
	r.skip(" \t\n")
	r.word("day")
	r.word("of")
	m := r.month()
	return r.date(r.year(), m, a)
}

func (r *dateReader) date(y, m, d int) (edgar.Date, int) {
	if y >= 0 && y < 100 { // two digits, as the 1990s have it
		y += 1900
		if y < 1970 {
			y += 100
		}
	}
	if y < 1970 || m < 1 || d < 1 {
		return edgar.Date{}, 0
	}
	day, err := edgar.NewDate(y, time.Month(m), d)
	if err != nil {
		return edgar.Date{}, 0
	}
	return day, r.at
}

// month reads a month by its name or the first three letters of it.
func (r *dateReader) month() int {
	r.skip(" \t\n,")
	n := 0
	for r.at+n < len(r.s) && isLetter(r.s[r.at+n]) {
		n++
	}
	if n < 3 || n > 9 {
		return 0
	}
	word := r.s[r.at : r.at+n]
	for i, m := range monthNames {
		if equalFoldString(word[:3], m[:3]) && (n <= 4 || n >= 6 || len(m) > 4 && equalFoldString(word[:4], m[:4])) { // Febuary
			r.at += n
			if r.at < len(r.s) && r.s[r.at] == '.' {
				r.at++
			}
			return i + 1
		}
	}
	return 0
}

var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// number reads a number of at most the given digits, -1 for none.
func (r *dateReader) number(most int) int {
	r.skip(" \t\n,")
	n, digits := 0, 0
	for r.at < len(r.s) && (isDigit(r.s[r.at]) || r.isOne()) {
		if isDigit(r.s[r.at]) {
			n = n*10 + int(r.s[r.at]-'0')
		} else {
			n = n*10 + 1
		}
		r.at++
		if digits++; digits > most {
			return -1
		}
	}
	if digits == 0 {
		return -1
	}
	return n
}

// isOne reports whether the letter l stands for the digit 1, as typed in l997.
func (r *dateReader) isOne() bool {
	if r.s[r.at] != 'l' {
		return false
	}
	before, after := r.at > 0 && isDigit(r.s[r.at-1]), r.at+1 < len(r.s) && isDigit(r.s[r.at+1])
	return before || after
}

// year reads a year of four digits, or of two.
func (r *dateReader) year() int {
	r.skip(" \t\n,.'")
	from := r.at
	if y := r.number(4); r.at-from == 4 || r.at-from == 2 {
		return y
	}
	return -1
}

// lastDay skips what follows the first of two days: March 3-4, 1997; March 30 to
// April 2, 1997.
func (r *dateReader) lastDay() {
	r.skip(" \t\n")
	for _, s := range [...]string{"-", "–", "—", "and ", "& ", "to ", "through "} {
		if hasPrefixFoldString(r.s[r.at:], s) {
			r.at += len(s)
			r.month()
			r.number(2)
			r.ordinal()
			return
		}
	}
}

// ordinal skips the letters of 13th.
func (r *dateReader) ordinal() {
	for _, s := range [...]string{"st", "nd", "rd", "th"} {
		if hasPrefixFoldString(r.s[r.at:], s) {
			r.at += 2
			return
		}
	}
}

func (r *dateReader) word(w string) {
	if hasPrefixFoldString(r.s[r.at:], w) {
		r.at += len(w)
		r.skip(" \t\n")
	}
}

// skip skips any of the characters in set.
func (r *dateReader) skip(set string) {
	for r.at < len(r.s) && strings.IndexByte(set, r.s[r.at]) >= 0 {
		r.at++
	}
}

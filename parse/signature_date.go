package parse

import (
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// A dateToken is a number or a word of a date.
type dateToken struct {
	from, to int
	n        int        // of a number, -1 for a word
	month    time.Month // of a word, 0 for none
}

// maxDateTokens bounds how far a date is looked for: "this 5th day of May, 1997".
const maxDateTokens = 12

// dateIn finds the first date in s and where it stands: s[from:to]. It reads
// "May 19, 1995", "May 19,1995", "19 May 1995", "this 5th day of May, 1997",
// "5/19/95", "5-19-1995" and "1995-05-19"; months may be cut short or misspelt
// after three letters. to is 0 when there is none.
func dateIn(s string) (d edgar.Date, from, to int) {
	var buf [maxDateTokens]dateToken
	tokens := dateTokens(buf[:0], s)
	for i := range tokens {
		if d, n := dateAt(s, tokens[i:]); n > 0 {
			return d, tokens[i].from, tokens[i+n-1].to
		}
	}
	return d, 0, 0
}

// dateTokens cuts s into numbers and words.
func dateTokens(tokens []dateToken, s string) []dateToken {
	for at := 0; at < len(s) && len(tokens) < maxDateTokens; {
		from := at
		switch {
		case isMistypedYear(s, at):
			at += 4
			tokens = append(tokens, dateToken{from: from, to: at, n: 1000 + smallNumber(s[from+1:at])})
		case isDigit(s[at]):
			for at < len(s) && isDigit(s[at]) {
				at++
			}
			n := -1
			if at-from <= 4 {
				n = smallNumber(s[from:at])
			}
			tokens = append(tokens, dateToken{from: from, to: at, n: n})
		case isLetter(s[at]):
			for at < len(s) && isLetter(s[at]) {
				at++
			}
			tokens = append(tokens, dateToken{from: from, to: at, n: -1, month: monthOf(s[from:at])})
		default:
			at++
		}
	}
	return tokens
}

// isMistypedYear knows a year of the 1900s that begins with the letter l or I.
func isMistypedYear(s string, at int) bool {
	return (s[at] == 'l' || s[at] == 'I') && (at == 0 || !isLetter(s[at-1])) && leadingDigits(s[at+1:]) == 3 && s[at+1] == '9'
}

// dateAt reads the date that t begins with and returns how many tokens it takes,
// 0 for none.
func dateAt(s string, t []dateToken) (edgar.Date, int) {
	switch {
	case len(t) < 3:
	case t[0].month != 0 && t[1].n > 0: // May 19, 1995; May 5th, 1997
		at := skipOrdinal(s, t, 2)
		if at < len(t) && t[at].n >= 0 {
			return newDate(t[at], t[0].month, t[1].n), at + 1
		}
	case t[0].n > 0 && t[1].n > 0 && t[2].n >= 0 && sameSeparator(s, t):
		if t[0].to-t[0].from == 4 { // 1995-05-19
			return newDate(t[0], time.Month(t[1].n), t[2].n), 3
		}
		return newDate(t[2], time.Month(t[0].n), t[1].n), 3
	case t[0].n > 0: // 19 May 1995; 5th day of May, 1997
		at := skipOrdinal(s, t, 1)
		for at < len(t) && (isWordAt(s, t[at], "day") || isWordAt(s, t[at], "of")) {
			at++
		}
		if at+1 < len(t) && t[at].month != 0 && t[at+1].n >= 0 {
			return newDate(t[at+1], t[at].month, t[0].n), at + 2
		}
	}
	return edgar.Date{}, 0
}

// skipOrdinal skips the st, nd, rd or th of a day before t[at].
func skipOrdinal(s string, t []dateToken, at int) int {
	if at < len(t) && t[at].from == t[at-1].to {
		switch strings.ToLower(s[t[at].from:t[at].to]) {
		case "st", "nd", "rd", "th":
			return at + 1
		}
	}
	return at
}

func isWordAt(s string, t dateToken, word string) bool {
	return equalFoldString(s[t.from:t.to], word)
}

// sameSeparator reports whether three numbers are joined by one of / - and dot.
func sameSeparator(s string, t []dateToken) bool {
	if t[1].from != t[0].to+1 || t[2].from != t[1].to+1 {
		return false
	}
	c := s[t[0].to]
	return c == s[t[1].to] && (c == '/' || c == '-' || c == '.')
}

// newDate makes a date, zero for one that is not in the calendar. Years of two
// digits are those of EDGAR: 1993 to 2092.
func newDate(year dateToken, month time.Month, day int) edgar.Date {
	y := year.n
	switch year.to - year.from {
	case 2:
		if y += 2000; y > 2092 {
			y -= 100
		}
	case 4:
	default:
		return edgar.Date{}
	}
	if month < 1 || month > 12 {
		return edgar.Date{}
	}
	d, err := edgar.NewDate(y, month, day)
	if err != nil {
		return edgar.Date{}
	}
	return d
}

// monthOf knows a month by its first three letters.
func monthOf(word string) time.Month {
	if len(word) < 3 || len(word) > 10 {
		return 0
	}
	const months = "janfebmaraprmayjunjulaugsepoctnovdec"
	var b [3]byte
	for i := range b {
		b[i] = lower(word[i])
	}
	for m := range 12 {
		if months[3*m:3*m+3] == string(b[:]) {
			return time.Month(m + 1)
		}
	}
	return 0
}

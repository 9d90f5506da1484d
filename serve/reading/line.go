package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutMark takes the mark off a line that begins with one: a bullet, or (a), (iv), 1.
// in a cell of its own. There is none when what follows has cells, too.
func cutMark(line string) (mark, rest string) {
	if r, n := utf8.DecodeRuneInString(line); strings.ContainsRune(bullets, r) {
		if rest = strings.TrimSpace(line[n:]); rest != "" {
			return line[:n], rest
		}
		return "", line
	}
	mark, rest, ok := strings.Cut(line, "\t")
	mark, rest = strings.TrimSpace(mark), strings.TrimSpace(rest)
	if !ok || rest == "" || strings.Contains(rest, "\t") || !isMark(mark) {
		return "", line
	}
	return mark, rest
}

const bullets = "•·●○▪■◦‣∙"

func isBullet(mark string) bool {
	return mark == "-" || mark == "–" || mark == "*" || mark != "" && strings.Contains(bullets, mark)
}

// isMark reports whether a cell says nothing but which of several the next one is:
// "(a)", "(iv)", "1.", "B.", "2)", "*", "-".
func isMark(cell string) bool {
	if isBullet(cell) {
		return true
	}
	inner := strings.Trim(cell, "()")
	inner = strings.TrimSuffix(inner, ".")
	if inner == cell || inner == "" || len(inner) > 4 {
		return false
	}
	digits, roman := strings.Trim(inner, "0123456789") == "", strings.Trim(strings.ToLower(inner), "ivx") == ""
	return digits && len(inner) < 4 || roman || len(inner) == 1 && unicode.IsLetter(rune(inner[0]))
}

// isNumber reports whether a cell is a figure: "1,234", "(3.5)%", "$ 12", "—", "N/A".
func isNumber(cell string) bool {
	digits := 0
	for _, r := range cell {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune("$€£¥%().,+-–—−* \u00a0x", r):
		default:
			return false
		}
	}
	return digits > 0 || isNothing(cell)
}

// isYear reports whether a cell is the year of a column.
func isYear(cell string) bool {
	return len(cell) == 4 && (cell[:2] == "19" || cell[:2] == "20") && strings.Trim(cell, "0123456789") == ""
}

// isNothing reports whether a cell says that there is no figure.
func isNothing(cell string) bool {
	switch cell {
	case "-", "--", "–", "—", "N/A", "n/a", "NM", "nm", "*":
		return true
	}
	return false
}

// isTitle reports whether every word of weight begins with a capital.
func isTitle(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > 12 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(“\"'"))
		if unicode.IsLower(r) && (i == 0 || utf8.RuneCountInString(w) > 4) || i == 0 && !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// goesOn reports whether a line goes on in the next: it ends in a word that asks for
// more, or, behind a mark, the next begins with none that begins a sentence.
func goesOn(line, next string, marked bool) bool {
	if len(line) < minWrapped && !marked || len(line) < minMarked {
		return false
	}
	last := line[strings.LastIndexAny(line, " \t")+1:]
	switch last {
	case "a", "an", "and", "as", "at", "by", "dated", "for", "from", "in", "its", "of", "on", "or", "that", "the", "their", "to", "which", "with":
		return true
	}
	r, _ := utf8.DecodeRuneInString(next)
	return marked && !strings.ContainsAny(line[len(line)-1:], ".:;,") && (unicode.IsLower(r) || unicode.IsDigit(r))
}

// The least width at which a line may have been cut, and one behind a mark.
const (
	minWrapped = 50
	minMarked  = 20
)

// isRest reports whether a line is the last words of a name that began in a cell.
func isRest(cell, line string) bool {
	last := cell[strings.LastIndexByte(cell, ' ')+1:]
	r, _ := utf8.DecodeRuneInString(last)
	return len(cell) >= minMarked && unicode.IsUpper(r) && !strings.ContainsAny(cell[len(cell)-1:], ".:;") && strings.HasSuffix(line, ".") && len(strings.Fields(line)) <= 3
}

package parse

import "strings"

// findFileNumber returns the Commission file numbers in a text as printed:
// 1-6991, 0-27266, 000-26952, 333-46893-01; several with what stands between.
// Its dashes are hyphens, whatever is printed.
func findFileNumber(s string) string {
	s = plainDashes(s)
	if n := findPhone(s, false); n != "" && !(isFileNumber(n) && (n[0] == '0' || n[:3] == "333")) { // which no area code is
		return "" // the end of which looks like one
	}
	first, last := -1, -1
	for from, to := range numbers(s) {
		if n := s[from:to]; isFileNumber(n) && !isEIN(n) {
			if first < 0 {
				first = from
			} else if strings.Trim(s[last:from], " ,;/&and") != "" {
				break
			}
			last = to
		}
	}
	if first < 0 {
		return ""
	}
	return s[first:last]
}

// isFileNumber reports whether s is an act's prefix, a dash and a number.
func isFileNumber(s string) bool {
	prefix, rest, ok := strings.Cut(s, "-")
	if !ok || len(prefix) == 0 || len(prefix) > 3 || !allDigits(prefix) {
		return false
	}
	n := leadingDigits(rest)
	if n < 2 || n > 7 {
		return false
	}
	rest = rest[n:]
	return rest == "" || rest[0] == '-' && leadingDigits(rest[1:]) == len(rest)-1 && len(rest) >= 2 && len(rest) <= 4
}

// findEIN returns the first employer identification number in a text, with a
// hyphen for whatever dash is printed.
func findEIN(s string) string {
	s = plainDashes(s)
	for from, to := range numbers(s) {
		if n := s[from:to]; isEIN(n) {
			return n
		}
	}
	return ""
}

// isEIN reports whether s is two digits, a dash and seven digits.
func isEIN(s string) bool {
	return len(s) == 10 && s[2] == '-' && allDigits(s[:2]) && allDigits(s[3:])
}

// isMangledEIN accepts what is printed for an EIN and is none: 03-153200,
// 8736-3354, 911144442, 95- 4545390.
func isMangledEIN(s string) bool {
	digits := 0
	for i := range len(s) {
		switch {
		case isDigit(s[i]):
			digits++
		case s[i] != '-' && s[i] != ' ' && s[i] != '.':
			return false
		}
	}
	dash := strings.IndexByte(s, '-')
	return digits >= 6 && digits <= 11 && dash != 1 && dash != 3
}

// isMangledFileNumber accepts what is printed for a file number without its
// dash or with a blank: 001 36743, 00136743, 1- 6991, 1–6991.
func isMangledFileNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != ' ' && r != '.' && r != '/' && r != 'I' && r != 'O' && !isDash(r):
			return false
		}
	}
	return digits >= 3 && digits <= 14 && !strings.HasSuffix(s, "-") // 333-____, not yet assigned
}

// numbers yields the bounds of the runs of digits and dashes in a text.
func numbers(s string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for at := 0; at < len(s); {
			if !isDigit(s[at]) {
				at++
				continue
			}
			from := at
			for at < len(s) && (isDigit(s[at]) || s[at] == '-') {
				at++
			}
			to := at
			for s[to-1] == '-' {
				to--
			}
			if from > 0 && isLetter(s[from-1]) {
				continue
			}
			if !yield(from, to) {
				return
			}
		}
	}
}

// stateOf returns the state that a text names. "(a Delaware corporation)" says
// it in more words than the state has.
func stateOf(s string) string {
	s = strings.Trim(s, " ()[]*:;")
	s = strings.TrimSuffix(s, ",")
	if i := strings.IndexByte(s, '('); i > 3 { // Maryland (Gadget Trust)
		s = strings.TrimRight(s[:i], " ")
	}
	for _, article := range []string{"a ", "an ", "the state of ", "state of ", "commonwealth of "} {
		if hasPrefixFoldString(s, article) && !equalFoldString(s, "state of israel") { // the country's name
			s = s[len(article):]
			break
		}
	}
	for _, kind := range companyKinds {
		i := len(s) - len(kind)
		if i < 2 || !equalFoldString(s[i:], kind) || !isBlank(s[i-1]) {
			continue
		}
		if home := strings.TrimRight(s[:i], " ,"); !hasPrefixFoldString(home, "federal") && !hasPrefixFoldString(home, "national") {
			s = home
		}
		break
	}
	if s == "" || len(s) > 48 || !isLetter(s[0]) || digitsIn(s) > 0 || isNothing(s) {
		return ""
	}
	return s
}

// companyKinds are what a state is said to be the home of.
var companyKinds = [...]string{
	"corporation", "limited liability company", "limited partnership", "general partnership", "limited company", "business trust", "statutory trust", "company",
	"trust", "partnership", "banking association", "public benefit corporation", "national association", "chartered company", "corp.", "exempted company",
}

// statesAndCountries are homes of registrants, folded, for where no caption
// tells that something is one.
var statesAndCountries = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq("alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas "+
		"kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah "+
		"vermont virginia washington wisconsin wyoming bermuda canada israel ireland netherlands luxembourg switzerland england panama liberia", " ") {
		m[name] = true
	}
	for _, name := range []string{"united states of america", "new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "rhode island", "south carolina", "south dakota",
		"west virginia", "district of columbia", "puerto rico", "cayman islands", "british columbia", "british columbia canada", "british virgin islands", "marshall islands", "england and wales",
		"united kingdom", "ontario canada", "alberta canada", "republic of the marshall islands", "jersey", "united states", "the netherlands", "quebec canada", "yukon", "ontario", "alberta"} {
		m[name] = true
	}
	return m
}()

// isState reports whether s is the name of a state or country.
func isState(s string) bool { return len(s) < 40 && statesAndCountries[foldText(s)] }

// foldText returns the words of s in lower case, a blank between.
func foldText(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch {
		case isLetter(s[i]) || isDigit(s[i]):
			b = append(b, lower(s[i]))
		case len(b) > 0 && b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	return strings.TrimRight(string(b), " ")
}

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// isNothing reports whether s says that there is nothing to say.
func isNothing(s string) bool {
	switch strings.Trim(foldText(s), " ") {
	case "", "n a", "na", "none", "not applicable", "not appliable", "non applicable", "inapplicable", "no change", "not changed", "unchanged", "same", "nil", "no changes", "does not apply", "no", "not applicable not applicable":
		return true
	}
	return false
}

package parse

import (
	"slices"
	"strings"
)

// A headerSet is what the submission header says about items.
type headerSet struct {
	numbers []string // in header order, each once
	unknown []string // lines that name no item of the form
	dotted  bool     // the numbering system
	sure    bool     // a header says so, by its items or its date
	mixed   bool     // filed when reports still printed numbers of both systems, or who knows when
}

// dottedSince is the first filing date of the items with a dot.
const dottedSince = 20040823

// mixedUntil is the filing date from which on nobody prints an old number for one
// with a dot any more.
const mixedUntil = 20080101

// readHeaderSet takes the items of a header. Titles that both systems share are
// read by the filing date, codes by their own shape.
func readHeaderSet(h *Header) headerSet {
	filed := dateNumber(h)
	set := headerSet{dotted: filed == 0 || filed >= dottedSince, sure: filed != 0 || len(h.Items) > 0}
	set.mixed = filed == 0 || filed >= dottedSince && filed < mixedUntil
	for _, it := range h.Items {
		// On the first days a filing could still be old whatever its date.
		number := it.Number
		if number == "" {
			number = numberOf(it.Text, set.dotted && !inSmallLetters(it.Text))
		} else if known := headerCode(number); known != "" {
			number = known
		}
		if number == "" {
			number = numberOf(it.Text, true)
		}
		if number == "" {
			number = numberOf(it.Text, false)
		}
		switch {
		case number == "" && strings.TrimSpace(it.Text) != "":
			set.unknown = append(set.unknown, it.Text)
		case number != "" && !set.has(number):
			set.numbers = append(set.numbers, number)
		}
	}
	if len(set.numbers) > 0 {
		set.dotted = strings.Contains(set.numbers[0], ".")
	}
	return set
}

// inSmallLetters reports whether a header's title goes on in small letters, as
// those of the old items do: "Other events" is Item 5, "Other Events" 8.01.
func inSmallLetters(title string) bool {
	_, at := nextWord(title, 0)
	small := false
	for {
		from, to := nextWord(title, at)
		if from == to {
			return small
		}
		if title[from] < 'a' {
			return false
		}
		small, at = true, to
	}
}

func dateNumber(h *Header) int {
	if h.Filed.IsZero() {
		return 0
	}
	return h.Filed.Year()*10000 + int(h.Filed.Month())*100 + h.Filed.Day()
}

func (s *headerSet) empty() bool { return len(s.numbers) == 0 }

func (s *headerSet) has(number string) bool {
	return slices.Contains(s.numbers, number)
}

func (s *headerSet) hasAny(numbers []string) bool {
	return slices.ContainsFunc(numbers, s.has)
}

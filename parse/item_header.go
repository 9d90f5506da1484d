package parse

import "strings"

// A headerSet is what the submission header says about items.
type headerSet struct {
	numbers []string // in header order, each once
	unknown []string // lines that name no item of the form
	dotted  bool     // the numbering system
	sure    bool     // a header says so, by its items or its date
}

// dottedSince is the first filing date of the items with a dot.
const dottedSince = 20040823

// readHeaderSet takes the items of a header. Titles that both systems share are
// read by the filing date, codes by their own shape.
func readHeaderSet(h *Header) headerSet {
	filed := dateNumber(h)
	set := headerSet{dotted: filed == 0 || filed >= dottedSince, sure: filed != 0 || len(h.Items) > 0}
	for _, it := range h.Items {
		// On the first days a filing could still be old whatever its date.
		number := it.Number
		if number == "" {
			number = numberOf(it.Text, set.dotted)
		} else if known := headerCode(number); known != "" {
			number = known
		}
		if number == "" {
			number = numberOf(it.Text, !set.dotted)
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

func dateNumber(h *Header) int {
	if h.Filed.IsZero() {
		return 0
	}
	return h.Filed.Year()*10000 + int(h.Filed.Month())*100 + h.Filed.Day()
}

func (s *headerSet) empty() bool { return len(s.numbers) == 0 }

func (s *headerSet) has(number string) bool {
	for _, n := range s.numbers {
		if n == number {
			return true
		}
	}
	return false
}

func (s *headerSet) hasAny(numbers []string) bool {
	for _, n := range numbers {
		if s.has(n) {
			return true
		}
	}
	return false
}

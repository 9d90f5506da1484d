package filter

import (
	"slices"
	"strings"
)

// A Kind says what the values of a parameter look like.
type Kind string

// The kinds of parameters.
const (
	List   Kind = "list"   // repeatable, of each value the parts between commas: any of them will do
	Text   Kind = "text"   // one value
	Switch Kind = "switch" // "true" or "false"
	Number Kind = "number" // a whole number from 0
)

// A Parameter is one way to choose among filings, or to go through what was chosen.
type Parameter struct {
	Name string
	Kind Kind
	Help string // what it does, its value named in backquotes
}

// Description is the help without the marks of a command line.
func (p Parameter) Description() string {
	return strings.NewReplacer("`", "", "--", "").Replace(p.Help)
}

// Parameters returns those that choose filings, in the order in which to explain them.
func Parameters() []Parameter {
	return []Parameter{
		{"cik", List, "filings of the issuer with this `CIK` (repeatable)"},
		{"ticker", List, "of the issuer that has this `TICKER`, or else of those that had it (repeatable)"},
		{"name", Text, "of filers whose name has words beginning with all these `WORDS`"},
		{"sic", List, "of filers with this SIC `CODE`, or whose code begins so, such as 28 (repeatable)"},
		{"state", List, "of filers incorporated in this `STATE`, such as DE (repeatable)"},
		{"form", List, "filings of this `TYPE` exactly, such as 8-K/A (repeatable)"},
		{"amendment", Switch, "amendments only"},
		{"original", Switch, "no amendments"},
		{"item", List, "with the item of this `NUMBER`, such as 2.02 (repeatable: any of them)"},
		{"all-items", List, "with every item of these `NUMBERS`, such as 1.01,9.01"},
		{"exhibit", List, "with the exhibit of this `NUMBER`, such as 99.1, or 99 for all 99.*, =99 for 99 alone (repeatable)"},
		{"warning", List, "with the parser's warning of this `CODE` (repeatable)"},
		{"withdrawn", Switch, "that SEC no longer lists; --withdrawn=false: that it still lists"},
		{"from", Text, "filed on this `DAY` or later: 2024-01-31, 2024Q1, 2024, 7d"},
		{"to", Text, "filed on this `DAY` or earlier"},
		{"period-from", Text, "that report an event of this `DAY` or later"},
		{"period-to", Text, "that report an event of this `DAY` or earlier"},
		{"accepted-from", Text, "accepted on this `DAY` or later, or from a time on: 2024-01-31T16:30 (Eastern)"},
		{"accepted-to", Text, "accepted on this `DAY` or earlier, or up to a time"},
	}
}

// Paging returns the parameters that say which part of what was chosen is wanted.
func Paging() []Parameter {
	return []Parameter{
		{"oldest-first", Switch, "the oldest first"},
		{"limit", Number, "at most `N`, 0 for all"},
		{"after", Text, "continue after the page that ended with `TOKEN`"},
	}
}

// Listing returns the parameters of a list, Parameters and then Paging.
func Listing() []Parameter { return append(Parameters(), Paging()...) }

// Some returns those of Listing that have one of the names.
func Some(names ...string) (ps []Parameter) {
	for _, p := range Listing() {
		if slices.Contains(names, p.Name) {
			ps = append(ps, p)
		}
	}
	return ps
}

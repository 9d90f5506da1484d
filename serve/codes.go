package serve

import (
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// A code is one of EDGAR's, and its name: "" when it has none.
type code struct{ Code, Name string }

func industry(sic string) code { return code{sic, edgar.IndustryName(sic)} }
func state(c string) code      { return code{c, edgar.StateName(c)} }

// named is the name of a code with the code behind it, or the code alone.
func (c code) named(label string) string {
	if c.Name == "" {
		return c.Code
	}
	return c.Name + " (" + joined(" ", label, c.Code) + ")"
}

// addressState is the state in an address as people write it: "CA", and not "X0" for
// the United Kingdom.
func addressState(state string) string {
	if name := edgar.StateName(state); strings.ContainsAny(state, "0123456789") && name != "" {
		return name
	}
	return state
}

// meaning is the name of what a filter asks for by a code, "" when it is no code.
func meaning(parameter, value string) string {
	switch parameter {
	case "sic":
		return edgar.IndustryName(value)
	case "state":
		return edgar.StateName(value)
	case "item", "all-items":
		return parse.ItemTitle(value)
	}
	return ""
}

package serve

import (
	"net/url"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// filterForm is the form above the timeline, as the URL fills it in: each value by
// itself, and none that is empty.
type filterForm struct {
	url   *url.URL
	value url.Values
}

func formOf(u *url.URL) filterForm {
	values := filter.WithoutEmpty(u.Query())
	for _, p := range filter.Parameters() {
		if words, err := filter.Split(strings.Join(values[p.Name], ",")); p.Kind == filter.List && err == nil {
			values[p.Name] = once(words)
		}
	}
	return filterForm{u, values}
}

// once is words without repetitions.
func once(words []string) (out []string) {
	seen := make(map[string]bool, len(words))
	for _, w := range words {
		if !seen[w] {
			out = append(out, w)
		}
		seen[w] = true
	}
	return out
}

// Value is the first value of a field.
func (f filterForm) Value(name string) string { return f.value.Get(name) }

// fields are the parameters that have a field in the form.
var fields = []string{"issuer", "item", "form", "from", "to", "words"}

// A chip is a filter in effect, what its value means where that is a code, and the URL
// without it.
type chip struct{ Name, Value, Means, Without string }

// maxChips is how many filters are shown: each takes the URL of all others.
const maxChips = 40

// Chips are the filters in effect, in the order of their names, the first of them where
// there are very many.
func (f filterForm) Chips() (cs []chip) {
	for _, name := range f.names() {
		for i, value := range f.value[name] {
			if len(cs) == maxChips {
				return cs
			}
			rest := clone(f.value)
			rest.Del("after")
			if rest[name] = slices.Delete(rest[name], i, i+1); len(rest[name]) == 0 {
				rest.Del(name)
			}
			cs = append(cs, chip{name, value, meaning(name, value), (&url.URL{Path: f.url.Path, RawQuery: rest.Encode()}).String()})
		}
	}
	return cs
}

func (f filterForm) names() (names []string) {
	for name := range f.value {
		if name != "after" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Title says in a few words what the form asks for, for bookmarks and tabs; "" when it
// asks for everything.
func (f filterForm) Title() string {
	var words []string
	for _, c := range f.Chips() {
		words = append(words, c.Name+" "+c.Value)
	}
	return strings.Join(words, ", ")
}

// A hidden parameter has no field, or several values, and is sent along.
type hidden struct{ Name, Value string }

// Hidden are the parameters that the form has no field for.
func (f filterForm) Hidden() (hs []hidden) {
	for _, name := range f.names() {
		values := f.value[name]
		if slices.Contains(fields, name) {
			values = values[min(1, len(values)):] // the first is in the field
		}
		for _, value := range values {
			hs = append(hs, hidden{name, value})
		}
	}
	return hs
}

// Forms are the types of 8-K, and what was asked for if that is none of them.
func (f filterForm) Forms() (names []string) {
	for _, form := range edgar.CurrentReports() {
		names = append(names, form.String())
	}
	if asked := f.Value("form"); asked != "" && !slices.Contains(names, asked) {
		names = append(names, asked)
	}
	return names
}

// section is a section of Form 8-K, and the items in it.
type section struct {
	Name  string
	Items []badge
}

// sections of Form 8-K since 23 August 2004, by the first digit of their items.
var sections = map[byte]string{
	'1': "Registrant's Business and Operations",
	'2': "Financial Information",
	'3': "Securities and Trading Markets",
	'4': "Accountants and Financial Statements",
	'5': "Corporate Governance and Management",
	'6': "Asset-Backed Securities",
	'7': "Regulation FD",
	'8': "Other Events",
	'9': "Financial Statements and Exhibits",
}

// Sections are all items there ever were, by section.
func (f filterForm) Sections() (all []section) {
	for number, title := range parse.Captions() {
		name := "Before 23 August 2004"
		if strings.Contains(number, ".") {
			name = "Section " + number[:1] + " " + sections[number[0]]
		}
		if n := len(all); n == 0 || all[n-1].Name != name {
			all = append(all, section{Name: name})
		}
		last := &all[len(all)-1]
		last.Items = append(last.Items, badge{Number: number, Title: title})
	}
	return all
}

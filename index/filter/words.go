package filter

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.com/edgard/near"
)

// Words are the values given, by parameter: one or more for a List, exactly one for
// any other kind, and never an empty one.
type Words map[string][]string

// ErrEmpty says that a parameter was given without a value. That is a mistake: a
// script whose variable is unset must not end up asking for everything.
var ErrEmpty = errors.New("is empty")

// Split returns the parts of s between commas, without blanks around them. An empty
// one is ErrEmpty.
func Split(s string) (words []string, err error) {
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.TrimSpace(w); w == "" {
			return nil, ErrEmpty
		}
		words = append(words, w)
	}
	return words, nil
}

// FromURL reads the query parameters of a URL. One that is not known is a Mistake that
// lists those that are.
func FromURL(values url.Values, known []Parameter) (Words, error) {
	w := Words{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(known, func(p Parameter) bool { return p.Name == name })
		if i < 0 {
			return nil, unknown(name, known)
		}
		if err := w.take(known[i], values[name]); err != nil {
			return nil, &Mistake{name, name, err}
		}
	}
	return w, nil
}

// WithoutEmpty returns values without the empty ones, which a form on a page sends for
// fields that were not filled in.
func WithoutEmpty(values url.Values) url.Values {
	out := url.Values{}
	for name, vs := range values {
		for _, v := range vs {
			if strings.TrimSpace(v) != "" {
				out.Add(name, v)
			}
		}
	}
	return out
}

// take adds the values of one parameter.
func (w Words) take(p Parameter, values []string) error {
	if p.Kind != List && len(values) > 1 {
		return errors.New("is given " + strconv.Itoa(len(values)) + " times: give it once")
	}
	for _, v := range values {
		words := []string{strings.TrimSpace(v)}
		if p.Kind == List {
			var err error
			if words, err = Split(v); err != nil {
				return err
			}
		}
		if words[0] == "" {
			return ErrEmpty
		}
		w[p.Name] = append(w[p.Name], words...)
	}
	return nil
}

func unknown(name string, known []Parameter) error {
	var names []string
	for _, p := range known {
		names = append(names, p.Name)
	}
	there := "There are " + strings.Join(names, ", ")
	if len(names) == 0 {
		there = "There are none here"
	}
	hint := cmp.Or(near.DidYouMean(name, names, ""), ".")
	return &Mistake{name, strconv.Quote(clip(name)), fmt.Errorf("there is no such parameter%s %s", hint, there)}
}

// One returns the value of a parameter that has one, "" when it was not given.
func (w Words) One(name string) string {
	if len(w[name]) == 0 {
		return ""
	}
	return w[name][0]
}

// Whole returns the value of a Number, and whether it was given. A value that is not a
// whole number from 0 is a Mistake.
func (w Words) Whole(name string) (n int, given bool, err error) {
	text := w.One(name)
	if text == "" {
		return 0, false, nil
	}
	v, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0, true, &Mistake{name, name, fmt.Errorf("%q: want a whole number from 0", clip(text))}
	}
	return int(v), true, nil
}

// clip cuts what is too long to be repeated in a message.
func clip(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

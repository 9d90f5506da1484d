package parse

import (
	"reflect"
	"slices"
)

// A matching says which elements of two lists are the same thing.
type matching struct {
	of    []int  // the place in the second list of each element of the first, -1 for none
	equal []bool // of the first: the two are alike
	used  []bool // of the second
}

// maxMatched bounds the comparisons of elements with each other, beyond which they
// are matched by place.
const maxMatched = 250_000

func matchLists(a, b reflect.Value) *matching {
	m := &matching{of: slices.Repeat([]int{-1}, a.Len()), equal: make([]bool, a.Len()), used: make([]bool, b.Len())}
	for i := range min(a.Len(), b.Len()) {
		if alike(a.Index(i), b.Index(i)) {
			m.match(i, i, true)
		}
	}
	if left(m.equal)*left(m.used) <= maxMatched {
		m.each(func(i, j int) bool { return alike(a.Index(i), b.Index(j)) }, true)
		m.each(func(i, j int) bool { return elementName(a.Index(i)) == elementName(b.Index(j)) }, false)
	}
	next := 0
	for i, j := range m.of {
		for ; j < 0 && next < len(m.used); next++ {
			if !m.used[next] {
				m.match(i, next, false)
				break
			}
		}
	}
	return m
}

func (m *matching) match(i, j int, equal bool) { m.of[i], m.used[j], m.equal[i] = j, true, equal }

// each matches every element not matched yet with the first one that suits.
func (m *matching) each(suits func(i, j int) bool, equal bool) {
	for i := range m.of {
		for j := 0; m.of[i] < 0 && j < len(m.used); j++ {
			if !m.used[j] && suits(i, j) {
				m.match(i, j, equal)
			}
		}
	}
}

// moved reports whether what was matched stands in another order.
func (m *matching) moved() bool {
	last := -1
	for _, j := range m.of {
		if j >= 0 && j < last {
			return true
		}
		last = max(last, j)
	}
	return false
}

// left counts what is not marked yet.
func left(marked []bool) (n int) {
	for _, m := range marked {
		if !m {
			n++
		}
	}
	return n
}

// alike reports whether two elements have the same JSON.
func alike(a, b reflect.Value) bool {
	switch k := a.Kind(); {
	case k == reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !alike(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case k == reflect.Struct && hasFields(a.Type()):
		for i := range a.NumField() {
			if a.Type().Field(i).IsExported() && !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case k == reflect.Pointer && !a.IsNil() && !b.IsNil():
		return alike(a.Elem(), b.Elem())
	}
	return same(a, b)
}

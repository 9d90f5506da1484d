package reading

import (
	"fmt"
	"strconv"
	"strings"
)

// declarations returns those of a style attribute that are harmless, each as
// "property:value;", in their order.
func declarations(style string) string {
	var b strings.Builder
	for d := range strings.SplitSeq(style, ";") {
		property, value, ok := strings.Cut(d, ":")
		property = strings.ToLower(strings.TrimSpace(property))
		if !ok || !isProperty(property) {
			continue
		}
		if value, _, _ = strings.Cut(value, "!"); len(value) > 2*maxValue {
			continue
		}
		value = plainColours(strings.Join(strings.Fields(value), " "))
		if isValue(value) && !(property == "position" && value != "relative" && value != "absolute" && value != "static") {
			b.WriteString(property + ":" + value + ";")
		}
	}
	return b.String()
}

// maxValue bounds a value: lists of fonts are the longest there are.
const maxValue = 200

// isValue reports whether a value is words, lengths, colours and quoted names.
func isValue(value string) bool {
	if value == "" || len(value) > maxValue || strings.EqualFold(value, "fixed") || strings.EqualFold(value, "sticky") {
		return false
	}
	for _, c := range []byte(value) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case strings.IndexByte(` .,#%"'-`, c) >= 0:
		default:
			return false
		}
	}
	return strings.Count(value, `"`)%2 == 0 && strings.Count(value, `'`)%2 == 0
}

// plainColours writes rgb(204, 238, 255) as #cceeff, wherever it stands in a value.
func plainColours(value string) string {
	for {
		before, rest, ok := cutFold(value, "rgb(")
		if !ok {
			return value
		}
		inner, after, ok := strings.Cut(rest, ")")
		if !ok {
			return value
		}
		colour := "#"
		for part := range strings.SplitSeq(inner, ",") {
			n, err := strconv.ParseUint(strings.TrimSpace(part), 10, 8)
			if err != nil {
				return value
			}
			colour += fmt.Sprintf("%02x", n)
		}
		if len(colour) != len("#cceeff") {
			return value
		}
		value = before + colour + after
	}
}

func cutFold(s, sep string) (before, after string, ok bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && len(strings.ToLower(s)) == len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// isProperty reports whether a property is about looks and place of what stands in the
// document.
func isProperty(name string) bool {
	switch name {
	case "color", "background", "background-color",
		"font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "line-height", "letter-spacing", "word-spacing",
		"text-align", "text-align-last", "text-decoration", "text-decoration-line", "text-indent", "text-transform", "vertical-align", "white-space", "direction",
		"display", "visibility", "float", "clear", "position", "top", "left", "right", "bottom", "width", "height", "min-width", "max-width", "min-height", "max-height",
		"border-collapse", "border-spacing", "table-layout", "caption-side", "empty-cells", "list-style", "list-style-type", "list-style-position", "box-sizing", "overflow-wrap", "word-break":
		return true
	}
	for _, family := range []string{"margin", "padding", "border"} {
		if rest, ok := strings.CutPrefix(name, family); ok && isSideOf(rest) {
			return true
		}
	}
	return false
}

// isSideOf reports whether rest makes a property of a box: "", "-top", "-left-width".
func isSideOf(rest string) bool {
	for _, side := range []string{"-top", "-right", "-bottom", "-left"} {
		if after, ok := strings.CutPrefix(rest, side); ok {
			rest = after
			break
		}
	}
	switch rest {
	case "", "-width", "-style", "-color":
		return true
	}
	return false
}

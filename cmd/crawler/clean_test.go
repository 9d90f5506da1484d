package main

import (
	"strings"

	"example.com/edgard/harmless"
)

// uncoloured takes the SGR sequences out of s.
func uncoloured(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(rest, "m")
	}
}

// dangerous reports whether r steers a terminal.
func dangerous(r rune) bool { return harmless.Text(string(r)) != string(r) }

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/harmless"
)

func TestLinesBreakAtBlanksAndLongWordsStayWhole(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"one", 10, []string{"one"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"  one   two ", 20, []string{"one two"}},
		{"incomprehensibilities a b", 5, []string{"incomprehensibilities", "a b"}},
		{"株式会社 株式会社", 8, []string{"株式会社", "株式会社"}},
	} {
		if diff := cmp.Diff(c.want, wrap(c.text, c.width)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got):\n%s", c.text, c.width, diff)
		}
	}
}

func TestTablesKeepTheirColumns(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"numbers", "Revenue\t$\t12.4\nNet income\t\t3.1", "Revenue     $  12.4\nNet income     3.1\n"},
		{"an empty column takes no room", "a\t\tb\nlong\t\tc", "a     b\nlong  c\n"},
		{"rows of different length", "a\tb\tc\nd", "a  b  c\nd\n"},
		{"two tables", "a\tb\ntext\nlonger\td", "a  b\ntext\nlonger  d\n"},
		{"blank lines between", "a\tb\n\nc", "a  b\n\nc\n"},
	} {
		if diff := cmp.Diff(c.want, layout(c.text, 0, 40)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func FuzzALayoutLosesNoWordAndKeepsToItsWidth(f *testing.F) {
	for _, s := range []string{"", "a b c", "a\tb\nc\td", "\t\t\n\n", "株式会社\tx", strings.Repeat("word ", 50)} {
		f.Add(s, 40)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 10 + max(width, 0)%200
		s = harmless.Text(s)
		got := layout(s, 2, width)
		if diff := cmp.Diff(strings.Fields(s), strings.Fields(got)); diff != "" {
			t.Errorf("words differ (-want +got):\n%s", diff)
		}
		for line := range strings.Lines(got) {
			if n := textWidth(strings.TrimRight(line, "\n")); n > width && strings.ContainsAny(strings.TrimSpace(line), " ") {
				t.Errorf("line of %d columns, want at most %d: %q", n, width, line)
			}
		}
	})
}

func FuzzACutTextFits(f *testing.F) {
	f.Add("Meridian Kelp Works", 10)
	f.Add("株式会社", 3)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 1 + max(width, 0)%100
		s = harmless.Line(s)
		got := cut(s, width)
		if n := textWidth(got); n > width {
			t.Errorf("cut(%q, %d) = %q of %d columns", s, width, got, n)
		}
		if textWidth(s) <= width && got != s {
			t.Errorf("cut(%q, %d) = %q, though it fits", s, width, got)
		}
	})
}

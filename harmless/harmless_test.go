package harmless

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestControlCharactersBecomeVisibleSigns(t *testing.T) {
	for _, c := range []struct{ in, text, line string }{
		{"plain", "plain", "plain"},
		{"a\tb\n c", "a\tb\n c", "a b c"},
		{"  a  b ", "  a  b ", "a b"},
		{"\x1b[31mred", "␛[31mred", "␛[31mred"},
		{"bell\x07 del\x7f nul\x00", "bell␇ del␡ nul␀", "bell␇ del␡ nul␀"},
		{"c1 \u009b31m", "c1 \ufffd31m", "c1 \ufffd31m"},
		{"abc\u202edef\u2066", "abc\ufffddef\ufffd", "abc\ufffddef\ufffd"},
		{"\ufeffmark", "\ufffdmark", "\ufffdmark"},
		{"two\u2028lines", "two\nlines", "two lines"},
		{"bad \xff utf8", "bad \ufffd utf8", "bad \ufffd utf8"},
		{"Société Générale, 株式会社", "Société Générale, 株式会社", "Société Générale, 株式会社"},
		{"non\u00a0breaking", "non\u00a0breaking", "non breaking"},
	} {
		if got := Text(c.in); got != c.text {
			t.Errorf("Text(%q) = %q, want %q", c.in, got, c.text)
		}
		if got := Line(c.in); got != c.line {
			t.Errorf("Line(%q) = %q, want %q", c.in, got, c.line)
		}
	}
}

func FuzzCleanTextIsHarmless(f *testing.F) {
	for _, s := range []string{"", "a b", "\x1b]0;x\x07", "\u202e", "\xc2\x9b", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{Text(s), Line(s)} {
			if !utf8.ValidString(got) {
				t.Errorf("%q: got invalid UTF-8 %q", s, got)
			}
			if i := strings.IndexFunc(got, dangerous); i >= 0 {
				t.Errorf("%q: got %q, harmful at %d", s, got, i)
			}
		}
		if got := Line(s); strings.ContainsAny(got, "\n\t") || got != Line(got) {
			t.Errorf("Line(%q) = %q is no single line", s, got)
		}
	})
}

func dangerous(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || isUnsafe(r) }

func FuzzJSONLinesAreHarmlessAndMeanTheSame(f *testing.F) {
	f.Add("a\x1b\u009b\u202e\x7f<&>\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		line, err := JSON(map[string]string{"s": s})
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(strings.TrimSuffix(string(line), "\n"), func(r rune) bool { return dangerous(r) || r == '\n' }); i >= 0 {
			t.Errorf("%q: harmful at %d", line, i)
		}
		var back map[string]string
		if err := json.Unmarshal(line, &back); err != nil || back["s"] != s {
			t.Errorf("%q came back as %q, %v", s, back["s"], err)
		}
	})
}

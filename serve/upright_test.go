package serve

import "testing"

func TestNoTextOfAPageRunsBackwards(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "",
		"name\u202ecod.exe":          "name\ufffdcod.exe",
		"\u202a\u202b\u202c\u202d":   "\ufffd\ufffd\ufffd\ufffd",
		"\u2066a\u2067\u2068b\u2069": "\ufffda\ufffd\ufffdb\ufffd",
		"\u05d0\u05d1 \u200f – “x”…": "\u05d0\u05d1 \u200f – “x”…",
		"cut \xe2\x80":               "cut \xe2\x80",
	} {
		if got := string(upright([]byte(in))); got != want {
			t.Errorf("upright(%q) = %q, want %q", in, got, want)
		}
	}
}

package near

import "testing"

func TestTheNearestWordIsSuggested(t *testing.T) {
	words := []string{"list", "show", "sync", "status", "parse", "version"}
	for _, c := range []struct{ given, want string }{
		{"lst", "list"},
		{"sycn", "sync"},
		{"stauts", "status"},
		{"shwo", "show"},
		{"versoin", "version"},
		{"pxxse", "parse"},
		{"pxxxe", ""},
		{"frobnicate", ""},
		{"x", ""},
		{"", ""},
	} {
		if got := Word(c.given, words); got != c.want {
			t.Errorf("Word(%q) = %q, want %q", c.given, got, c.want)
		}
	}
}

func TestDistanceCountsSingleEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"abc", "ab", 1}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := distance(c.b, c.a); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

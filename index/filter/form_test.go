package filter

import (
	"fmt"
	"testing"
)

func TestFormTypesAreTakenAsEDGARSpellsThem(t *testing.T) {
	for _, c := range []struct {
		in   []string
		want string
	}{
		{[]string{"8-K", "8-K/A"}, "[8-K 8-K/A]"},
		{[]string{"10-Q"}, "[10-Q]"},
		{[]string{"8k"}, "[]"}, {[]string{"8-k"}, "[]"}, {[]string{"8-k12b"}, "[]"}, {[]string{"8K/A"}, "[]"}, {[]string{"8-K|"}, "[]"}, {[]string{""}, "[]"},
	} {
		fs, err := Forms(c.in)
		if got := fmt.Sprint(fs); got != c.want || (err == nil) != (c.want != "[]") {
			t.Errorf("Forms(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestItemNumbersOfBothSystemsAreKnown(t *testing.T) {
	for _, good := range []string{"1.01", "9.01", "5.02", "1", "12", "13"} {
		if err := CheckItems([]string{good}); err != nil {
			t.Errorf("%q is refused: %v", good, err)
		}
	}
	for _, bad := range []string{"", "0", "14", "01", "2.10", "5.09", "2.2", "2.022", "a.bc", "10.01", "2,02", "0.01"} {
		if CheckItems([]string{bad}) == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

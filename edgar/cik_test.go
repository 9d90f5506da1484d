package edgar_test

import (
	"encoding/json"
	"testing"

	"example.com/edgard/edgar"
)

func TestCIKIsOneToTenDigits(t *testing.T) {
	for _, tt := range []struct{ in, want, padded string }{
		{"320193", "320193", "0000320193"},
		{"0000320193", "320193", "0000320193"},
		{"1", "1", "0000000001"},
		{"9999999999", "9999999999", "9999999999"},
	} {
		c, err := edgar.ParseCIK(tt.in)
		if err != nil || c.String() != tt.want || c.Padded() != tt.padded || c.IsZero() {
			t.Errorf("ParseCIK(%q) = %q, %q, %v; want %q, %q", tt.in, c, c.Padded(), err, tt.want, tt.padded)
		}
	}
	for _, in := range []string{"", "0", "0000000000", "00000320193", "12345678901", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "١", "320193\n"} {
		if c, err := edgar.ParseCIK(in); err == nil || !c.IsZero() {
			t.Errorf("ParseCIK(%q) = %v, %v; want an error", in, c, err)
		}
	}
}

func TestCIKOfNumberStaysInItsRange(t *testing.T) {
	for _, n := range []int64{1, 320193, 9_999_999_999} {
		if c, err := edgar.CIKFromInt(n); err != nil || c.Int() != n {
			t.Errorf("CIKFromInt(%d) = %d, %v", n, c.Int(), err)
		}
	}
	for _, n := range []int64{0, -1, 10_000_000_000, -1 << 63, 1<<63 - 1} {
		if c, err := edgar.CIKFromInt(n); err == nil || !c.IsZero() {
			t.Errorf("CIKFromInt(%d) = %v, %v; want an error", n, c, err)
		}
	}
}

func TestCIKReadsBothSpellingsOfJSONAndWritesTheNumber(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"320193", "320193"}, {`"0000320193"`, "320193"}, {"0", "0"}, {`""`, "0"}, {`"0"`, "0"}, {"null", "0"},
	} {
		var c edgar.CIK
		if err := json.Unmarshal([]byte(tt.in), &c); err != nil {
			t.Errorf("%s: %v", tt.in, err)
		}
		if out, err := json.Marshal(c); err != nil || string(out) != tt.want {
			t.Errorf("%s: got %s, %v; want %s", tt.in, out, err, tt.want)
		}
	}
	for _, in := range []string{"-1", "1.5", "1e3", "99999999999", `"null"`, `"x"`, "true", "[]", "{}", `"`} {
		c := cik(t, "7")
		if err := json.Unmarshal([]byte(in), &c); err == nil || c != cik(t, "7") {
			t.Errorf("%s: got %v, %v; want an error and the value kept", in, c, err)
		}
	}
}

func TestCIKsCompareAsNumbers(t *testing.T) {
	if got := cik(t, "9").Compare(cik(t, "10")); got != -1 {
		t.Errorf("9 against 10: got %d, want -1", got)
	}
	if got := (edgar.CIK{}); got.String() != "" || !got.IsZero() {
		t.Errorf("zero CIK: got %q, want none", got)
	}
}

func FuzzParseCIK(f *testing.F) {
	for _, s := range []string{"320193", "0000320193", "0", "", "12345678901"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := edgar.ParseCIK(s)
		if err != nil {
			return
		}
		for _, again := range []string{c.String(), c.Padded()} {
			if d, err := edgar.ParseCIK(again); err != nil || d != c {
				t.Errorf("%q: %q is read as %v, %v", s, again, d, err)
			}
		}
	})
}

func cik(t testing.TB, s string) edgar.CIK {
	t.Helper()
	c, err := edgar.ParseCIK(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

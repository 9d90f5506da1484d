package edgar_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
)

func TestAccessionHasTwoSpellings(t *testing.T) {
	for _, tt := range []struct{ in, dashed, digits string }{
		{"0000320193-24-000001", "0000320193-24-000001", "000032019324000001"},
		{"000032019324000001", "0000320193-24-000001", "000032019324000001"},
		{"9999999999-99-999999", "9999999999-99-999999", "999999999999999999"},
		{"0000000001-00-000000", "0000000001-00-000000", "000000000100000000"},
		{"0000000000-00-000001", "0000000000-00-000001", "000000000000000001"},
	} {
		a, err := edgar.ParseAccession(tt.in)
		if err != nil || a.String() != tt.dashed || a.Digits() != tt.digits || a.IsZero() {
			t.Errorf("ParseAccession(%q) = %q, %q, %v; want %q, %q", tt.in, a, a.Digits(), err, tt.dashed, tt.digits)
		}
	}
	for _, in := range []string{
		"", "0000000000-00-000000", "000000000000000000", "320193-24-000001", "0000320193-24-00001", "0000320193-24-0000001",
		"0000320193_24_000001", "000032019324-000001", "0000320193-24000001", " 0000320193-24-000001", "0000320193-24-000001.txt",
		"000032019-324-000001", "0000320193-2a-000001", "+000320193-24-000001", "00003201932400000", "0000320193240000012",
	} {
		if a, err := edgar.ParseAccession(in); err == nil || !a.IsZero() {
			t.Errorf("ParseAccession(%q) = %v, %v; want an error", in, a, err)
		}
	}
}

func TestAccessionKeysSortAsTheirStringsDo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []edgar.Accession
	for range 300 {
		b := make([]byte, 18)
		for i := range b {
			b[i] = '0' + byte(r.IntN(10))
		}
		all = append(all, accession(t, string(b)))
	}
	slices.SortFunc(all, edgar.Accession.Compare)
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if got, want := bytes.Compare(a.AppendKey(nil), b.AppendKey(nil)), strings.Compare(a.String(), b.String()); got != want || want > 0 {
			t.Errorf("%v against %v: keys %d, strings %d", a, b, got, want)
		}
		if got := cmp.Compare(a.Digits(), b.Digits()); got > 0 {
			t.Errorf("%v sorts before %v", a, b)
		}
	}
}

func TestAccessionKeyIsEightBytesAndReadBack(t *testing.T) {
	a := accession(t, "9999999997-21-005932")
	key := a.AppendKey([]byte("x"))
	if len(key) != 9 || key[0] != 'x' {
		t.Fatalf("got key %x, want x and eight bytes", key)
	}
	if got, err := edgar.AccessionFromKey(key[1:]); err != nil || got != a {
		t.Errorf("got %v, %v; want %v", got, err, a)
	}
	for _, b := range [][]byte{nil, key, key[:8:8][:7], make([]byte, 8), bytes.Repeat([]byte{0xff}, 8)} {
		if got, err := edgar.AccessionFromKey(b); err == nil {
			t.Errorf("AccessionFromKey(%x) = %v, want an error", b, got)
		}
	}
}

func TestAccessionsAreTextInJSON(t *testing.T) {
	in := map[edgar.Accession][]edgar.Accession{accession(t, "000032019324000001"): {accession(t, "0000320193-24-000002"), {}}}
	b, err := json.Marshal(in)
	if want := `{"0000320193-24-000001":["0000320193-24-000002",""]}`; err != nil || string(b) != want {
		t.Fatalf("got %s, %v; want %s", b, err, want)
	}
	var out map[edgar.Accession][]edgar.Accession
	if err := json.Unmarshal(b, &out); err != nil || !slices.Equal(out[accession(t, "0000320193-24-000001")], in[accession(t, "0000320193-24-000001")]) {
		t.Errorf("got %v, %v; want %v", out, err, in)
	}
	a := accession(t, "0000320193-24-000001")
	if err := a.UnmarshalText([]byte("x")); err == nil || a.IsZero() {
		t.Errorf("got %v, %v; want an error and the value kept", a, err)
	}
	if z := (edgar.Accession{}); z.String() != "" || z.Digits() != "" {
		t.Errorf("zero accession: got %q and %q, want none", z, z.Digits())
	}
}

func FuzzParseAccession(f *testing.F) {
	for _, s := range []string{"0000320193-24-000001", "000032019324000001", "0000000000-00-000000", "0000320193-24-00000", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := edgar.ParseAccession(s)
		if err != nil {
			return
		}
		if a.String() != s && a.Digits() != s {
			t.Errorf("%q is written %q and %q", s, a, a.Digits())
		}
		if b, err := edgar.AccessionFromKey(a.AppendKey(nil)); err != nil || b != a {
			t.Errorf("%q: its key is read as %v, %v", s, b, err)
		}
	})
}

func accession(t testing.TB, s string) edgar.Accession {
	t.Helper()
	a, err := edgar.ParseAccession(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

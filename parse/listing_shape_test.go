package parse

import (
	"testing"

	"example.com/edgard/edgar"
)

func FuzzListingShapesAgreeWithPackageEdgar(f *testing.F) {
	for _, s := range []string{"8-K", "SC 13G/A", " 8-K", "8-K ", "8  K", "8|K", "", "a form of twenty one", "20240131", "2024-01-31",
		"2024-1-310", "0000320193-24-000001", "0000320193-24-00000a", "00003201932400000123", "12345678", "1234567:", "/2345678"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := edgar.ParseForm(string(b)); (err == nil) != isForm(b) {
			t.Errorf("isForm(%q) = %v, edgar.ParseForm: %v", b, isForm(b), err)
		}
		if _, err := edgar.ParseDate(string(b)); err == nil && !isDate(b) {
			t.Errorf("isDate(%q) = false, edgar.ParseDate takes it", b)
		}
		if len(b) == 8 && areDigits(eight(b)) != isDigits(b) {
			t.Errorf("areDigits(%q) = %v, isDigits = %v", b, areDigits(eight(b)), isDigits(b))
		}
		if want := len(b) == 20 && b[10] == '-' && b[13] == '-' && isDigits(b[:10]) && isDigits(b[11:13]) && isDigits(b[14:]); isAccession(b) != want {
			t.Errorf("isAccession(%q) = %v, want %v", b, !want, want)
		}
	})
}

func TestEveryOtherByteSpoilsADateAndAnAccession(t *testing.T) {
	for _, tt := range []struct {
		good string
		is   func([]byte) bool
	}{
		{"20240131", isDate}, {"2024-01-31", isDate}, {"0123456789-24-012389", isAccession}, {"9876543210-99-999990", isAccession},
	} {
		for i := range len(tt.good) {
			b := []byte(tt.good)
			digit := b[i] != '-'
			for c := range 256 {
				b[i] = byte(c)
				want := byte(c) == '-' && !digit || digit && c >= '0' && c <= '9'
				if tt.is(b) != want {
					t.Errorf("%q: got %v, want %v", b, !want, want)
				}
			}
		}
	}
}

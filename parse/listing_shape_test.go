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
		if _, err := edgar.ParseAccession(string(b)); len(b) == 20 && err == nil && !isAccession(b) {
			t.Errorf("isAccession(%q) = false, edgar.ParseAccession takes it", b)
		}
		if len(b) == 8 && isEightDigits(b) != isDigits(b) {
			t.Errorf("isEightDigits(%q) = %v, isDigits = %v", b, isEightDigits(b), isDigits(b))
		}
		if isDate(b) && !isDigits(b[:4]) || isAccession(b) && !isDigits(b[:10]) {
			t.Errorf("%q passes for date or accession number", b)
		}
	})
}

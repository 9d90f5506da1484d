package edgar

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// CIK is a central index key: the number, of one to ten digits, that EDGAR
// gives to everyone who files or is filed about. It is never reused.
type CIK struct{ n uint64 }

const maxCIK = 9_999_999_999

// ParseCIK reads a CIK of one to ten digits, with or without leading zeros.
func ParseCIK(s string) (CIK, error) {
	n, ok := digits(s)
	if !ok || len(s) > 10 || n == 0 {
		return CIK{}, fmt.Errorf("CIK %q: want 1 to 10 digits, not all zero", strings.Clone(s))
	}
	return CIK{n}, nil
}

// CIKFromInt makes a CIK of its number, as the JSON files of EDGAR carry it.
func CIKFromInt(n int64) (CIK, error) {
	if n < 1 || n > maxCIK {
		return CIK{}, fmt.Errorf("CIK %d: want a number from 1 to %d", n, int64(maxCIK))
	}
	return CIK{uint64(n)}, nil
}

// IsZero reports whether c is no CIK at all.
func (c CIK) IsZero() bool { return c.n == 0 }

// Int returns the number itself, at most 9,999,999,999.
func (c CIK) Int() int64 { return int64(c.n) }

// String returns the digits without leading zeros, as paths and listings have
// them, and "" for the zero CIK.
func (c CIK) String() string {
	if c.n == 0 {
		return ""
	}
	return strconv.FormatUint(c.n, 10)
}

// Padded returns the ten digits that submission headers and data.sec.gov use.
func (c CIK) Padded() string { return fmt.Sprintf("%010d", c.n) }

// Compare orders CIKs by number.
func (c CIK) Compare(d CIK) int { return cmp.Compare(c.n, d.n) }

// MarshalJSON writes the number, 0 for none.
func (c CIK) MarshalJSON() ([]byte, error) { return strconv.AppendUint(nil, c.n, 10), nil }

// UnmarshalJSON reads a number, or the digits as a string; 0 and "" mean none.
func (c *CIK) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		s = ""
	}
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	if s == "0" || s == "" {
		*c = CIK{}
		return nil
	}
	v, err := ParseCIK(s)
	if err == nil {
		*c = v
	}
	return err
}

// digits returns the value of a string of 1 to 18 decimal digits.
func digits(s string) (n uint64, ok bool) {
	if len(s) == 0 || len(s) > 18 {
		return 0, false
	}
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n, true
}

// appendPadded appends n in so many decimal digits, the first of them zeros.
func appendPadded(b []byte, n uint64, digits int) []byte {
	b = append(b, "0000000000"[:digits]...)
	for i := len(b) - 1; n > 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return b
}

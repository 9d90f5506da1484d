package edgar

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"strings"
)

// Accession is an accession number, the one name of a submission:
// FFFFFFFFFF-YY-NNNNNN, where F is the CIK of the login that transmitted it
// (often a filing agent, so never a path's CIK), YY the year and N a counter.
type Accession struct{ n uint64 }

const maxAccession = 999_999_999_999_999_999

// ParseAccession reads the dashed form of 20 characters, or the 18 digits that
// EDGAR names folders with.
func ParseAccession(s string) (Accession, error) {
	d := s
	if len(s) == 20 && s[10] == '-' && s[13] == '-' {
		d = s[:10] + s[11:13] + s[14:]
	}
	n, ok := digits(d)
	if !ok || len(d) != 18 || n == 0 {
		return Accession{}, fmt.Errorf("accession number %q: want the form 0000320193-24-000001", strings.Clone(s))
	}
	return Accession{n}, nil
}

// AccessionFromKey is the inverse of Key.
func AccessionFromKey(b []byte) (Accession, error) {
	if len(b) != 8 {
		return Accession{}, fmt.Errorf("accession key of %d bytes: want 8", len(b))
	}
	n := binary.BigEndian.Uint64(b)
	if n == 0 || n > maxAccession {
		return Accession{}, fmt.Errorf("accession key %x: out of range", b)
	}
	return Accession{n}, nil
}

// IsZero reports whether a is no accession number at all.
func (a Accession) IsZero() bool { return a.n == 0 }

// String returns the dashed form, "" for none.
func (a Accession) String() string {
	if a.n == 0 {
		return ""
	}
	b := appendPadded(make([]byte, 0, 20), a.n/1e8, 10)
	b = appendPadded(append(b, '-'), a.n/1e6%100, 2)
	return string(appendPadded(append(b, '-'), a.n%1e6, 6))
}

// Digits returns the 18 digits without dashes, "" for none.
func (a Accession) Digits() string {
	if a.n == 0 {
		return ""
	}
	return fmt.Sprintf("%018d", a.n)
}

// AppendKey appends eight bytes, big-endian, that sort as the numbers do.
func (a Accession) AppendKey(b []byte) []byte { return binary.BigEndian.AppendUint64(b, a.n) }

// Compare orders accession numbers as their strings sort.
func (a Accession) Compare(b Accession) int { return cmp.Compare(a.n, b.n) }

// MarshalText writes the dashed form.
func (a Accession) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what ParseAccession reads; empty text means none.
func (a *Accession) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*a = Accession{}
		return nil
	}
	v, err := ParseAccession(string(b))
	if err == nil {
		*a = v
	}
	return err
}

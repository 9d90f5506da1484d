package edgar

import (
	"fmt"
	"strings"
)

// Form is a submission type as EDGAR spells it: "8-K", "10-Q/A", "SC 13G".
type Form struct{ name string }

// ParseForm reads a submission type: 1 to 20 printable ASCII characters in
// single-blank-separated words. It checks the shape, not a list of forms: EDGAR
// adds new ones.
func ParseForm(s string) (Form, error) {
	bad := len(s) == 0 || len(s) > 20 || s[0] == ' ' || s[len(s)-1] == ' ' || strings.Contains(s, "  ")
	for i := 0; i < len(s) && !bad; i++ {
		bad = s[i] < ' ' || s[i] > '~' || s[i] == '|'
	}
	if bad {
		return Form{}, fmt.Errorf("form type %q: want a type such as 8-K or 8-K/A", s)
	}
	return Form{s}, nil
}

// CurrentReports returns the eight types of a Form 8-K submission: the report
// itself, the three successor-issuer variants, and the amendment of each.
func CurrentReports() []Form {
	return []Form{{"8-K"}, {"8-K/A"}, {"8-K12B"}, {"8-K12B/A"}, {"8-K12G3"}, {"8-K12G3/A"}, {"8-K15D5"}, {"8-K15D5/A"}}
}

// IsZero reports whether f is no form at all.
func (f Form) IsZero() bool { return f.name == "" }

// String returns the type as EDGAR spells it.
func (f Form) String() string { return f.name }

// IsCurrentReport reports whether f is one of CurrentReports.
func (f Form) IsCurrentReport() bool {
	switch strings.TrimSuffix(f.name, "/A") {
	case "8-K", "8-K12B", "8-K12G3", "8-K15D5":
		return true
	}
	return false
}

// IsAmendment reports whether f amends an earlier submission.
func (f Form) IsAmendment() bool { return strings.HasSuffix(f.name, "/A") }

// Base returns the form that f amends: of "8-K/A" it is 8-K. Of a form that amends
// nothing it is the form itself.
func (f Form) Base() Form { return Form{strings.TrimSuffix(f.name, "/A")} }

// Amendment returns the form that amends f: of 8-K it is "8-K/A". Of a form that
// amends it is the form itself.
func (f Form) Amendment() Form { return Form{f.Base().name + "/A"} }

// Compare orders forms bytewise, as form listings do.
func (f Form) Compare(g Form) int { return strings.Compare(f.name, g.name) }

// MarshalText writes the type as EDGAR spells it.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.name), nil }

// UnmarshalText reads what ParseForm reads; empty text means none.
func (f *Form) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*f = Form{}
		return nil
	}
	v, err := ParseForm(string(b))
	if err == nil {
		*f = v
	}
	return err
}

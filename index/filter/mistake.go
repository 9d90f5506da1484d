package filter

import "fmt"

// A Mistake is a value, or a combination of values, that makes no sense. Its message
// names the parameter as its user knows it, and says what is expected.
type Mistake struct {
	Parameter string // the name of the parameter; of a range the one that begins it
	origin    string // how it was given: "--item", or "item"; "" when err says it
	err       error
}

func (m *Mistake) Error() string {
	if m.origin == "" {
		return m.err.Error()
	}
	return m.origin + ": " + m.err.Error()
}

// Unwrap returns what is wrong, without the parameter's name.
func (m *Mistake) Unwrap() error { return m.err }

// mistake makes a Mistake about a parameter.
func (r *Reader) mistake(name, format string, args ...any) error {
	return &Mistake{name, r.named(name), fmt.Errorf(format, args...)}
}

// exclusive is the Mistake of giving two parameters that exclude each other.
func (r *Reader) exclusive(one, other string) error {
	return &Mistake{one, "", fmt.Errorf("%s and %s exclude each other: give one of them", r.named(one), r.named(other))}
}

package parse

import "example.com/edgard/edgar"

const maxForms = 1000 // EDGAR has about 700 types

// wanted is the set of forms that a reader of a listing asked for. It says no
// quickly, and yes without making a new string for each row.
type wanted struct {
	all   bool
	first [256]bool // whether a wanted form begins with the byte
	forms map[string]edgar.Form
}

func newWanted(forms []edgar.Form) wanted {
	w := wanted{all: len(forms) == 0, forms: make(map[string]edgar.Form)}
	for _, f := range forms {
		if !f.IsZero() {
			w.first[f.String()[0]] = true
			w.forms[f.String()] = f
		}
	}
	return w
}

// form returns the form that b spells and whether it is wanted; b must be of a
// form's shape.
func (w *wanted) form(b []byte) (edgar.Form, bool) {
	if !w.all && !w.first[b[0]] {
		return edgar.Form{}, false
	}
	f, ok := w.forms[string(b)]
	if ok || !w.all {
		return f, ok
	}
	f, err := edgar.ParseForm(string(b))
	if err != nil {
		return edgar.Form{}, false
	}
	if len(w.forms) < maxForms {
		w.forms[f.String()] = f
	}
	return f, true
}

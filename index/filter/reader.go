package filter

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"example.com/edgard/index"
	"example.com/edgard/near"
	"example.com/edgard/parse"
)

// A Reader turns words into queries.
type Reader struct {
	Index index.Reader                     // resolves tickers
	Now   time.Time                        // what spans such as 7d count back from
	Named func(parameter string) string    // how messages name a parameter; nil: as it is
	Note  func(format string, args ...any) // receives remarks on how words were understood, for the user; may be nil
}

// Query reads words. What is wrong with them is a *Mistake; any other error comes from
// the index. The query's Limit is the one given, 0 when none was.
func (r Reader) Query(w Words) (q index.Query, err error) {
	for _, read := range []func(Words, *index.Query) error{
		r.readIssuers, r.readFilers, r.readForms, r.readContent, r.readMarks, r.readRanges, r.readPaging,
	} {
		if err := read(w, &q); err != nil {
			return index.Query{}, err
		}
	}
	return q, nil
}

func (r *Reader) named(parameter string) string {
	if r.Named == nil {
		return parameter
	}
	return r.Named(parameter)
}

func (r *Reader) readFilers(w Words, q *index.Query) error {
	q.Name = w.One("name")
	if q.Name != "" && !strings.ContainsFunc(q.Name, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
		return r.mistake("name", "%q has no letter and no digit to look for", clip(q.Name))
	}
	for _, s := range w["sic"] {
		if !isDigits(s) || len(s) > 4 {
			return r.mistake("sic", "%q is no SIC code: want four digits such as 2834, or the first of them", clip(s))
		}
	}
	q.SICs = w["sic"]
	for _, s := range w["state"] {
		s = strings.ToUpper(s)
		if len(s) != 2 || strings.ContainsFunc(s, func(c rune) bool { return c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			return r.mistake("state", "%q is no state: want EDGAR's code of two characters, such as DE, or A6 for Ontario", clip(s))
		}
		q.States = append(q.States, s)
	}
	return nil
}

func (r *Reader) readForms(w Words, q *index.Query) (err error) {
	if q.Forms, err = Forms(w["form"]); err != nil {
		return r.mistake("form", "%w", err)
	}
	return nil
}

func (r *Reader) readContent(w Words, q *index.Query) error {
	q.Items, q.AllItems, q.Exhibits = w["item"], w["all-items"], w["exhibit"]
	for _, name := range []string{"item", "all-items"} {
		if err := CheckItems(w[name]); err != nil {
			return r.mistake(name, "%w", err)
		}
	}
	for _, x := range q.Exhibits {
		if x = strings.TrimPrefix(x, "="); x == "" || x[0] < '0' || x[0] > '9' || len(x) > 20 || strings.ContainsFunc(x, unicode.IsControl) {
			return r.mistake("exhibit", "%q is no exhibit number: want one such as 99.1, or 99 for all that begin so", clip(x))
		}
	}
	for _, c := range w["warning"] {
		if codes := parse.Codes(); !slices.Contains(codes, parse.Code(c)) {
			return r.mistake("warning", "%q is no code of a warning%s", clip(c), hint(c, codes))
		}
		q.Warnings = append(q.Warnings, parse.Code(c))
	}
	return nil
}

// hint names the code that c may stand for, or all.
func hint(c string, codes []parse.Code) string {
	var names []string
	for _, code := range codes {
		names = append(names, string(code))
	}
	if h := near.DidYouMean(c, names, ""); h != "" {
		return h
	}
	return ": want one of " + strings.Join(names, ", ")
}

// readMarks reads what is so of a filing or is not.
func (r *Reader) readMarks(w Words, q *index.Query) error {
	amendment, err := r.readSwitch(w, "amendment")
	if err != nil {
		return err
	}
	original, err := r.readSwitch(w, "original")
	if err != nil {
		return err
	}
	switch {
	case amendment != nil && original != nil:
		return r.exclusive("amendment", "original")
	case amendment != nil:
		q.Amendment = amendment
	case original != nil:
		no := !*original
		q.Amendment = &no
	}
	q.Withdrawn, err = r.readSwitch(w, "withdrawn")
	return err
}

// readSwitch returns what a switch is set to, nil when it is not given.
func (r *Reader) readSwitch(w Words, name string) (*bool, error) {
	if len(w[name]) == 0 {
		return nil, nil
	}
	on, err := strconv.ParseBool(w.One(name))
	if err != nil {
		return nil, r.mistake(name, "%q: want true or false", clip(w.One(name)))
	}
	return &on, nil
}

func (r *Reader) readPaging(w Words, q *index.Query) error {
	oldest, err := r.readSwitch(w, "oldest-first")
	if err != nil {
		return err
	}
	q.OldestFirst = oldest != nil && *oldest
	q.After = w.One("after")
	q.Limit, _, err = w.Whole("limit")
	return err
}

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

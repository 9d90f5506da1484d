package serve

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// asked is what the URL of the timeline asks for.
type asked struct {
	query  index.Query
	plain  url.Values // the same in the API's parameters, without paging
	issuer string     // how the issuer was understood, where that is not plain
	words  []string   // to be found in the text of items, folded; nil for none
}

// asked reads the parameters of the timeline: those of the API, and two that are for
// people. issuer is a CIK, a ticker or words of a name; words are looked for in items.
func (s *Server) asked(values url.Values) (a asked, err error) {
	a.plain = filter.WithoutEmpty(values)
	issuer, words := strings.TrimSpace(a.plain.Get("issuer")), a.plain.Get("words")
	a.plain.Del("issuer")
	a.plain.Del("words")
	if words != "" {
		a.words = wordsOf(words)
		switch n := len(a.words); {
		case n == 0:
			return a, badParameter("words", "there is no letter and no digit to look for")
		case n > searchWords:
			return a, badParameter("words", "%d are given: at most %d are looked for", n, searchWords)
		}
	}
	err = s.Index(func(ix index.Reader) (err error) {
		a.issuer = ""
		plain := clone(a.plain)
		if err := a.understand(ix, plain, issuer); err != nil {
			return err
		}
		w, err := filter.FromURL(plain, filter.Listing())
		if err != nil {
			return err
		}
		plain.Del("after")
		note := func(format string, args ...any) { a.note(format, args...) }
		if a.query, err = (filter.Reader{Index: ix, Now: time.Now(), Note: note}).Query(w); err == nil {
			a.plain = plain
		}
		return err
	})
	a.query.Limit = pageLength
	return a, err
}

// understand finds out what the text in the field for an issuer means, and says it in
// the API's parameters.
func (a *asked) understand(ix index.Reader, plain url.Values, text string) error {
	switch {
	case text == "":
		return nil
	case len(text) <= 10 && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }):
		plain.Add("cik", text)
		return a.nameIssuer(ix, text)
	case len(text) <= 12 && !strings.ContainsFunc(text, unicode.IsSpace) && !strings.Contains(text, ","):
		_, err := ix.Symbols(text)
		if err == nil {
			plain.Add("ticker", text)
			a.note("%s is read as a ticker: for names that begin with it, add a word of the name.", strings.ToUpper(text))
		}
		if !errors.Is(err, index.ErrNotFound) {
			return err
		}
	}
	plain.Set("name", strings.TrimSpace(plain.Get("name")+" "+text))
	return nil
}

// nameIssuer says whose the CIK is that was asked for.
func (a *asked) nameIssuer(ix index.Reader, text string) error {
	c, err := edgar.ParseCIK(text)
	if err != nil {
		return nil // the filter tells
	}
	is, err := ix.Issuer(c)
	if err == nil && is.Name != "" {
		a.note("CIK %s is %s.", text, strings.TrimSuffix(is.Name, "."))
	}
	if errors.Is(err, index.ErrNotFound) {
		return nil
	}
	return err
}

// note adds a sentence on how something was understood.
func (a *asked) note(format string, args ...any) {
	said := sentenceCase(strings.TrimSuffix(fmt.Sprintf(format, args...), "."))
	a.issuer = strings.TrimSpace(a.issuer + " " + said + ".")
}

func clone(values url.Values) url.Values {
	out := make(url.Values, len(values))
	for name, vs := range values {
		out[name] = slices.Clone(vs)
	}
	return out
}

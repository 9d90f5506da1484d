package filter

import (
	"fmt"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/near"
	"example.com/edgard/parse"
)

// Forms reads exact form types and catches misspelled 8-Ks.
func Forms(words []string) ([]edgar.Form, error) {
	forms := make([]edgar.Form, 0, len(words))
	for _, w := range words {
		f, err := edgar.ParseForm(w)
		if err != nil {
			return nil, err
		}
		up, _ := edgar.ParseForm(strings.ToUpper(w))
		if !f.IsCurrentReport() && (up.IsCurrentReport() || strings.EqualFold(w, "8K") || strings.EqualFold(w, "8K/A")) {
			return nil, fmt.Errorf("%q is no form type of EDGAR%s", w, near.DidYouMean(up.String(), currentReports(), ""))
		}
		forms = append(forms, f)
	}
	return forms, nil
}

func currentReports() (names []string) {
	for _, f := range edgar.CurrentReports() {
		names = append(names, f.String())
	}
	return names
}

// CheckItems accepts the item numbers of both systems, that of today and the one
// before 23 August 2004.
func CheckItems(numbers []string) error {
	for _, n := range numbers {
		if !isItem(n) {
			return fmt.Errorf("%q is no item number: want one such as 2.02, or 1 to 13 for filings before 23 August 2004%s", clip(n), didYouMeanItem(n))
		}
	}
	return nil
}

func isItem(n string) bool {
	for number := range parse.Captions() {
		if number == n {
			return true
		}
	}
	return false
}

// didYouMeanItem offers the item that n may stand for. Whole numbers are all near
// each other, and so none is offered for them.
func didYouMeanItem(n string) string {
	if !strings.ContainsAny(n, ".,") {
		return ""
	}
	var numbers []string
	for number := range parse.Captions() {
		numbers = append(numbers, number)
	}
	return near.DidYouMean(n, numbers, "")
}

package browsertest

import (
	"fmt"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// addMore fills a world up until its list has several pages: a bookbinder that reports
// results each month.
func addMore(t *testing.T, w *edgartest.World) {
	t.Helper()
	for i := range 70 {
		filed := day(t, fmt.Sprintf("%d-%02d-12", 2019+i/12, 1+i%12))
		if err := w.Add(report(t, fmt.Sprintf("0009900200-%02d-%06d", filed.Year()%100, 100+i), filed, "2.02", "9.01")); err != nil {
			t.Fatal(err)
		}
	}
}

// report is an 8-K of the bookbinder.
func report(t *testing.T, accession string, filed edgar.Date, items ...string) edgartest.Submission {
	t.Helper()
	acc, err := edgar.ParseAccession(accession)
	if err != nil {
		t.Fatal(err)
	}
	cik, err := edgar.CIKFromInt(9002001)
	if err != nil {
		t.Fatal(err)
	}
	form, err := edgar.ParseForm("8-K")
	if err != nil {
		t.Fatal(err)
	}
	return edgartest.Submission{
		Accession: acc, Form: form, Filed: filed, Period: filed, Items: items,
		Filers: []edgartest.Filer{{CIK: cik, Name: "Copperfold Bookbinders Inc"}},
	}
}

package index

import (
	"slices"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func TestEntriesFiledAreThoseOfTheDaysBothEndsIncluded(t *testing.T) {
	s := openTemp(t)
	var rows []parse.Row
	first := day("2020-01-01")
	for n := range 2*maxLooked + 10 { // so that whole transactions find nothing
		rows = append(rows, row(n+1, 10, first.AddDays(n/10).String()))
	}
	discover(t, s, "long", rows...)
	for _, span := range [][2]string{{"2020-03-01", "2020-03-02"}, {"2019-01-01", "2020-01-01"}, {"2022-03-31", "2030-01-01"}, {"2024-01-01", "2024-01-02"}} {
		var want, got []edgar.Accession
		for _, r := range rows {
			if !r.Filed.Before(day(span[0])) && !day(span[1]).Before(r.Filed) {
				want = append(want, r.Accession)
			}
		}
		for e, err := range s.EntriesFiled(day(span[0]), day(span[1])) {
			must(t, err)
			got = append(got, e.Accession)
		}
		slices.SortFunc(want, edgar.Accession.Compare)
		if !slices.Equal(want, got) {
			t.Errorf("%v: %v, want %v", span, got, want)
		}
	}
}

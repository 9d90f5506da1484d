package indextest

import (
	"testing"

	"example.com/edgard/index"
)

func edition(t *testing.T, r index.Reader) {
	p, err := r.Changes(0, 1)
	wants(t, "changes", err, nil)
	got, err := r.Edition()
	same(t, "edition", index.Edition{Epoch: p.Epoch, Sequence: p.Last}, got, err)
	again, err := index.ParseEdition(got.String())
	same(t, "edition read from its name", got, again, err)
}

func tally(t *testing.T, r index.Reader) {
	want := index.Tally{Filings: 3, Months: map[string]int{"2024-01": 3}, Lags: map[int]int{1: 3}}
	want.Hours[16] = 3
	all, err := r.Tally(index.TallyQuestion{})
	same(t, "all", index.TallyPage{Tally: want}, all, err)
	want = index.Tally{Filings: 1, Months: map[string]int{"2024-01": 1}, Lags: map[int]int{1: 1}}
	want.Hours[16] = 1
	one, err := r.Tally(index.TallyQuestion{From: filed(2), To: filed(2)})
	same(t, "one day", index.TallyPage{Tally: want}, one, err)
	_, err = r.Tally(index.TallyQuestion{After: []byte("nonsense")})
	wants(t, "after", err, index.ErrToken)
}

func issuer(n int) index.Issuer {
	if n == 0 {
		return index.Issuer{CIK: filer(0), Name: nameOf(filer(0)), Tickers: []string{"KELP"}, SIC: "2834", State: "DE", First: filed(2), Last: filed(2)}
	}
	return index.Issuer{CIK: filer(1), Name: nameOf(filer(1)), SIC: "3571", State: "NV", First: filed(1), Last: filed(3)}
}

func issuers(t *testing.T, r index.Reader) {
	for n := range 2 {
		got, err := r.Issuer(filer(n))
		same(t, "issuer", issuer(n), got, err)
	}
	_, err := r.Issuer(cik(99))
	wants(t, "issuer of nothing", err, index.ErrNotFound)
}

func suggestions(t *testing.T, r index.Reader) {
	for _, tt := range []struct {
		words string
		n     int
		want  []index.Issuer
	}{
		{"KELP", 5, []index.Issuer{issuer(0)}},
		{"lamp", 5, []index.Issuer{issuer(0)}}, // it had that one
		{"ke", 5, []index.Issuer{issuer(0)}},
		{"9000001", 5, []index.Issuer{issuer(0)}},
		{" made  comp", 5, []index.Issuer{issuer(1), issuer(0)}}, // the last to file comes first
		{"company 9000002", 5, []index.Issuer{issuer(1)}},
		{"made", 1, []index.Issuer{issuer(1)}},
		{"ade", 5, nil},
		{"", 5, nil},
		{"\x00 , \xff", 5, nil},
	} {
		got, err := r.Suggest(tt.words, tt.n)
		same(t, tt.words, tt.want, got, err)
	}
}

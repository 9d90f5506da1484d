package index

import (
	"strings"
	"testing"

	"example.com/edgard/parse"
)

func TestWhatCannotStandInAKeyMisleadsNoQueryAndLeavesNoKeyBehind(t *testing.T) {
	for _, number := range []string{"99.1\x00x", "99.\xff1", "99." + strings.Repeat("1", 200), "99." + strings.Repeat("é", 80)} {
		s := openTemp(t)
		f := made(1, "2024-01-03", 10)
		f.Exhibits = []parse.Exhibit{{Number: number, Listed: true}}
		f.Filers[0].SIC, f.Filers[0].StateOfIncorporation = "35\x0071", "D\xff"
		f.Filers[0].Name = "Made\nKelp\xff \x00Works"
		must(t, s.Record(f))
		for q, want := range map[string]int{"99.1": 0, "=99.1": 0, "=99": 0, "99": 1} {
			p, err := s.Find(Query{Exhibits: []string{q}, SICs: []string{"35"}, Name: "kelp made"})
			if err != nil || len(p.Filings) != want {
				t.Errorf("exhibit %.10q: %d filings for %s, %v; want %d", number, len(p.Filings), q, err, want)
			}
		}
		checkInvariants(t, s)
		f = made(1, "2024-01-03", 10)
		must(t, s.Record(f))
		checkInvariants(t, s)
	}
}

func TestRelistingTwiceInOneCallIsRelistingOnce(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.Withdraw(acc(1), "gone"))
	if n, err := s.Relist(acc(1), acc(1)); n != 1 || err != nil {
		t.Errorf("Relist = %d, %v; want 1", n, err)
	}
	checkInvariants(t, s)
}

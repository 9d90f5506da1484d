package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func TestWhatIsDueIsCountedAsItIsYielded(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	s := openTemp(t)
	s.db.NoSync = true
	var rows []parse.Row
	for n := range 600 {
		x := row(n+1, 10, day("2022-11-01").AddDays(r.IntN(700)).String())
		x.Form = pick(r, edgar.CurrentReports(), 1)[0]
		rows = append(rows, x)
	}
	discover(t, s, "long", rows...)
	for n := range 200 {
		must(t, s.Defer(acc(r.IntN(600)+1), noon.Add(time.Duration(n-100)*time.Hour), "503"))
	}
	for n := range 100 {
		must(t, s.Record(made(n+1, rows[n].Filed.String(), 10)))
	}
	for range 60 {
		from := day("2022-10-01").AddDays(r.IntN(800))
		to := from.AddDays(r.IntN(500))
		forms := [][]edgar.Form{nil, {form("8-K")}, edgar.CurrentReports()}[r.IntN(3)]
		want := map[int]int{}
		for _, e := range due(t, s, noon) {
			if !e.Filed.Before(from) && !to.Before(e.Filed) && (forms == nil || slices.Contains(forms, e.Form)) {
				want[e.Filed.Year()]++
			}
		}
		got, err := s.DueCounts(noon, from, to, forms)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s to %s, %v: %v (-want +got):\n%s", from, to, forms, err, diff)
		}
	}
	checkInvariants(t, s)
}

func BenchmarkDueCounts(b *testing.B) {
	s := openTemp(b)
	s.db.NoSync = true
	_, err := s.Discover(kept("many"), manyRows(0, 100_000), noon)
	must(b, err)
	for name, from := range map[string]edgar.Date{"whole quarters": {}, "from a day": day("1996-02-15")} {
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			for b.Loop() {
				_, err := s.DueCounts(noon, from, day("2030-01-01"), nil)
				must(b, err)
			}
		})
	}
}

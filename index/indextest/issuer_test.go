package indextest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// populated opens an index of p, each issuer of a symbol has it in the ticker file.
func populated(t *testing.T, p *indextest.Population) *index.Store {
	t.Helper()
	dir := t.TempDir()
	must(t, load(t, dir, p))
	s, err := index.Open(dir)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	ciks := map[string]edgar.CIK{}
	for f := range p.All() {
		for _, symbol := range f.Filers[0].Tickers {
			ciks[symbol] = f.Filers[0].CIK
		}
		if f.Cover != nil {
			for _, x := range f.Cover.Securities {
				ciks[x.Symbol] = f.Filers[0].CIK
			}
		}
	}
	must(t, s.PutTickers(index.Tickers{CIKs: ciks}))
	return s
}

func tallyAll(r index.Reader, q index.TallyQuestion) (sum index.Tally, err error) {
	for {
		p, err := r.Tally(q)
		if err != nil {
			return sum, err
		}
		if sum.Add(p.Tally); p.Next == nil {
			return sum, nil
		}
		q.After = p.Next
	}
}

// counted is what a tally of filings must be, counted one by one.
func counted(p *indextest.Population, from, to edgar.Date) index.Tally {
	t := index.Tally{Months: map[string]int{}, Lags: map[int]int{}}
	for f := range p.All() {
		if f.Filed.Before(from) || to.Before(f.Filed) {
			continue
		}
		t.Filings++
		t.Months[f.Filed.String()[:7]]++
		if f.Accepted.IsZero() {
			t.Untimed++
		} else {
			t.Hours[f.Accepted.In(edgar.Eastern()).Hour()]++
		}
		switch {
		case f.Period.IsZero():
			t.Undated++
		case f.Filed.Before(f.Period):
			t.Lags[index.EarlyLag]++
		default:
			t.Lags[businessDays(f.Period, f.Filed)]++
		}
	}
	return t
}

// businessDays counts those after a day, up to another one.
func businessDays(after, to edgar.Date) (n int) {
	for d := to; after.Before(d) && n < index.MaxLag; d = d.AddDays(-1) {
		if edgar.IsBusinessDay(d) {
			n++
		}
	}
	return n
}

func TestAnIndexOfManyFilings(t *testing.T) {
	p := indextest.NewPopulation(21_000) // more than a tally counts at once
	s := populated(t, p)
	t.Run("a tally counts what one would count one by one", func(t *testing.T) { tallies(t, p, s) })
	t.Run("issuers are found by all that one may type", func(t *testing.T) { meant(t, p, s) })
	t.Run("no more is suggested than asked for, and nothing twice", func(t *testing.T) { few(t, s) })
}

func tallies(t *testing.T, p *indextest.Population, s *index.Store) {
	for _, span := range [][2]edgar.Date{
		{known(edgar.NewDate(1990, 1, 1)), known(edgar.NewDate(2030, 1, 1))},
		{known(edgar.NewDate(2008, 2, 29)), known(edgar.NewDate(2019, 12, 31))},
		{known(edgar.NewDate(2024, 7, 4)), known(edgar.NewDate(2024, 7, 5))},
	} {
		got, err := tallyAll(s, index.TallyQuestion{From: span[0], To: span[1]})
		must(t, err)
		if diff := cmp.Diff(counted(p, span[0], span[1]), got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", span, diff)
		}
	}
}

// newest returns the last filing of each issuer.
func newest(p *indextest.Population) map[edgar.CIK]*parse.Filing {
	last := map[edgar.CIK]*parse.Filing{}
	for f := range p.All() {
		for _, x := range f.Filers {
			if had := last[x.CIK]; had == nil || !f.Filed.Before(had.Filed) {
				last[x.CIK] = f // accession numbers ascend
			}
		}
	}
	return last
}

func meant(t *testing.T, p *indextest.Population, s *index.Store) {
	for c, f := range newest(p) {
		got, err := s.Issuer(c)
		must(t, err)
		x := f.Filers[slices.IndexFunc(f.Filers, func(x parse.Filer) bool { return x.CIK == c })]
		if got.Name != x.Name || got.SIC != x.SIC || got.State != x.StateOfIncorporation || got.Last != f.Filed {
			t.Fatalf("issuer %s: %+v, want what %s says", c, got, f.Accession)
		}
		for what, words := range map[string]string{"name": x.Name, "CIK": c.String(), "symbol": symbol(got), "beginnings of words": begun(x.Name)} {
			if words == "" || c.Int()%4 != 0 { // a sample does
				continue
			}
			all, err := s.Suggest(words, 0)
			must(t, err)
			if !slices.ContainsFunc(all, func(is index.Issuer) bool { return is.CIK == c }) && len(all) < index.MaxSuggestions {
				t.Errorf("%s %q suggests %d issuers and not %s", what, words, len(all), c)
			}
		}
	}
}

func few(t *testing.T, s *index.Store) {
	for _, words := range []string{"a", "in", "co", "the of", "c b", "1", "K", strings.Repeat("x", 5000), strings.Repeat("a ", 5000)} {
		for _, n := range []int{1, 7, 20, 1000} {
			got, err := s.Suggest(words, n)
			must(t, err)
			seen := map[edgar.CIK]bool{}
			for _, is := range got {
				if seen[is.CIK] {
					t.Errorf("%q suggests %s twice", words, is.CIK)
				}
				seen[is.CIK] = true
			}
			if len(got) > min(n, index.MaxSuggestions) {
				t.Errorf("%q suggests %d issuers, want %d at most", words, len(got), n)
			}
		}
	}
}

func symbol(is index.Issuer) string {
	if len(is.Tickers) == 0 {
		return ""
	}
	return is.Tickers[0]
}

// begun is the first half of each word.
func begun(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = w[:(len(w)+1)/2]
	}
	return strings.Join(words, " ")
}

package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

func TestPlacesFollowEachOtherInBothDirections(t *testing.T) {
	whole := wholeWindow()
	for _, d := range []direction{backward, onward} {
		for _, r := range []ref{makeRef(day("2024-01-03"), acc(1)), makeRef(day("2024-01-03"), edgar.Accession{})} {
			next, ok := d.after(r)
			back, _ := (!d).after(next)
			if !ok || !d.precedes(r, next) || back != r {
				t.Errorf("after %x comes %x, %t, and before that %x", r, next, ok, back)
			}
		}
		if next, ok := d.after(whole.first(!d)); ok {
			t.Errorf("behind the last place is %x", next)
		}
	}
}

func TestExhibitsOfAGroupAreAllThatGoOnWithoutADigit(t *testing.T) {
	numbers := []string{"9", "9.1", "90", "98.9", "99", "99 (a)", "99(a)", "99.1", "99.10", "990", "999", "99a", "9a", "A99"}
	for wanted, want := range map[string][]string{
		"99": {"99", "99 (a)", "99(a)", "99.1", "99.10", "99a"}, "9": {"9", "9.1", "9a"}, "99.1": {"99.1"}, "8": nil, "A99": {"A99"},
		"=99": {"99"}, "=9": {"9"}, "=99.1": {"99.1"}, "=8": nil,
	} {
		var inRange, match []string
		for _, n := range numbers {
			for _, k := range exhibitKinds(wanted) {
				if key := n + "\x00"; k.from <= key && key < k.to {
					inRange = append(inRange, n)
				}
			}
			if exhibitMatches(n, wanted) {
				match = append(match, n)
			}
		}
		if !slices.Equal(inRange, want) || !slices.Equal(match, want) {
			t.Errorf("%s: in the ranges %q, matching %q, want %q", wanted, inRange, match, want)
		}
	}
}

// turns counts the transactions of bounded work that walking through q takes.
func turns(t *testing.T, s *Store, q Query) (n int) {
	t.Helper()
	w, err := newWalk(s, q)
	must(t, err)
	for more := true; more; n++ {
		_, more, err = w.page(0)
		must(t, err)
	}
	return n
}

func TestWhatIsRareIsFoundWithoutLookingAtTheRest(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	const n = 3 * maxLooked
	for first := 0; first < n; first += 1000 {
		var fs []*parse.Filing
		for i := first; i < min(first+1000, n); i++ {
			f := &parse.Filing{Accession: acc(i + 1), Form: form("8-K"), Filed: day("2004-01-02").AddDays(i), Recorded: noon, SHA256: strings.Repeat("0f", 32), Size: 1, Revision: 1}
			f.Period, f.Accepted = f.Filed, f.Filed.Midnight().Add(time.Hour)
			f.Items = []parse.Item{{Number: "9.01"}}
			f.Filers = []parse.Filer{{CIK: cik(10), Name: fmt.Sprint("COMMON NAME ", i), SIC: "3571", StateOfIncorporation: "DE"}}
			if i == 100 {
				f.Items = append(f.Items, parse.Item{Number: "1.05"})
				f.Filers[0] = parse.Filer{CIK: cik(11), Name: "RARE BIRD", SIC: "2834", StateOfIncorporation: "A6"}
				f.Exhibits, f.Warnings = []parse.Exhibit{{Number: "16.1"}}, []parse.Warning{{Code: parse.CodeCut}}
				f.Form, f.Period = form("8-K/A"), day("1999-12-01")
			}
			fs = append(fs, f)
		}
		must(t, s.Record(fs...))
	}
	rare := day("2004-01-02").AddDays(100)
	for _, q := range []Query{
		{CIKs: []edgar.CIK{cik(10), cik(11)}, Items: []string{"1.05"}}, {AllItems: []string{"9.01", "1.05"}}, {SICs: []string{"28"}, Items: []string{"9.01"}},
		{States: []string{"A6"}}, {Name: "rare"}, {Name: "bird", Items: []string{"9.01"}}, {Exhibits: []string{"16"}}, {Warnings: []parse.Code{parse.CodeCut}},
		{Amendment: new(true)}, {PeriodTo: day("2000-01-01")}, {AcceptedTo: rare.Midnight().Add(2 * time.Hour), Amendment: new(true)},
		{AcceptedFrom: rare.Midnight(), AcceptedTo: rare.Midnight().Add(2 * time.Hour)}, {PeriodFrom: rare.AddDays(1), PeriodTo: rare.AddDays(1)},
		{Withdrawn: new(true)},
	} {
		for _, q.OldestFirst = range []bool{false, true} {
			if n := turns(t, s, q); n != 1 {
				t.Errorf("%s: %d transactions, want one", describeQuery(q), n)
			}
		}
	}
	must(t, s.db.View(func(tx *bolt.Tx) error {
		if n := tx.Bucket(bucketMark).Stats().KeyN; n != 1 {
			t.Errorf("%d filings are marked, want the one with the strange period", n)
		}
		return nil
	}))
}

func TestAQueryThatNoKeyCanAnswerIsRefused(t *testing.T) {
	s := openTemp(t)
	for what, q := range map[string]Query{
		"10001 CIKs": {CIKs: make([]edgar.CIK, MaxValues+1)},
		`""`:         {Items: []string{""}},
		`"D\x00E"`:   {States: []string{"D\x00E"}},
		"at most":    {Exhibits: slices.Repeat([]string{"99"}, MaxValues+1)},
		"nothing is": {Warnings: []parse.Code{parse.Code(strings.Repeat("x", maxKeyName))}},
	} {
		if _, err := s.Find(q); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want an error with %s", err, what)
		}
	}
}

func TestAGroupOfMoreExhibitNumbersThanAreLookedUpIsFoundAllTheSame(t *testing.T) {
	s := openTemp(t)
	many, one, none := made(1, "2024-01-03", 10), made(2, "2024-01-04", 10), made(3, "2024-01-05", 10)
	many.Exhibits, one.Exhibits, none.Exhibits = nil, []parse.Exhibit{{Number: "10.1", Listed: true}}, nil
	for n := range MaxValues {
		many.Exhibits = append(many.Exhibits, parse.Exhibit{Number: fmt.Sprintf("10.%d", n+2), Listed: true})
	}
	must(t, s.Record(many, one, none))
	for _, q := range []Query{{Exhibits: []string{"10"}}, {Exhibits: []string{"10"}, CIKs: []edgar.CIK{cik(10)}, Limit: 1}} {
		var got []edgar.Accession
		for more := true; more; more = q.After != "" {
			p, err := s.Find(q)
			must(t, err)
			for _, f := range p.Filings {
				got = append(got, f.Accession)
			}
			q.After = p.Next
		}
		if len(got) != 2 || got[0] != acc(2) || got[1] != acc(1) {
			t.Errorf("%s: %v, want %s and %s", describeQuery(q), got, acc(2), acc(1))
		}
	}
}

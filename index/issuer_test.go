package index

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

// calling is a filing of an issuer as its header names it.
func calling(n int, filed string, filer int, name string, former ...string) *parse.Filing {
	f := made(n, filed, filer)
	f.Filers[0].Name = name
	for _, was := range former {
		f.Filers[0].FormerNames = append(f.Filers[0].FormerNames, parse.FormerName{Name: was, Changed: day("2010-01-01")})
	}
	return f
}

func suggested(t *testing.T, s *Store, words string) (names []string) {
	t.Helper()
	is, err := s.Suggest(words, 0)
	must(t, err)
	for _, x := range is {
		names = append(names, x.Name)
	}
	return names
}

func TestSuggestionsComeInTheOrderInWhichTheyAreMeant(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(
		calling(1, "2024-01-03", 10, "KELP BANCORP INC"),
		calling(2, "2024-01-05", 11, "KELP & LAMP CO"),
		calling(3, "2024-01-04", 12, "GREAT KELP CORP"),
		calling(4, "2024-01-06", 13, "TUNDRA QUILL INC", "KELPWORKS LTD"),
		calling(7, "2009-01-06", 13, "KELPWORKS LTD"),
		calling(5, "2024-01-06", 14, "OTHER CO"),
		calling(6, "2024-01-06", 15, "ANOTHER CO"),
	))
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(14), "KELPW": cik(15), "LAMP": cik(11), "ZZ": cik(99)}}))
	for words, want := range map[string][]string{
		"kelp":            {"OTHER CO", "ANOTHER CO", "KELP & LAMP CO", "KELP BANCORP INC", "GREAT KELP CORP", "TUNDRA QUILL INC"},
		"kelpw":           {"ANOTHER CO", "TUNDRA QUILL INC"},
		"kelp ban":        {"KELP BANCORP INC"},
		"corp kelp":       {"GREAT KELP CORP"},
		"0000000010":      {"KELP BANCORP INC"},
		"zz":              nil, // nothing of it is held
		"tundra kelpwork": {"TUNDRA QUILL INC"},
	} {
		if diff := cmp.Diff(want, suggested(t, s, words)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", words, diff)
		}
	}
}

func TestAWordThatVeryManyNamesHaveStillLeadsToSome(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(calling(1, "2024-01-03", 10, "COMMON WORDS INC"), calling(2, "2024-01-04", 11, "COMMON THINGS INC")))
	must(t, s.db.Update(func(tx *bolt.Tx) error {
		for n := range maxLooked + 1 { // of issuers of whom nothing is held
			for _, word := range []string{"common", "inc", "wood"} {
				if err := tx.Bucket(bucketName).Put([]byte(word+"\x00"+string(cikPrefix(cik(n+1000)))), nil); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	for words, want := range map[string][]string{
		"c":            {"COMMON THINGS INC", "COMMON WORDS INC"},
		"common w":     {"COMMON WORDS INC"},
		"common inc":   {"COMMON THINGS INC", "COMMON WORDS INC"},
		"things commo": {"COMMON THINGS INC"},
	} {
		if diff := cmp.Diff(want, suggested(t, s, words)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", words, diff)
		}
	}
}

func TestAnIssuerThatItsNewestHeaderLacksIsAsTheOneBeforeHasIt(t *testing.T) {
	s := openTemp(t)
	first, second := made(1, "2024-01-03", 10), made(2, "2024-02-03", 11)
	must(t, s.Record(first, second))
	rows := []parse.Row{{Form: form("8-K"), Name: "LISTED", CIK: cik(10), Filed: day("2024-02-03"), Accession: acc(2)},
		{Form: form("8-K"), Name: "LISTED", CIK: cik(12), Filed: day("2024-02-03"), Accession: acc(2)}}
	_, err := s.Discover(Listing{Key: "2024Q1", SHA256: strings.Repeat("ab", 32)}, slices.Values(rows), noon)
	must(t, err)
	got, err := s.Issuer(cik(10))
	must(t, err)
	x := first.Filers[0]
	want := Issuer{CIK: cik(10), Name: x.Name, Tickers: got.Tickers, SIC: x.SIC, State: x.StateOfIncorporation, First: day("2024-01-03"), Last: day("2024-02-03")}
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got, err = s.Issuer(cik(12))
	must(t, err)
	if diff := cmp.Diff(Issuer{CIK: cik(12), First: day("2024-02-03"), Last: day("2024-02-03")}, got, plain); diff != "" {
		t.Errorf("of listings alone (-want +got):\n%s", diff)
	}
}

func TestSymbolsOfAnIssuerComeInTheOrderOfItsCover(t *testing.T) {
	s := openTemp(t)
	f := made(1, "2024-01-03", 10)
	f.Cover = &parse.Cover{Securities: []parse.Security{{Symbol: "KELP"}, {Symbol: "KELPA"}}}
	must(t, s.Record(f))
	check := func(want ...string) {
		t.Helper()
		got, err := s.Issuer(cik(10))
		must(t, err)
		if diff := cmp.Diff(want, got.Tickers); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	check("KELP", "KELPA")
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"AKELP": cik(10), "KELPA": cik(10), "KELP": cik(10), "LAMP": cik(11)}}))
	check("KELP", "KELPA", "AKELP")
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"LAMP": cik(10)}}))
	check("LAMP")
}

func TestAnIssuerWhoseNewestFilingCannotBeReadIsDamage(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketFiling).Delete(accessionKey(acc(1))) }))
	if _, err := s.Issuer(cik(10)); !errors.Is(err, ErrDamaged) {
		t.Errorf("issuer: %v, want ErrDamaged", err)
	}
	if _, err := s.Suggest(cik(10).String(), 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("suggestion: %v, want ErrDamaged", err)
	}
}

func TestATallyOfKeysThatAreNoneIsDamage(t *testing.T) {
	for _, p := range []pair{
		{[]byte("short"), nil},
		{make([]byte, refSize), []byte{1, 0, 0}},
		{[]byte("\x01\x34\xd9\x0100000000"), []byte{1}},
	} {
		s := openTemp(t)
		must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketDate).Put(p.key, p.value) }))
		if _, err := s.Tally(TallyQuestion{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("key %x: %v, want ErrDamaged", p.key, err)
		}
	}
}

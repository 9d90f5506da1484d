package index

import (
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func editionOf(t *testing.T, s *Store) Edition {
	t.Helper()
	e, err := s.Edition()
	must(t, err)
	return e
}

func TestAnEditionStandsForAsLongAsAnswersAboutFilingsAreTheSame(t *testing.T) {
	s := openTemp(t)
	kelp := map[string]edgar.CIK{"KELP": cik(10)}
	row := func(n, filer int) parse.Row {
		return parse.Row{Form: form("8-K"), Name: "MADE", CIK: cik(filer), Filed: day("2024-01-03"), Accession: acc(n)}
	}
	discover := func(rows ...parse.Row) error {
		_, err := s.Discover(Listing{Key: "2024Q1", SHA256: strings.Repeat("ab", 32)}, slices.Values(rows), noon)
		return err
	}
	for _, step := range []struct {
		what string
		do   func() error
		want bool // another edition
	}{
		{"a filing is recorded", func() error { return s.Record(made(1, "2024-01-03", 10)) }, true},
		{"an entry is discovered", func() error { return discover(row(2, 11)) }, false},
		{"an entry is deferred", func() error { return s.Defer(acc(2), noon, "HTTP 503") }, false},
		{"a listing has a recorded filing under another filer", func() error { return discover(row(1, 12)) }, true},
		{"a listing says so again", func() error { return discover(row(1, 12)) }, false},
		{"a listing has a recorded filing as another form", func() error {
			r := row(1, 12)
			r.Form = form("8-K/A")
			return discover(r)
		}, true},
		{"a filing is withdrawn", func() error { return s.Withdraw(acc(1), "gone") }, true},
		{"a filing is listed again", func() error { _, err := s.Relist(acc(1)); return err }, true},
		{"an issuer has a symbol", func() error { return s.PutTickers(Tickers{CIKs: kelp}) }, true},
		{"the ticker file is as it was", func() error { return s.PutTickers(Tickers{CIKs: kelp, ETag: "new"}) }, false},
		{"another issuer has the symbol", func() error { return s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(11)}}) }, true},
		{"nobody has the symbol", func() error { return s.PutTickers(Tickers{}) }, true},
		{"a pass is reported", func() error { return s.AddPass(Pass{Command: "sync"}) }, false},
	} {
		was := editionOf(t, s)
		must(t, step.do())
		if now := editionOf(t, s); (now != was) != step.want || now.Epoch != was.Epoch || now.Sequence < was.Sequence {
			t.Errorf("%s: %v after %v, want another one: %t", step.what, now, was, step.want)
		}
	}
	checkInvariants(t, s)
}

func TestEditionsAreReadFromTheirNames(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	for _, e := range []Edition{editionOf(t, s), {"00c0ffee", 0}, {"A1", 1<<64 - 1}} {
		if got, err := ParseEdition(e.String()); got != e || err != nil {
			t.Errorf("%q is read as %v, %v", e.String(), got, err)
		}
	}
	for _, name := range []string{"", "-", "1", "-1", "ab-", "ab-x", "ab-01", "ab-+1", "ab--1", "ab-1 ", "a b-1", "ä-1", "ab-18446744073709551616", strings.Repeat("a", 65) + "-1", "ab-1-1"} {
		if got, err := ParseEdition(name); err == nil {
			t.Errorf("%q is read as %v", name, got)
		}
	}
}

func FuzzParseEdition(f *testing.F) {
	f.Add("00c0ffee-17")
	f.Fuzz(func(t *testing.T, name string) {
		if e, err := ParseEdition(name); err == nil && e.String() != name {
			t.Errorf("%q is read as %q", name, e.String())
		}
	})
}

package indextest

import (
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// Of the three filings the first and the third are of one company, the third is
// withdrawn, and the second alone has a warning.

func queries(t *testing.T, r index.Reader) {
	accepted := func(n int) time.Time { return filed(n).Midnight().Add(16 * time.Hour) }
	for _, tt := range []struct {
		name string
		q    index.Query
		want []int
	}{
		{"CIK", index.Query{CIKs: []edgar.CIK{filer(1)}}, []int{3, 1}},
		{"several CIKs", index.Query{CIKs: []edgar.CIK{filer(1), filer(2)}}, []int{3, 2, 1}},
		{"item", index.Query{Items: []string{"8.02"}}, []int{2}},
		{"any of items", index.Query{Items: []string{"8.02", "8.01"}}, []int{2, 1}},
		{"all of items", index.Query{AllItems: []string{"8.02", "2.02"}}, []int{2}},
		{"items that no filing has together", index.Query{AllItems: []string{"8.02", "8.01"}}, nil},
		{"form", index.Query{Forms: []edgar.Form{form("8-K/A")}}, nil},
		{"amendments", index.Query{Amendment: new(true)}, nil},
		{"no amendments", index.Query{Amendment: new(false)}, []int{3, 2, 1}},
		{"from", index.Query{From: filed(2)}, []int{3, 2}},
		{"to", index.Query{To: filed(2)}, []int{2, 1}},
		{"period", index.Query{PeriodFrom: filed(1), PeriodTo: filed(1)}, []int{2}},
		{"accepted", index.Query{AcceptedFrom: accepted(2), AcceptedTo: accepted(3).Add(-time.Second)}, []int{2}},
		{"withdrawn", index.Query{Withdrawn: new(true)}, []int{3}},
		{"not withdrawn", index.Query{Withdrawn: new(false)}, []int{2, 1}},
		{"name", index.Query{Name: "company 9000002"}, []int{3, 1}},
		{"beginnings of words", index.Query{Name: "comp ma 900"}, []int{3, 2, 1}},
		{"the inside of a word", index.Query{Name: "ompany"}, nil},
		{"SIC", index.Query{SICs: []string{"2834"}}, []int{2}},
		{"first digits of a SIC", index.Query{SICs: []string{"2", "35"}}, []int{3, 2, 1}},
		{"state", index.Query{States: []string{"NV"}}, []int{3, 1}},
		{"exhibit", index.Query{Exhibits: []string{"99.2"}}, []int{2}},
		{"a group of exhibits", index.Query{Exhibits: []string{"99"}}, []int{3, 2, 1}},
		{"what no group is", index.Query{Exhibits: []string{"9"}}, nil},
		{"warning", index.Query{Warnings: []parse.Code{parse.CodeCut, parse.CodeNoItems}}, []int{2}},
		{"limit", index.Query{Limit: 1}, []int{3}},
		{"oldest first", index.Query{OldestFirst: true, Limit: 2}, []int{1, 2}},
		{"all together", index.Query{CIKs: []edgar.CIK{filer(1)}, Items: []string{"2.02"}, AllItems: []string{"8.01"}, Forms: []edgar.Form{form("8-K")}, From: filed(1), To: filed(2),
			PeriodTo: filed(0), AcceptedTo: accepted(1), Withdrawn: new(false), Name: "MADE", SICs: []string{"3"}, States: []string{"NV"}, Exhibits: []string{"99.1"}, OldestFirst: true, Limit: 5}, []int{1}},
	} {
		same(t, tt.name, tt.want, found(t, r, tt.q), nil)
	}
}

func tokens(t *testing.T, r index.Reader) {
	_, err := r.Find(index.Query{After: "nonsense"})
	wants(t, "after", err, index.ErrToken)
	p, err := r.Find(index.Query{Limit: 1})
	wants(t, "page", err, nil)
	_, err = r.Find(index.Query{OldestFirst: true, After: p.Next})
	wants(t, "after, in the other order", err, index.ErrToken)
	if err == nil || !strings.Contains(err.Error(), "is of a list of filings, newest first, and this is one of filings, oldest first") {
		t.Errorf("the words of the error are %v", err)
	}
	_, err = r.FindEntries(index.EntryQuery{After: p.Next})
	wants(t, "after, among entries", err, index.ErrToken)
}

func standing(t *testing.T, r index.Reader) {
	for _, tt := range []struct {
		name string
		q    index.EntryQuery
		want []int
	}{
		{"all", index.EntryQuery{}, []int{6, 5, 4, 3, 2, 1}},
		{"a state", index.EntryQuery{States: []index.State{index.Deferred}}, []int{4}},
		{"any of states", index.EntryQuery{States: []index.State{index.Recorded, index.Withdrawn, index.Rejected}}, []int{5, 3, 2, 1}},
		{"CIK", index.EntryQuery{CIKs: []edgar.CIK{filer(1)}}, []int{5, 3, 1}},
		{"form", index.EntryQuery{Forms: []edgar.Form{form("8-K/A")}}, nil},
		{"days", index.EntryQuery{From: filed(2), To: filed(5)}, []int{5, 4, 3, 2}},
		{"oldest first, and limit", index.EntryQuery{OldestFirst: true, Limit: 2}, []int{1, 2}},
	} {
		p, err := r.FindEntries(tt.q)
		same(t, tt.name, tt.want, numbersOf(p.Entries), err)
	}
	one, err := r.FindEntries(index.EntryQuery{States: []index.State{index.Deferred, index.Rejected}, Limit: 1})
	same(t, "first page", []int{5}, numbersOf(one.Entries), err)
	two, err := r.FindEntries(index.EntryQuery{States: []index.State{index.Deferred, index.Rejected}, Limit: 1, After: one.Next})
	same(t, "second page", []int{4}, numbersOf(two.Entries), err)
	e, err := r.Entry(acc(4))
	same(t, "entry", []index.Entry{e}, two.Entries, err)
	same(t, "token of the last page", "", two.Next, nil)
}

func numbersOf(es []index.Entry) (ns []int) {
	for _, e := range es {
		for n := 1; n <= 6; n++ {
			if e.Accession == acc(n) {
				ns = append(ns, n)
			}
		}
	}
	return ns
}

func symbols(t *testing.T, r index.Reader) {
	got, err := r.Symbols("kelp")
	same(t, "who has it", []index.Symbol{{CIK: filer(0), Current: true}}, got, err)
	got, err = r.Symbols("LAMP")
	same(t, "who had it", []index.Symbol{{CIK: filer(2), First: filed(2), Last: filed(2)}}, got, err)
}

package index

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// model is an index beside a map of what was put into it, and Find as a loop over
// the map.
type model struct {
	t       *testing.T
	s       *Store
	r       *rand.Rand
	filings map[edgar.Accession]*parse.Filing
	listed  map[edgar.Accession][]edgar.CIK
	fresh   int // no filing behind this one is there
}

func newModel(t *testing.T, seed uint64) *model {
	s := openTemp(t)
	s.db.NoSync = true
	return &model{
		t: t, s: s, r: rand.New(rand.NewPCG(seed, 2)),
		filings: map[edgar.Accession]*parse.Filing{}, listed: map[edgar.Accession][]edgar.CIK{},
	}
}

func (m *model) find(q Query) (found []edgar.Accession) {
	var fs []*parse.Filing
	for a, f := range m.filings {
		if q.Match(f, m.listed[a]...) {
			fs = append(fs, f)
		}
	}
	slices.SortFunc(fs, func(a, b *parse.Filing) int {
		if q.OldestFirst {
			a, b = b, a
		}
		if c := b.Filed.Compare(a.Filed); c != 0 {
			return c
		}
		return b.Accession.Compare(a.Accession)
	})
	for _, f := range fs {
		found = append(found, f.Accession)
	}
	return found
}

// change records, lists, withdraws or brings back some.
func (m *model) change() {
	switch m.r.IntN(5) {
	case 0:
		m.discover()
	case 1:
		m.withdraw()
	default:
		m.record(0)
	}
}

// record puts in a batch of the 300 filings from the n-th.
func (m *model) record(n int) {
	batch := map[edgar.Accession]*parse.Filing{}
	var fs []*parse.Filing
	for range 1 + m.r.IntN(40) {
		f := randomFiling(m.r, n)
		if old, ok := m.filings[f.Accession]; ok {
			f.Filed = old.Filed // so that it keeps its place
		} else if other, ok := batch[f.Accession]; ok {
			f.Filed = other.Filed
		}
		batch[f.Accession] = f
		fs = append(fs, f)
	}
	for a, f := range batch {
		e, err := m.s.Entry(a)
		if errors.Is(err, ErrNotFound) {
			m.listed[a] = filingCIKs(f, nil)
		} else {
			must(m.t, err)
		}
		g := *f
		g.Withdrawn = e.State == Withdrawn
		m.filings[a] = &g
	}
	must(m.t, m.s.Record(fs...))
}

func (m *model) discover() {
	var rows []parse.Row
	for range 20 {
		x := row(1+m.r.IntN(300), 10+m.r.IntN(12), day("2024-01-02").AddDays(m.r.IntN(30)).String())
		rows = append(rows, x)
		m.listed[x.Accession] = append(slices.Clone(m.listed[x.Accession]), x.CIK)
	}
	discover(m.t, m.s, fmt.Sprint("listing ", m.r.Uint32()), rows...)
}

func (m *model) withdraw() {
	for _, a := range slices.SortedFunc(maps.Keys(m.filings), edgar.Accession.Compare) {
		f := m.filings[a]
		if f.Withdrawn || m.r.IntN(10) > 0 {
			continue
		}
		must(m.t, m.s.Withdraw(a, "gone"))
		g := *f
		g.Withdrawn = true
		m.filings[a] = &g
	}
}

func pick[T any](r *rand.Rand, from []T, n int) (some []T) {
	for range n {
		some = append(some, from[r.IntN(len(from))])
	}
	return some
}

func one[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// randomFiling is one of 300 submissions from the n-th.
func randomFiling(r *rand.Rand, n int) *parse.Filing {
	f := made(n+1+r.IntN(300), day("2024-01-02").AddDays(r.IntN(30)).String(), pick(r, []int{10, 11, 12, 13, 14}, 1+r.IntN(3))...)
	f.Form = one(r, edgar.CurrentReports()...)
	f.Items, f.Exhibits, f.Warnings = nil, nil, nil
	for _, n := range pick(r, []string{"1.01", "2.02", "5.02", "9.01", "12", "5"}, r.IntN(4)) {
		f.Items = append(f.Items, parse.Item{Number: n, Source: parse.SourceBody, Text: "Made text."})
	}
	for _, n := range pick(r, []string{"99", "99.1", "99.2", "99(a)", "9", "10.1", "101.INS", ""}, r.IntN(4)) {
		f.Exhibits = append(f.Exhibits, parse.Exhibit{Number: n, Listed: true})
	}
	for _, c := range pick(r, []parse.Code{parse.CodeCut, parse.CodeNoItems, parse.CodeNoSignature}, r.IntN(3)) {
		f.Warnings = append(f.Warnings, parse.Warning{Code: c})
	}
	for i := range f.Filers {
		x := &f.Filers[i]
		x.SIC = one(r, "", "3571", "3576", "3500", "7372")
		x.StateOfIncorporation = one(r, "", "DE", "NV", "A6")
		if r.IntN(4) == 0 {
			x.Name = one(r, "O'NEIL KELP & CO", "KELP-WORKS OF MADE", "Ösp Lantern", "")
		}
	}
	f.Period = one(r, edgar.Date{}, f.Filed, f.Filed.AddDays(-r.IntN(20)), f.Filed.AddDays(-400), f.Filed.AddDays(90), f.Filed.AddDays(-one(r, -8, -7, 7, 14, 15, 45, 46, 180, 181)))
	f.Accepted = one(r, time.Time{}, f.Filed.Midnight().Add(time.Duration(r.IntN(24))*time.Hour), f.Filed.AddDays(one(r, -8, -7, 7, 8)-r.IntN(2)*r.IntN(40)).Midnight().Add(time.Hour))
	return f
}

// randomQuery gives few fields, so that something is found.
func randomQuery(r *rand.Rand) (q Query) {
	fields := []func(){
		func() {
			for _, n := range pick(r, []int{10, 11, 12, 13, 20}, r.IntN(3)) {
				q.CIKs = append(q.CIKs, cik(n))
			}
		},
		func() {
			q.Name = one(r, "company 11", "MADE", "1 comp", "kelp oneil", "o’neil", "lantern ö", "works", "elp", "nobody", "&")
		},
		func() { q.SICs = pick(r, []string{"3571", "35", "7", "3", "9999", "357"}, r.IntN(3)) },
		func() { q.States = pick(r, []string{"DE", "NV", "A6", "D"}, r.IntN(3)) },
		func() { q.Forms = pick(r, edgar.CurrentReports(), r.IntN(4)) },
		func() { q.Amendment = new(r.IntN(2) == 0) },
		func() { q.Items = pick(r, []string{"1.01", "2.02", "5.02", "12", "1"}, r.IntN(3)) },
		func() { q.AllItems = pick(r, []string{"1.01", "9.01"}, r.IntN(3)) },
		func() {
			q.Exhibits = pick(r, []string{"99.1", "99", "=99", "9", "10", "=101.INS", "101.INS", "101.I"}, r.IntN(3))
		},
		func() { q.Warnings = pick(r, []parse.Code{parse.CodeCut, parse.CodeNoItems, "made_up"}, r.IntN(3)) },
		func() { q.Withdrawn = new(r.IntN(2) == 0) },
		func() { q.From, q.To = randomRange(r) },
		func() { q.PeriodFrom, q.PeriodTo = randomRange(r) },
		func() {
			from, to := randomRange(r)
			if q.AcceptedFrom = from.Midnight(); !from.IsZero() {
				q.AcceptedFrom = q.AcceptedFrom.Add(time.Duration(r.IntN(24)) * time.Hour)
			}
			if q.AcceptedTo = to.Midnight(); !to.IsZero() {
				q.AcceptedTo = q.AcceptedTo.Add(time.Duration(r.IntN(24)) * time.Hour)
			}
		},
	}
	for range r.IntN(4) {
		one(r, fields...)()
	}
	q.OldestFirst = r.IntN(2) == 0
	return q
}

// randomRange leaves either end open at times.
func randomRange(r *rand.Rand) (from, to edgar.Date) {
	if r.IntN(3) > 0 {
		from = day("2023-12-25").AddDays(r.IntN(40) - r.IntN(2)*r.IntN(200))
	}
	if r.IntN(3) > 0 {
		to = day("2023-12-25").AddDays(r.IntN(40) - r.IntN(2)*r.IntN(200))
	}
	return from, to
}

func describeQuery(q Query) string {
	return strings.NewReplacer(" []", "", ":{}", "").Replace(fmt.Sprintf("%+v amendment %v withdrawn %v", q, q.Amendment, q.Withdrawn))
}

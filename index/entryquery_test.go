package index

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"github.com/google/go-cmp/cmp"
)

// entriesMade fills s with entries in every state, some of them recorded and then
// withdrawn, some with another date in the header than in the listing.
func entriesMade(t *testing.T, s *Store, r *rand.Rand) (all []Entry) {
	t.Helper()
	s.db.NoSync = true
	for n := range 200 {
		filed := day("2024-01-02").AddDays(r.IntN(20))
		x := row(n+1, 10+r.IntN(5), filed.String())
		x.Form = one(r, edgar.CurrentReports()...)
		discover(t, s, fmt.Sprint("listing ", n), x)
		f := made(n+1, filed.AddDays(r.IntN(3)-1).String(), 10+r.IntN(5))
		for _, step := range one(r,
			nil,
			[]func() error{func() error { return s.Defer(f.Accession, noon.Add(time.Hour), "busy") }},
			[]func() error{func() error { return s.Reject(f.Accession, "broken") }},
			[]func() error{func() error { return s.Withdraw(f.Accession, "gone") }},
			[]func() error{func() error { return s.Record(f) }},
			[]func() error{func() error { return s.Record(f) }, func() error { return s.Withdraw(f.Accession, "gone") }},
		) {
			must(t, step())
		}
		e, err := s.Entry(f.Accession)
		must(t, err)
		if e.State == Recorded {
			e.Filed = f.Filed // where it stands
		}
		all = append(all, e)
	}
	return all
}

func randomEntryQuery(r *rand.Rand) (q EntryQuery) {
	q.States = pick(r, States(), r.IntN(4))
	if r.IntN(2) == 0 {
		q.CIKs = []edgar.CIK{cik(10 + r.IntN(6))}
	}
	if r.IntN(3) == 0 {
		q.Forms = pick(r, edgar.CurrentReports(), 3)
	}
	if r.IntN(3) == 0 {
		q.From, q.To = randomRange(r)
	}
	q.OldestFirst = r.IntN(2) == 0
	q.Limit = 1 + r.IntN(30)
	return q
}

func TestEntriesAreFoundByTheirStateOnceEach(t *testing.T) {
	s, r := openTemp(t), rand.New(rand.NewPCG(3, 4))
	made := entriesMade(t, s, r)
	for range 200 {
		q := randomEntryQuery(r)
		var want []edgar.Accession
		for _, e := range made {
			if q.wants(&e) && inDays(e.Filed, q.From, q.To) {
				want = append(want, e.Accession)
			}
		}
		filed := map[edgar.Accession]edgar.Date{}
		for _, e := range made {
			filed[e.Accession] = e.Filed
		}
		slices.SortFunc(want, func(a, b edgar.Accession) int {
			c := makeRef(filed[b], b).compare(makeRef(filed[a], a))
			if q.OldestFirst {
				c = -c
			}
			return c
		})
		var got []edgar.Accession
		for page := q; ; {
			p, err := s.FindEntries(page)
			must(t, err)
			got = append(got, accessions(p.Entries)...)
			if page.After = p.Next; p.Next == "" {
				break
			}
			if len(p.Entries) != q.Limit {
				t.Fatalf("%d entries on a page that is not the last, want %d", len(p.Entries), q.Limit)
			}
		}
		if !slices.Equal(want, got) {
			t.Fatalf("%+v (-want +got):\n%s", q, cmp.Diff(want, got, plain))
		}
	}
}

func TestATokenOfFilingsIsNoneOfEntries(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-01-04", 10)))
	p, err := s.Find(Query{Limit: 1})
	must(t, err)
	if _, err := s.FindEntries(EntryQuery{After: p.Next}); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "of entries") {
		t.Errorf("got %v, want ErrToken that tells what it is", err)
	}
	e, err := s.FindEntries(EntryQuery{Limit: 1})
	must(t, err)
	if _, err := s.Find(Query{After: e.Next}); !errors.Is(err, ErrToken) {
		t.Errorf("got %v, want ErrToken", err)
	}
}

package index

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

// model is the index as a map, and Find as a loop over it.
type model struct {
	filings map[edgar.Accession]*parse.Filing
	listed  map[edgar.Accession][]edgar.CIK
}

func (m *model) find(q Query) (found []edgar.Accession) {
	var fs []*parse.Filing
	for a, f := range m.filings {
		if m.matches(f, filingCIKs(f, m.listed[a]), q) {
			fs = append(fs, f)
		}
	}
	slices.SortFunc(fs, func(a, b *parse.Filing) int {
		if c := b.Filed.Compare(a.Filed); c != 0 {
			return c
		}
		return b.Accession.Compare(a.Accession)
	})
	for _, f := range fs {
		if q.Limit == 0 || len(found) < q.Limit {
			found = append(found, f.Accession)
		}
	}
	return found
}

func (m *model) matches(f *parse.Filing, ciks []edgar.CIK, q Query) bool {
	anyCIK := func(c edgar.CIK) bool { return slices.Contains(ciks, c) }
	anyItem := func(n string) bool {
		return slices.ContainsFunc(f.Items, func(it parse.Item) bool { return it.Number == n })
	}
	anyName := func(x parse.Filer) bool {
		return strings.Contains(strings.ToLower(x.Name), strings.ToLower(q.Name))
	}
	return (len(q.CIKs) == 0 || slices.ContainsFunc(q.CIKs, anyCIK)) &&
		(len(q.Items) == 0 || slices.ContainsFunc(q.Items, anyItem)) &&
		(len(q.Forms) == 0 || slices.Contains(q.Forms, f.Form)) &&
		(q.From.IsZero() || !f.Filed.Before(q.From)) &&
		(q.To.IsZero() || !q.To.Before(f.Filed)) &&
		(q.Name == "" || slices.ContainsFunc(f.Filers, anyName))
}

func TestFindAgreesWithALoopOverEverything(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	r := rand.New(rand.NewPCG(1, 2))
	m := model{map[edgar.Accession]*parse.Filing{}, map[edgar.Accession][]edgar.CIK{}}
	for round := range 60 {
		if r.IntN(3) > 0 {
			var batch []*parse.Filing
			for range 1 + r.IntN(40) {
				f := randomFiling(r)
				batch = append(batch, f)
				if _, ok := m.listed[f.Accession]; !ok {
					m.listed[f.Accession] = filingCIKs(f, nil)
				}
				m.filings[f.Accession] = f
			}
			fixListed(t, s, &m, batch)
			must(t, s.Record(batch...))
		} else {
			var rows []parse.Row
			for range 20 {
				x := row(1+r.IntN(300), 10+r.IntN(12), day("2024-01-02").AddDays(r.IntN(30)).String())
				rows = append(rows, x)
				m.listed[x.Accession] = append(slices.Clone(m.listed[x.Accession]), x.CIK)
			}
			discover(t, s, fmt.Sprint("listing ", round), rows...)
		}
		for range 5 {
			compareFind(t, s, &m, randomQuery(r))
		}
	}
	checkInvariants(t, s)
}

// fixListed corrects what the model assumed of filings whose accession is in the
// batch twice: the last one counts.
func fixListed(t *testing.T, s *Store, m *model, batch []*parse.Filing) {
	for _, f := range batch {
		if _, err := s.Entry(f.Accession); errors.Is(err, ErrNotFound) {
			m.listed[f.Accession] = filingCIKs(m.filings[f.Accession], nil)
		}
	}
}

func compareFind(t *testing.T, s *Store, m *model, q Query) {
	t.Helper()
	want := m.find(q)
	if got := all(t, s, q); !slices.Equal(want, got) {
		t.Fatalf("All(%+v) (-want +got):\n%s", q, cmp.Diff(want, got, plain))
	}
	q.Limit = 7
	want = m.find(Query{CIKs: q.CIKs, Items: q.Items, Forms: q.Forms, From: q.From, To: q.To, Name: q.Name})
	var got []edgar.Accession
	for {
		p, err := s.Find(q)
		must(t, err)
		for _, f := range p.Filings {
			got = append(got, f.Accession)
		}
		if p.Next == "" {
			break
		}
		if len(p.Filings) != 7 {
			t.Fatalf("Find(%+v): %d filings on a page that is not the last, want 7", q, len(p.Filings))
		}
		q.After = p.Next
	}
	if !slices.Equal(want, got) {
		t.Fatalf("Find(%+v) page by page (-want +got):\n%s", q, cmp.Diff(want, got, plain))
	}
}

func all(t testing.TB, s *Store, q Query) (as []edgar.Accession) {
	t.Helper()
	for f, err := range s.All(q) {
		must(t, err)
		as = append(as, f.Accession)
	}
	return as
}

func pick[T any](r *rand.Rand, from []T, n int) (some []T) {
	for range n {
		some = append(some, from[r.IntN(len(from))])
	}
	return some
}

func randomFiling(r *rand.Rand) *parse.Filing {
	f := made(1+r.IntN(300), day("2024-01-02").AddDays(r.IntN(30)).String(), pick(r, []int{10, 11, 12, 13, 14}, 1+r.IntN(3))...)
	f.Form = pick(r, edgar.CurrentReports(), 1)[0]
	f.Items = f.Items[:0]
	for _, n := range pick(r, []string{"1.01", "2.02", "5.02", "9.01", "12", "5"}, r.IntN(4)) {
		f.Items = append(f.Items, parse.Item{Number: n, Source: parse.SourceBody, Text: "Made text."})
	}
	return f
}

func randomQuery(r *rand.Rand) (q Query) {
	for _, n := range pick(r, []int{10, 11, 12, 13, 20}, r.IntN(3)) {
		q.CIKs = append(q.CIKs, cik(n))
	}
	q.Items = pick(r, []string{"1.01", "2.02", "5.02", "12", "1"}, r.IntN(3))
	q.Forms = pick(r, edgar.CurrentReports(), r.IntN(4))
	if r.IntN(3) == 0 {
		q.From = day("2024-01-02").AddDays(r.IntN(30))
	}
	if r.IntN(3) == 0 {
		q.To = day("2024-01-02").AddDays(r.IntN(30))
	}
	q.Name = pick(r, []string{"", "", "company 11", "Made", "Y 1", "nobody"}, 1)[0]
	q.Limit = r.IntN(2) * r.IntN(20)
	return q
}

func TestRecordingAnewLeavesNoStaleKey(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10, 11)))
	f := made(1, "2024-01-04", 12)
	f.Form, f.Items, f.Revision = form("8-K/A"), f.Items[:1], 2
	must(t, s.Record(f))
	for _, q := range []Query{{CIKs: []edgar.CIK{cik(10)}, From: day("2024-01-05")}, {Items: []string{"9.01"}}, {Forms: []edgar.Form{form("8-K")}}, {To: day("2024-01-03")}} {
		if got := all(t, s, q); len(got) != 0 {
			t.Errorf("%+v finds %v, want nothing", q, got)
		}
	}
	for _, q := range []Query{{CIKs: []edgar.CIK{cik(12)}}, {Items: []string{"2.02"}}, {Forms: []edgar.Form{form("8-K/A")}}, {From: day("2024-01-04")}} {
		if got := all(t, s, q); len(got) != 1 {
			t.Errorf("%+v finds %v, want the filing", q, got)
		}
	}
	checkInvariants(t, s)
}

func TestForeignTokenIsRefused(t *testing.T) {
	s := openTemp(t)
	good := encodeToken(makeRef(day("2024-01-03"), acc(1)))
	flipped := []byte(good)
	flipped[3] ^= 1
	for _, bad := range []string{"x", "0", string(flipped), good + "A", good[:len(good)-1], strings.Repeat("A", len(good)), strings.Repeat("z", 1000)} {
		if _, err := s.Find(Query{After: bad}); !errors.Is(err, ErrToken) {
			t.Errorf("After %.40q: %v, want ErrToken", bad, err)
		}
	}
	if _, err := s.Find(Query{After: good}); err != nil {
		t.Errorf("After %q: %v", good, err)
	}
}

func TestTokenStaysValidWhileFilingsCome(t *testing.T) {
	s := openTemp(t)
	for n := range 10 {
		must(t, s.Record(made(n+1, day("2024-01-01").AddDays(n).String(), 10)))
	}
	p, err := s.Find(Query{Limit: 4})
	must(t, err)
	must(t, s.Record(made(50, "2024-03-01", 10), made(51, "2024-01-03", 10)))
	if got := len(all(t, s, Query{After: p.Next})); got != 7 {
		t.Errorf("%d filings after the page, want the 6 older ones and the new one among them", got)
	}
}

func TestFindReturnsPagesOfBoundedSize(t *testing.T) {
	s := openTemp(t)
	var fs []*parse.Filing
	for n := range MaxLimit + 200 {
		f := made(n+1, "2024-01-03", 10)
		f.Items, f.Documents = nil, nil
		fs = append(fs, f)
	}
	must(t, s.Record(fs...))
	for limit, want := range map[int]int{0: DefaultLimit, -3: DefaultLimit, 5: 5, MaxLimit: MaxLimit, 1 << 30: MaxLimit} {
		p, err := s.Find(Query{Limit: limit})
		must(t, err)
		if len(p.Filings) != want || p.Next == "" {
			t.Errorf("limit %d: %d filings, next %q; want %d and a token", limit, len(p.Filings), p.Next, want)
		}
	}
	if got := len(all(t, s, Query{})); got != len(fs) {
		t.Errorf("All yields %d, want %d", got, len(fs))
	}
	for range s.All(Query{}) {
		must(t, s.Record(made(1, "2024-01-04", 10))) // writing while ranging does not wait for the reader
		break
	}
}

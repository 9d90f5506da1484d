package index

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func TestFindAgreesWithALoopOverEverything(t *testing.T) {
	m := newModel(t, 1)
	for range 60 {
		m.change()
		for range 6 {
			q := randomQuery(m.r)
			q.Limit = m.r.IntN(2) * m.r.IntN(20)
			want := m.find(q)
			if q.Limit > 0 {
				want = want[:min(q.Limit, len(want))]
			}
			if got := all(t, m.s, q); !slices.Equal(want, got) {
				t.Fatalf("All(%s) (-want +got):\n%s", describeQuery(q), cmp.Diff(want, got, plain))
			}
		}
	}
	checkInvariants(t, m.s)
}

func TestPagesHoldEverythingOnceWhileFilingsCome(t *testing.T) {
	m := newModel(t, 2)
	for range 12 {
		m.change()
	}
	for range 40 {
		q := randomQuery(m.r)
		q.Limit = 1 + m.r.IntN(12)
		before := m.find(q)
		got := m.turn(q)
		after := m.find(q)
		missed := slices.DeleteFunc(before, func(a edgar.Accession) bool { return slices.Contains(got, a) })
		strange := slices.DeleteFunc(slices.Clone(got), func(a edgar.Accession) bool { return slices.Contains(after, a) })
		once := slices.Compact(slices.SortedFunc(slices.Values(got), edgar.Accession.Compare))
		if len(missed) > 0 || len(strange) > 0 || len(once) != len(got) {
			t.Fatalf("%s, by %d: %d, of them different %d; missed %v, not wanted %v", describeQuery(q), q.Limit, len(got), len(once), missed, strange)
		}
	}
}

// turn gets page after page of q, and has new filings recorded in between.
func (m *model) turn(q Query) (got []edgar.Accession) {
	for page := 0; ; page++ {
		p, err := m.s.Find(q)
		must(m.t, err)
		for _, f := range p.Filings {
			got = append(got, f.Accession)
		}
		if p.Next == "" {
			return got
		}
		if len(p.Filings) != q.Limit {
			m.t.Fatalf("%s: %d filings on a page that is not the last, want %d", describeQuery(q), len(p.Filings), q.Limit)
		}
		q.After = p.Next
		if page < 3 {
			m.fresh += 300
			m.record(m.fresh)
		}
	}
}

func TestATokenIsRefusedInTheOtherOrder(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-01-04", 10)))
	for _, q := range []Query{{}, {OldestFirst: true}} {
		q.Limit = 1
		p, err := s.Find(q)
		must(t, err)
		q.After, q.OldestFirst = p.Next, !q.OldestFirst
		if _, err := s.Find(q); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "oldest first") {
			t.Errorf("oldest first %t: %v, want ErrToken that tells the order", q.OldestFirst, err)
		}
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
	good := encodeToken(filingsNewest, makeRef(day("2024-01-03"), acc(1)))
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

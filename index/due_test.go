package index

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestDueComesNewestFirstWhetherDiscoveredOrDeferred(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	r := rand.New(rand.NewPCG(3, 4))
	ns := r.Perm(700)
	discoverMany(t, s, ns[1:])
	for _, n := range ns[1:101] {
		if n > 0 {
			must(t, s.Defer(acc(n), noon.Add(time.Duration(r.IntN(200)-100)*time.Minute), "later"))
		}
	}
	var want []Entry
	for e, err := range s.Entries() {
		must(t, err)
		if !e.Next.After(noon) {
			want = append(want, e)
		}
	}
	slices.SortFunc(want, func(a, b Entry) int {
		return newestFirst(makeRef(a.Filed, a.Accession), makeRef(b.Filed, b.Accession))
	})
	if got := accessions(due(t, s, noon)); !slices.Equal(got, accessions(want)) {
		t.Errorf("due %v\nwant %v", got, accessions(want))
	}
}

func TestDueMayBeWorkedOffWhileRangingOverIt(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	ns := make([]int, 600)
	for i := range ns {
		ns[i] = i + 1
	}
	discoverMany(t, s, ns)
	must(t, s.Defer(acc(5), noon.Add(-time.Hour), "later"))
	seen := map[edgar.Accession]int{}
	for e, err := range s.Due(noon) {
		must(t, err)
		seen[e.Accession]++
		switch n := len(seen); {
		case n == 3:
			_, err = s.Retry(nil, Deferred)
		case n%3 == 0:
			err = s.Defer(e.Accession, noon.Add(time.Hour), "503")
		case n%3 == 1:
			err = s.Reject(e.Accession, "404")
		default:
			f := made(1, e.Filed.String(), 10)
			f.Accession = e.Accession
			err = s.Record(f)
		}
		must(t, err)
	}
	if len(seen) != 600 {
		t.Errorf("%d entries came, want 600", len(seen))
	}
	for a, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times", a, n)
		}
	}
	checkInvariants(t, s)
}

func TestNothingIsDueBeforeItsTime(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Defer(acc(1), noon.Add(90*time.Second), "503"))
	for at, want := range map[time.Duration]int{0: 0, 89 * time.Second: 0, 90 * time.Second: 1, time.Hour: 1} {
		if es := due(t, s, noon.Add(at)); len(es) != want {
			t.Errorf("after %v: %d due, want %d", at, len(es), want)
		}
	}
}

func TestPartsOfASecondAreWaitedOut(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Defer(acc(1), noon.Add(1200*time.Millisecond), "503"))
	if e, err := s.Entry(acc(1)); err != nil || !e.Next.Equal(noon.Add(2*time.Second)) {
		t.Errorf("next %v, %v; want the second after", e.Next, err)
	}
	if es := due(t, s, noon.Add(1900*time.Millisecond)); len(es) != 0 {
		t.Errorf("due before its time: %v", es)
	}
}

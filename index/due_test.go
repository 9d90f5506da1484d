package index

import (
	"errors"
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

func TestDueSinceLeavesOutWhatWasFiledBefore(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	r := rand.New(rand.NewPCG(5, 6))
	discoverMany(t, s, r.Perm(700)[1:])
	for n := 1; n < 100; n++ {
		if err := s.Defer(acc(n), noon.Add(time.Duration(r.IntN(200)-150)*time.Minute), "later"); err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatal(err)
		}
	}
	all := due(t, s, noon)
	for _, first := range []edgar.Date{{}, all[0].Filed, all[len(all)/3].Filed, all[len(all)-1].Filed, all[0].Filed.AddDays(1)} {
		var want, got []Entry
		for _, e := range all {
			if !e.Filed.Before(first) {
				want = append(want, e)
			}
		}
		for e, err := range s.DueSince(noon, first) {
			must(t, err)
			got = append(got, e)
		}
		if !slices.Equal(accessions(got), accessions(want)) {
			t.Errorf("since %s: %d due, want %d", first, len(got), len(want))
		}
	}
}

func TestNextDueIsTheFirstTimeStillToCome(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"), row(3, 10, "2024-01-03"))
	if next, ok, err := s.NextDue(noon); ok || err != nil {
		t.Errorf("nothing deferred: next %v, %v, %v", next, ok, err)
	}
	must(t, s.Defer(acc(1), noon.Add(time.Hour), "503"))
	must(t, s.Defer(acc(2), noon.Add(time.Minute), "503"))
	for at, want := range map[time.Duration]time.Duration{-time.Hour: time.Minute, 0: time.Minute, time.Minute: time.Hour} {
		if next, ok, err := s.NextDue(noon.Add(at)); !ok || err != nil || !next.Equal(noon.Add(want)) {
			t.Errorf("after %v: next %v, %v, %v; want %v", at, next, ok, err, noon.Add(want))
		}
	}
	if _, ok, err := s.NextDue(noon.Add(time.Hour)); ok || err != nil {
		t.Errorf("all due: another still to come (%v)", err)
	}
}

func BenchmarkDueSinceBeforeABacklog(b *testing.B) {
	s := openTemp(b)
	s.db.NoSync = true
	ns := make([]int, 100_000)
	for i := range ns {
		ns[i] = i + 1
	}
	discoverMany(b, s, ns)
	first := edgar.DateOf(noon).AddDays(365)
	for b.Loop() {
		for _, err := range s.DueSince(noon, first) {
			must(b, err)
		}
	}
}

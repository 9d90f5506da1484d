package index

import (
	"testing"
	"time"
)

func TestStatusTellsHowFreshTheFilingsOfTheLastSevenDaysAre(t *testing.T) {
	s := openTemp(t)
	now := at("2024-06-20T16:00:00Z")
	for n := range 100 {
		f := made(n+1, "2024-06-19", 10)
		f.Accepted = at("2024-06-19T12:00:00Z")
		f.Seen = f.Accepted.Add(time.Duration(n+1) * time.Second)
		f.Recorded = f.Seen.Add(10 * time.Second)
		must(t, s.Record(f))
	}
	old, none, early := made(200, "2024-06-13", 10), made(201, "2024-06-14", 10), made(202, "2024-06-20", 10)
	old.Accepted, old.Seen = at("2024-06-13T12:00:00Z"), at("2024-06-19T12:00:00Z")
	none.Accepted = time.Time{}
	early.Accepted, early.Seen = at("2024-06-20T12:00:00Z"), at("2024-06-20T11:00:00Z")
	must(t, s.Record(old, none, early))
	got, err := s.Status(now)
	must(t, err)
	want := Freshness{
		Since: day("2024-06-14"), Filings: 102, Untimed: 2,
		AcceptedSeen: Percentiles{50, 90, 99, 100}, SeenRecorded: Percentiles{10, 10, 10, 10}, AcceptedRecorded: Percentiles{60, 100, 109, 110},
	}
	if got.Freshness == nil || *got.Freshness != want {
		t.Errorf("freshness %+v, want %+v", got.Freshness, want)
	}
}

func TestNothingFiledLatelyHasNoFreshness(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	got, err := s.Status(at("2024-06-20T16:00:00Z"))
	must(t, err)
	if got.Freshness != nil {
		t.Errorf("freshness %+v, want none", got.Freshness)
	}
}

func TestPercentilesAreTimesThatWereTaken(t *testing.T) {
	for _, c := range []struct {
		times []float64
		want  Percentiles
	}{
		{nil, Percentiles{}},
		{[]float64{7}, Percentiles{7, 7, 7, 7}},
		{[]float64{3, 1}, Percentiles{1, 3, 3, 3}},
		{[]float64{5, 1, 2, 4, 3}, Percentiles{3, 5, 5, 5}},
	} {
		if got := percentiles(c.times); got != c.want {
			t.Errorf("%v: %v, want %v", c.times, got, c.want)
		}
	}
}

package crawl

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// Gaps returns what is missing of the listings themselves, by their keys: those of
// past quarters and past business days that the archive covers and does not have,
// because EDGAR does not serve them or no pass has asked, those not read in full,
// and those that withdraw nothing because they lost too much. A day without a
// listing is a gap until the listing of its quarter reaches it, for extra closures
// are not known beforehand.
func Gaps(ix index.Reader, now time.Time) ([]Difference, error) {
	s, err := readShelf(ix, now)
	if err != nil {
		return nil, err
	}
	return s.gaps(), nil
}

// A shelf is what is known of listings at some time.
type shelf struct {
	now     time.Time
	today   edgar.Date
	records map[string]index.Listing
	from    edgar.Date // where coverage begins; none: nothing is covered for good
	issuers bool       // there are listings of issuers, and
	wide    bool       // of everybody
}

func readShelf(ix index.Reader, now time.Time) (*shelf, error) {
	s := &shelf{now: now, today: edgar.DateOf(now), records: make(map[string]index.Listing)}
	ls, err := ix.Listings()
	if err != nil {
		return nil, err
	}
	for _, l := range ls {
		s.records[l.Key] = l
		q, d := listedDays(l.Key)
		s.wide = s.wide || !q.IsZero() || !d.IsZero()
		s.issuers = s.issuers || isIssuerListing(l.File)
	}
	s.from, _, err = ix.Coverage()
	return s, err
}

// listedDays reads the key of a listing of a quarter or of a day.
func listedDays(key string) (q edgar.Quarter, d edgar.Date) {
	if q, err := edgar.ParseQuarter(key); err == nil {
		return q, d
	}
	d, _ = edgar.ParseDate(key)
	return q, d
}

func (s *shelf) gaps() (gaps []Difference) {
	seen := make(map[string]bool)
	for d := range s.expected {
		seen[d.Listing] = true
		gaps = append(gaps, d)
	}
	for _, key := range slices.Sorted(maps.Keys(s.records)) {
		l := s.records[key]
		if l.Absent && !seen[key] && !s.reached(key) {
			gaps = append(gaps, absentListing(key, true))
		}
		if l.Held > 0 {
			gaps = append(gaps, Difference{Kind: ListingShrunk, Listing: key, Detail: fmt.Sprintf("lists %d fewer than before, which were not withdrawn", l.Held)})
		}
	}
	slices.SortStableFunc(gaps, func(a, b Difference) int { return firstDay(a.Listing).Compare(firstDay(b.Listing)) })
	return gaps
}

func firstDay(key string) edgar.Date {
	q, d := listedDays(key)
	if q.IsZero() {
		return d
	}
	return q.First()
}

// reached reports whether key is of a day that the listing of its quarter has
// reached since.
func (s *shelf) reached(key string) bool {
	_, d := listedDays(key)
	l, ok := s.records[d.Quarter().String()]
	return !d.IsZero() && ok && !l.Absent && !l.LastData.Before(d)
}

func absentListing(key string, asked bool) Difference {
	d := Difference{Kind: NoListing, Listing: key, Detail: "EDGAR does not have it"}
	if !asked {
		d.Detail = "no pass has read it"
	}
	return d
}

// expected yields what is missing of the listings that cover the days from where
// coverage begins until the last settled day.
func (s *shelf) expected(yield func(Difference) bool) {
	if s.from.IsZero() || s.issuers && !s.wide {
		return
	}
	for q := s.from.Quarter(); q.Compare(s.today.Quarter()) <= 0; q = q.Next() {
		if !s.ofQuarter(q, yield) {
			return
		}
	}
}

func (s *shelf) ofQuarter(q edgar.Quarter, yield func(Difference) bool) bool {
	l, asked := s.records[q.String()]
	has, running := asked && !l.Absent, q == s.today.Quarter()
	first := later(s.from, q.First())
	switch x := parseExtent(l.Scope); {
	case !has && running && s.today.AddDays(-lookBack).Before(q.First()): // it may be yet to come
	case !has:
		if !yield(absentListing(q.String(), asked)) {
			return false
		}
	case l.Scope == "":
		return yield(Difference{Kind: ListingUnread, Listing: l.Key, Detail: "its rows were not taken in"})
	case x.first > first.String():
		if !yield(Difference{Kind: ListingUnread, Listing: l.Key, Detail: "read from " + x.first + " on only"}) {
			return false
		}
	case !running && endsEarly(l, q.Last()):
		return yield(Difference{Kind: NoListing, Listing: l.Key, Detail: "read up to " + l.LastData.String() + " only"})
	}
	return !running || s.ofDays(later(first, l.LastData.AddDays(1)), yield)
}

// ofDays looks for the daily listings from a day on.
func (s *shelf) ofDays(first edgar.Date, yield func(Difference) bool) bool {
	for d := first; !s.now.Before(settled(d)); d = d.AddDays(1) {
		l, asked := s.records[d.String()]
		switch {
		case !edgar.IsBusinessDay(d):
		case !asked || l.Absent:
			if !yield(absentListing(d.String(), asked)) {
				return false
			}
		case l.Scope == "":
			if !yield(Difference{Kind: ListingUnread, Listing: l.Key, Detail: "its rows were not taken in"}) {
				return false
			}
		}
	}
	return true
}

// settled is when the listings of a day are sure to be there.
func settled(d edgar.Date) time.Time { return d.AddDays(1).Midnight().Add(6 * time.Hour) }

package index

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// freshDays is how many days of filings Freshness is about, today included.
const freshDays = 7

// Freshness is how soon after SEC accepted them the filings of the last seven days
// were seen in a listing or feed and recorded.
type Freshness struct {
	Since            edgar.Date  `json:"since"`             // the first of the seven days
	Filings          int         `json:"filings"`           // filed since, and recorded
	Untimed          int         `json:"untimed,omitempty"` // of them accepted at no time that is known, or only after they were seen; not in what follows
	AcceptedSeen     Percentiles `json:"accepted_seen"`
	SeenRecorded     Percentiles `json:"seen_recorded"`
	AcceptedRecorded Percentiles `json:"accepted_recorded"`
}

// Percentiles are of times in seconds: half of all took at most P50, all at most Max.
type Percentiles struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// freshness reads the filings of the last days, nil when there are none.
func (s *Store) freshness(tx *bolt.Tx, now time.Time) (*Freshness, error) {
	f := &Freshness{Since: edgar.DateOf(now).AddDays(1 - freshDays)}
	var seen, recorded, both []float64
	first := makeRef(f.Since, edgar.Accession{})
	c, filings := tx.Bucket(bucketDate).Cursor(), tx.Bucket(bucketFiling)
	for k, _ := c.Seek(first[:]); k != nil; k, _ = c.Next() {
		raw := filings.Get(k[4:])
		if raw == nil {
			return nil, fmt.Errorf("filing %x has keys and is not there: %w", k[4:], ErrDamaged)
		}
		x, err := s.codec.decode(bytes.Clone(raw))
		if err != nil {
			return nil, err
		}
		f.Filings++
		if !timed(x) {
			f.Untimed++
			continue
		}
		seen = append(seen, x.Seen.Sub(x.Accepted).Seconds())
		recorded = append(recorded, x.Recorded.Sub(x.Seen).Seconds())
		both = append(both, x.Recorded.Sub(x.Accepted).Seconds())
	}
	if f.Filings == 0 {
		return nil, nil
	}
	f.AcceptedSeen, f.SeenRecorded, f.AcceptedRecorded = percentiles(seen), percentiles(recorded), percentiles(both)
	return f, nil
}

// timed reports whether what is known of a filing's times can be so.
func timed(f *parse.Filing) bool {
	return !f.Accepted.IsZero() && !f.Seen.Before(f.Accepted) && !f.Recorded.Before(f.Seen)
}

// percentiles sorts the times. Each is one of them, by the nearest rank.
func percentiles(times []float64) (p Percentiles) {
	if len(times) == 0 {
		return p
	}
	slices.Sort(times)
	at := func(share float64) float64 { return times[max(0, int(math.Ceil(share*float64(len(times))))-1)] }
	return Percentiles{at(0.5), at(0.9), at(0.99), at(1)}
}

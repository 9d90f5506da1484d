package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Bounds of Tally.Lags.
const (
	EarlyLag = -1 // filed before the period ended, by any number of days
	MaxLag   = 30 // business days, or more
)

// tallied bounds the filings of one answer of Tally.
const tallied = 20_000

// TallyQuestion asks for filings counted by when they came.
type TallyQuestion struct {
	From  edgar.Date `json:"from,omitzero"` // filed on these days or between; either end may be open
	To    edgar.Date `json:"to,omitzero"`
	After []byte     `json:"after,omitempty"` // TallyPage.Next of the page before
}

// TallyPage is what was counted in a part of those days.
type TallyPage struct {
	Tally Tally  `json:"tally"`
	Next  []byte `json:"next,omitempty"` // none: this was the last
}

// Tally counts filings, withdrawn ones included. The zero Tally is that of none.
type Tally struct {
	Filings int            `json:"filings"`
	Months  map[string]int `json:"months,omitempty"`  // by month of filing, "2024-01"
	Hours   [24]int        `json:"hours"`             // by the hour of acceptance, Eastern time
	Untimed int            `json:"untimed,omitempty"` // of which that is not known
	Lags    map[int]int    `json:"lags,omitempty"`    // by business days after the period, to the filing date: EarlyLag to MaxLag
	Undated int            `json:"undated,omitempty"` // without a period
}

// Add counts those of o, too.
func (t *Tally) Add(o Tally) {
	t.Filings += o.Filings
	t.Untimed += o.Untimed
	t.Undated += o.Undated
	for h, n := range o.Hours {
		t.Hours[h] += n
	}
	t.Months, t.Lags = sum(t.Months, o.Months), sum(t.Lags, o.Lags)
}

// sum returns the map into with the numbers of more added, a map of its own.
func sum[K comparable](into, more map[K]int) map[K]int {
	if into == nil {
		return maps.Clone(more)
	}
	for k, n := range more {
		into[k] += n
	}
	return into
}

// Tally counts filings in the order of their filing dates, at most 20,000 in an
// answer, which takes some milliseconds: add up the pages. A Next that is of no page
// is ErrToken. What is recorded meanwhile counts where its place is still ahead.
func (s *Store) Tally(q TallyQuestion) (p TallyPage, err error) {
	w := daysWindow(q.From, q.To)
	if q.After != nil {
		if len(q.After) != refSize {
			return p, fmt.Errorf("counting filings: a place of %d bytes: %w", len(q.After), ErrToken)
		}
		after, ok := onward.after(ref(q.After))
		if !ok {
			return p, nil
		}
		w = w.and(window{after, wholeWindow().high})
	}
	t := newTallying()
	err = s.db.View(func(tx *bolt.Tx) error {
		p.Next, err = t.read(tx.Bucket(bucketDate).Cursor(), w)
		return err
	})
	if err != nil {
		return TallyPage{}, fmt.Errorf("counting filings: %w", err)
	}
	p.Tally = t.Tally
	return p, nil
}

// tallying is a page on its way, and what is known of the day that it has come to.
type tallying struct {
	Tally
	zone *time.Location

	number uint32 // of the day, as in a ref
	month  string
	day    int64 // counted from 1970
	lags   []int // by calendar days before it: business days since
}

func newTallying() *tallying {
	return &tallying{Tally: Tally{Months: map[string]int{}, Lags: map[int]int{}}, zone: edgar.Eastern()}
}

// read counts what the cursor, which is one of the lane of dates, finds in w, and
// returns the last place when there may be more.
func (t *tallying) read(c *bolt.Cursor, w window) (next []byte, err error) {
	for k, v := c.Seek(w.low[:]); k != nil && bytes.Compare(k, w.high[:]) <= 0; k, v = c.Next() {
		if t.Filings == tallied {
			return next, nil
		}
		if err := t.count(k, v); err != nil {
			return nil, fmt.Errorf("key %x: %w", k, err)
		}
		if t.Filings == tallied {
			next = bytes.Clone(k)
		}
	}
	return nil, nil
}

func (t *tallying) count(k, v []byte) error {
	if len(k) != refSize {
		return errMalformed
	}
	if n := binary.BigEndian.Uint32(k); n != t.number || t.month == "" {
		if err := t.begin(n); err != nil {
			return err
		}
	}
	f, err := decodeFacts(v)
	if err != nil {
		return err
	}
	t.Filings++
	t.Months[t.month]++
	if f.accepted == 0 {
		t.Untimed++
	} else {
		t.Hours[time.Unix(int64(f.accepted), 0).In(t.zone).Hour()]++
	}
	if f.period.IsZero() {
		t.Undated++
	} else {
		t.Tally.Lags[t.lag(f.period)]++
	}
	return nil
}

// begin comes to another day.
func (t *tallying) begin(number uint32) error {
	d, err := dateFromNumber(uint64(number))
	if err != nil || d.IsZero() {
		return fmt.Errorf("the day %d: %w", number, errMalformed)
	}
	t.number, t.month, t.day, t.lags = number, d.String()[:len("2024-01")], dayCount(d), t.lags[:0]
	for lag := 0; lag < MaxLag; d = d.AddDays(-1) {
		t.lags = append(t.lags, lag)
		if edgar.IsBusinessDay(d) {
			lag++
		}
	}
	return nil
}

// lag returns how many business days come after a period, up to the day.
func (t *tallying) lag(period edgar.Date) int {
	switch days := t.day - dayCount(period); {
	case days < 0:
		return EarlyLag
	case days < int64(len(t.lags)):
		return t.lags[days]
	}
	return MaxLag
}

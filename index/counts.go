package index

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// Count is how many filings of a year have an item or a form.
type Count struct {
	Key   string `json:"key,omitempty"` // an item number or a form; "" for all filings
	Year  int    `json:"year"`          // of filing
	Count int    `json:"count"`
}

// Counts are the numbers of filings, withdrawn ones included, sorted by key and then
// year. A filing with an item twice counts once.
type Counts struct {
	Items []Count `json:"items"`
	Forms []Count `json:"forms"`
	Years []Count `json:"years"`
}

// Counts returns the numbers of filings by item, by form and by year. They are kept
// counted: it takes no longer with more filings.
func (s *Store) Counts() (Counts, error) {
	var c Counts
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		b := tx.Bucket(bucketCount)
		if c.Items, err = countsByYear(b, countItem); err != nil {
			return err
		}
		if c.Forms, err = countsByYear(b, countForm); err != nil {
			return err
		}
		c.Years, err = countsByYear(b, countYear)
		return err
	})
	if err != nil {
		return Counts{}, fmt.Errorf("reading the numbers of filings: %w", err)
	}
	return c, nil
}

// countsByYear reads the counters of a kind, whose keys begin with four digits of a
// year.
func countsByYear(b *bolt.Bucket, kind string) (cs []Count, err error) {
	err = counts(b, kind, func(key string, n int) error {
		if len(key) < 4 {
			return errMalformed
		}
		year, err := strconv.Atoi(key[:4])
		if err != nil {
			return fmt.Errorf("%w: %w", errMalformed, err)
		}
		cs = append(cs, Count{Key: key[4:], Year: year, Count: n})
		return nil
	})
	slices.SortFunc(cs, func(a, b Count) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Year, b.Year)) })
	return cs, err
}

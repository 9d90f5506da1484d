package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// DueCounts returns, by year of filing, how many of the entries that Due yields at
// the time now were filed from one day to another, with one of the forms; nil forms
// are all. It reads counters, and beside them the entries that were deferred and are
// due again, and at most those of two quarters that are not wanted whole.
func (s *Store) DueCounts(now time.Time, from, to edgar.Date, forms []edgar.Form) (map[int]int, error) {
	c := dueCount{from: from, to: to, forms: forms, years: map[int]int{}}
	err := s.db.View(func(tx *bolt.Tx) error {
		if err := counts(tx.Bucket(bucketCount), countDue, func(key string, n int) error { return c.quarter(tx, key, n) }); err != nil {
			return err
		}
		return c.late(tx, now)
	})
	if err != nil {
		return nil, fmt.Errorf("counting what is due: %w", err)
	}
	return c.years, nil
}

// dueCount is one DueCounts under way.
type dueCount struct {
	from, to edgar.Date
	forms    []edgar.Form
	years    map[int]int
}

func (c *dueCount) wants(d edgar.Date, form string) bool {
	return !d.Before(c.from) && !c.to.Before(d) && c.wantsForm(form)
}

func (c *dueCount) wantsForm(form string) bool {
	return c.forms == nil || slices.ContainsFunc(c.forms, func(f edgar.Form) bool { return f.String() == form })
}

// quarter takes in a counter of what is due at once of a quarter and form.
func (c *dueCount) quarter(tx *bolt.Tx, key string, n int) error {
	if len(key) < 5 {
		return errMalformed
	}
	form := key[5:]
	year, yerr := strconv.Atoi(key[:4])
	d, derr := edgar.NewDate(year, time.Month(key[4]-'0')*3, 1)
	if !c.wantsForm(form) || yerr != nil || derr != nil { // none is without a date
		return nil
	}
	q := d.Quarter()
	switch {
	case q.Last().Before(c.from) || c.to.Before(q.First()):
	case !q.First().Before(c.from) && !c.to.Before(q.Last()):
		c.years[year] += n
	default:
		return c.part(tx, q, form)
	}
	return nil
}

// part reads what is due at once of a quarter that is not wanted whole.
func (c *dueCount) part(tx *bolt.Tx, q edgar.Quarter, form string) error {
	first, last := later(q.First(), c.from), q.Last()
	if c.to.Before(last) {
		last = c.to
	}
	cur, end := tx.Bucket(bucketDue).Cursor(), makeRef(first, edgar.Accession{})
	for k, _ := cur.Seek(dueKey(time.Time{}, last, edgar.Accession{})); k != nil && binary.BigEndian.Uint64(k) == 0; k, _ = cur.Next() {
		r := dueRef(k)
		if bytes.Compare(r[:4], end[:4]) < 0 {
			return nil
		}
		e, err := entryAt(tx, r)
		if err != nil {
			return err
		}
		if e.Form.String() == form {
			c.years[e.Filed.Year()]++
		}
	}
	return nil
}

func later(a, b edgar.Date) edgar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// late takes in the deferred entries whose time has come.
func (c *dueCount) late(tx *bolt.Tx, now time.Time) error {
	cur := tx.Bucket(bucketDue).Cursor()
	for k, _ := cur.Seek(binary.BigEndian.AppendUint64(nil, 1)); k != nil && binary.BigEndian.Uint64(k) <= uint64(seconds(now)); k, _ = cur.Next() {
		e, err := entryAt(tx, dueRef(k))
		if err != nil {
			return err
		}
		if c.wants(e.Filed, e.Form.String()) {
			c.years[e.Filed.Year()]++
		}
	}
	return nil
}

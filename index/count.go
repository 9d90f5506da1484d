package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// counter is a key of the bucket count: a byte that says what is counted, and of
// what. Its value is a varint; one that is zero is not there.
type counter string

// What is counted.
const (
	countYear    = "y" // filings: year
	countItem    = "i" // filings: year, item number
	countForm    = "f" // filings: year, form
	countState   = "s" // entries: state
	countQuarter = "q" // entries: quarter as year and digit, state
	countReason  = "r" // entries: state, reason
	countCut     = "c" // recorded entries whose copy is cut
	countDue     = "d" // entries due at once: quarter as year and digit, form
)

// filingCounters returns the counters of a filing with the keys given.
func filingCounters(ps []posting) (cs []counter) {
	for _, p := range ps {
		switch {
		case p.in(bucketDate):
			cs = append(cs, counter(countYear+p.ref().year()))
		case p.in(bucketForm):
			cs = append(cs, counter(countForm+p.ref().year()+p.name()))
		case p.in(bucketItem):
			cs = append(cs, counter(countItem+p.ref().year()+p.name()))
		}
	}
	return cs
}

// year is that of a ref, in four digits.
func (r ref) year() string { return fmt.Sprintf("%04d", binary.BigEndian.Uint32(r[:4])/1e4) }

// counters returns the counters that e is counted in.
func (e *Entry) counters() []counter {
	code := string(e.State.code())
	cs := []counter{counter(countState + code)}
	if !e.Filed.IsZero() {
		cs = append(cs, counter(countQuarter+quarterKey(e.Filed.Quarter())+code))
	}
	if e.Reason != "" {
		cs = append(cs, counter(countReason+code+e.Reason))
	}
	if e.Cut && e.State == Recorded {
		cs = append(cs, countCut)
	}
	if e.pending() && e.Next.IsZero() {
		cs = append(cs, counter(countDue+quarterKey(e.Filed.Quarter())+e.Form.String()))
	}
	return cs
}

// readQuarterKey takes apart what follows countQuarter.
func readQuarterKey(key string) (q edgar.Quarter, st State, err error) {
	if len(key) != 6 {
		return q, "", errMalformed
	}
	if st, err = stateOf(key[5:]); err != nil {
		return q, "", err
	}
	year, yerr := strconv.Atoi(key[:4])
	d, derr := edgar.NewDate(year, time.Month(key[4]-'0')*3, 1)
	if err := errors.Join(yerr, derr); err != nil {
		return q, "", fmt.Errorf("%w: %w", errMalformed, err)
	}
	return d.Quarter(), st, nil
}

// stateOf returns the state whose code is the first byte of a key.
func stateOf(key string) (State, error) {
	if states := States(); len(key) > 0 && int(key[0]) < len(states) {
		return states[key[0]], nil
	}
	return "", errMalformed
}

func quarterKey(q edgar.Quarter) string { return fmt.Sprintf("%04d%d", q.Year(), q.Number()) }

// tally adds n to each of the counters, when the transaction ends.
func (w *writing) tally(cs []counter, n int) {
	for _, c := range cs {
		w.added[c] += n
	}
}

// flush brings the counters up to date.
func (w *writing) flush() error {
	b := w.Bucket(bucketCount)
	for c, n := range w.added {
		if n == 0 {
			continue
		}
		had, err := count(b, c)
		if err != nil {
			return err
		}
		if n += had; n < 0 {
			return fmt.Errorf("counter %q would be %d: %w", string(c), n, ErrDamaged)
		}
		if n == 0 {
			err = b.Delete([]byte(c))
		} else {
			err = b.Put([]byte(c), binary.AppendUvarint(nil, uint64(n)))
		}
		if err != nil {
			return err
		}
	}
	clear(w.added)
	return nil
}

// count returns the value of a counter.
func count(b *bolt.Bucket, c counter) (int, error) {
	v := b.Get([]byte(c))
	if v == nil {
		return 0, nil
	}
	return decodeCount(v)
}

func decodeCount(v []byte) (int, error) {
	r := reader{b: v}
	n := r.uvarint()
	if r.bad || len(r.b) > 0 || n > 1<<40 {
		return 0, fmt.Errorf("counter: %w", errMalformed)
	}
	return int(n), nil
}

// counts calls each with the counters of one kind, in order, and what follows the
// kind in their keys.
func counts(b *bolt.Bucket, kind string, each func(key string, n int) error) error {
	c := b.Cursor()
	for k, v := c.Seek([]byte(kind)); bytes.HasPrefix(k, []byte(kind)); k, v = c.Next() {
		n, err := decodeCount(v)
		if err == nil {
			err = each(string(k[len(kind):]), n)
		}
		if err != nil {
			return fmt.Errorf("counter %q: %w", k, err)
		}
	}
	return nil
}

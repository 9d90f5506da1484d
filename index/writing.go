package index

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// writing is a write transaction under way and what it adds to counters.
type writing struct {
	*bolt.Tx
	added map[counter]int
	names map[string]struct{} // name keys known to be there
}

func newWriting(tx *bolt.Tx) *writing {
	return &writing{Tx: tx, added: map[counter]int{}, names: map[string]struct{}{}}
}

// follows reports whether filings filed on the day d or later are newer than those
// that are there, but for a few days.
func (w *writing) follows(d edgar.Date) bool {
	const late = 7
	k, _ := w.Bucket(bucketDate).Cursor().Last()
	return k == nil || bytes.Compare(k, binary.BigEndian.AppendUint32(nil, dateNumber(d.AddDays(late)))) < 0
}

// fullness is how full pages stay that are split where keys come one behind the other.
const fullness = 0.9

// keepFull says that what is written follows, in time, on what is there: it comes behind
// all else that has the same item, form, agent. Pages that become too full are then
// split near their end, for nothing more will come before it. Where keys come in no
// such order half a page is the better part, as in the lanes of issuers, and in all of
// them while the past is recorded, which begins with its end.
func (w *writing) keepFull() {
	for _, name := range [][]byte{bucketFiling, bucketEntry, bucketDate, bucketForm, bucketItem, bucketExhibit, bucketPlace, bucketWarning, bucketMark} {
		w.Bucket(name).FillPercent = fullness
	}
}

// put writes keys of lanes, but for those under date, which number writes.
func (w *writing) put(ps []posting) error {
	for _, p := range ps {
		if p.in(bucketDate) {
			continue
		}
		if err := w.Bucket(p.bucket).Put([]byte(p.key), p.value); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes keys of lanes, and with one under date its change.
func (w *writing) drop(ps []posting) error {
	for _, p := range ps {
		if p.in(bucketDate) {
			if err := w.dropChange([]byte(p.key)); err != nil {
				return err
			}
		}
		if err := w.Bucket(p.bucket).Delete([]byte(p.key)); err != nil {
			return err
		}
	}
	return nil
}

// number gives the filing at r the number of change n, or the next one when n is 0,
// in place of the one it has, and writes its facts.
func (w *writing) number(r ref, facts []byte, n uint64) (err error) {
	if err := w.dropChange(r[:]); err != nil {
		return err
	}
	changes := w.Bucket(bucketChange)
	if n == 0 {
		changes.FillPercent = 1 // the key comes at the end
		if n, err = nextChange(changes); err != nil {
			return err
		}
	}
	if err := changes.Put(changeKey(n), r.accessionKey()); err != nil {
		return err
	}
	return w.Bucket(bucketDate).Put(r[:], append(binary.AppendUvarint(nil, n), facts...))
}

// nextChange gives out a number that no change has had.
func nextChange(changes *bolt.Bucket) (uint64, error) {
	n, err := changes.NextSequence()
	if k, _ := changes.Cursor().Last(); err == nil && bytes.Compare(k, changeKey(n)) >= 0 {
		err = fmt.Errorf("change %x is there, and %d comes next: %w", k, n, ErrDamaged)
	}
	return n, err
}

// dropChange deletes the change of the filing at r, if it has one.
func (w *writing) dropChange(r []byte) error {
	v := w.Bucket(bucketDate).Get(r)
	if v == nil {
		return nil
	}
	f, err := decodeFacts(v)
	if err != nil {
		return fmt.Errorf("facts of %x: %w", r, err)
	}
	return w.Bucket(bucketChange).Delete(changeKey(f.sequence))
}

func changeKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

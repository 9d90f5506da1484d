package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// ref is the tail of every secondary key, date|accession: four bytes of the day
// as the number 20240131 and eight of the accession number, both big-endian, so
// that refs sort by filing date and then by accession number.
type ref [refSize]byte

const refSize = 12

func makeRef(d edgar.Date, a edgar.Accession) (r ref) {
	b := binary.BigEndian.AppendUint32(r[:0], dateNumber(d))
	a.AppendKey(b)
	return r
}

func (r ref) compare(o ref) int    { return bytes.Compare(r[:], o[:]) }
func (r ref) accessionKey() []byte { return r[4:] }
func (r ref) date() (edgar.Date, error) {
	return dateFromNumber(uint64(binary.BigEndian.Uint32(r[:4])))
}

func (r ref) accession() (edgar.Accession, error) { return accessionFromKey(r[4:]) }

func dateNumber(d edgar.Date) uint32 {
	return uint32(d.Year()*10000 + int(d.Month())*100 + d.Day())
}

func dateFromNumber(n uint64) (edgar.Date, error) {
	if n == 0 {
		return edgar.Date{}, nil
	}
	d, err := edgar.NewDate(int(min(n/1e4, 1e4)), time.Month(n/100%100), int(n%100))
	if err != nil {
		return d, fmt.Errorf("date number %d: %w: %w", n, errMalformed, err)
	}
	return d, nil
}

// accessionFromKey reads what accessionKey writes.
func accessionFromKey(k []byte) (edgar.Accession, error) {
	a, err := edgar.AccessionFromKey(k)
	if err != nil {
		return a, fmt.Errorf("key %x: %w: %w", k, errMalformed, err)
	}
	return a, nil
}

func accessionKey(a edgar.Accession) []byte { return a.AppendKey(make([]byte, 0, 8)) }

const cikSize = 5

// cikPrefix is five bytes big-endian: a CIK has at most ten digits.
func cikPrefix(c edgar.CIK) []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 8+refSize), uint64(c.Int()))
	return b[3:]
}

// cikFromKey reads what cikPrefix writes.
func cikFromKey(k []byte) (edgar.CIK, error) {
	if len(k) != cikSize {
		return edgar.CIK{}, errMalformed
	}
	c, err := edgar.CIKFromInt(int64(binary.BigEndian.Uint64(append(make([]byte, 8-cikSize, 8), k...))))
	if err != nil {
		return c, fmt.Errorf("key %x: %w: %w", k, errMalformed, err)
	}
	return c, nil
}

// namePrefix is a form or an item number, ended by a zero byte.
func namePrefix(s string) []byte { return append([]byte(s), 0) }

// dueKey is seconds|inverted date|accession: what is due first comes first, and
// within the same second the newest filing.
func dueKey(next time.Time, d edgar.Date, a edgar.Accession) []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 20), uint64(seconds(next)))
	b = binary.BigEndian.AppendUint32(b, ^dateNumber(d))
	return a.AppendKey(b)
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(t.Unix(), 0)
}

func fromSeconds(n uint64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}

// filingCIKs is the sorted union of the filers in the header and the listed.
func filingCIKs(f *parse.Filing, listed []edgar.CIK) []edgar.CIK {
	all := slices.Clone(listed)
	for _, x := range f.Filers {
		if !x.CIK.IsZero() {
			all = append(all, x.CIK)
		}
	}
	return sortedCIKs(all)
}

func sortedCIKs(cs []edgar.CIK) []edgar.CIK {
	slices.SortFunc(cs, edgar.CIK.Compare)
	return slices.Compact(cs)
}

package index

import (
	"bytes"
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Bounds of Amendments.
const (
	maxAmendments  = 64
	maxAmendedDays = 400  // between an original and an amendment of it that gives another event
	maxAmendedKeys = 1000 // of one issuer's filings in these days
)

// Amendments returns the filings that amend the one recorded under a, oldest first,
// without text: those whose Amends is linked to it. It looks at the amendments of
// the same issuer and event, and at those that the issuer filed within 400 days, 64
// at most. A filing that is not recorded gives ErrNotFound.
func (s *Store) Amendments(a edgar.Accession) ([]*parse.Filing, error) {
	f, err := s.Filing(a)
	if err != nil {
		return nil, err
	}
	var raws [][]byte
	err = s.db.View(func(tx *bolt.Tx) error {
		raws = amendmentsBeside(tx, f)
		return nil
	})
	var fs []*parse.Filing
	for i := 0; err == nil && i < len(raws); i++ {
		var x *parse.Filing
		if x, err = s.codec.decode(raws[i]); err == nil {
			fs = append(fs, x)
		}
	}
	if err == nil {
		err = s.link(fs...)
	}
	if err != nil {
		return nil, fmt.Errorf("amendments of %s: %w", a, err)
	}
	return slices.DeleteFunc(fs, func(x *parse.Filing) bool { return x.Amends.Accession != a }), nil
}

// amendmentsBeside returns the values of the amendments that may amend f, oldest
// first.
func amendmentsBeside(tx *bolt.Tx, f *parse.Filing) (raws [][]byte) {
	_, forms := formsAmended(f.Form.Amendment())
	var refs []ref
	take := func(r ref) bool {
		for _, form := range forms {
			if has(tx, bucketForm, namePrefix(form.String()), r) {
				refs = append(refs, r)
				break
			}
		}
		return len(refs) < maxAmendments
	}
	var listed []edgar.CIK
	if e, err := getEntry(tx, f.Accession); err == nil {
		listed = e.CIKs
	}
	for _, cik := range filingCIKs(f, listed) {
		if !f.Period.IsZero() {
			eachRef(tx, bucketEvent, eventPrefix(cik, f.Period), f.Filed, edgar.Date{}, maxAmendedKeys, take)
		}
		eachRef(tx, bucketCIK, cikPrefix(cik), f.Filed, f.Filed.AddDays(maxAmendedDays), maxAmendedKeys, take)
	}
	slices.SortFunc(refs, ref.compare)
	filings := tx.Bucket(bucketFiling)
	for _, r := range slices.Compact(refs) {
		if acc, err := r.accession(); err != nil || acc == f.Accession {
			continue
		}
		if raw := filings.Get(r.accessionKey()); raw != nil {
			raws = append(raws, bytes.Clone(raw))
		}
	}
	return raws
}

// eachRef hands over the refs under a prefix that were filed on the days or between,
// oldest first, until take has enough or it has seen so many keys; it reports
// whether it saw all. A zero day is no bound.
func eachRef(tx *bolt.Tx, bucket, prefix []byte, from, to edgar.Date, keys int, take func(ref) bool) bool {
	days := daysWindow(from, to)
	c := tx.Bucket(bucket).Cursor()
	k, _ := c.Seek(append(bytes.Clone(prefix), days.low[:]...))
	for ; len(k) == len(prefix)+refSize && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		var r ref
		copy(r[:], k[len(prefix):])
		if r.compare(days.high) > 0 {
			return true
		}
		if keys--; keys < 0 || !take(r) {
			return false
		}
	}
	return true
}

package index

import (
	"fmt"
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// Edition names a state of all filings: answers about them that were given in the
// same edition are the same, and may be kept while it stands.
type Edition struct {
	Epoch    string `json:"epoch"`    // of the numbering of changes
	Sequence uint64 `json:"sequence"` // the highest number given out in it
}

// maxEpoch bounds the characters of an epoch.
const maxEpoch = 64

// String writes e as EPOCH-SEQUENCE; what ParseEdition reads.
func (e Edition) String() string { return e.Epoch + "-" + strconv.FormatUint(e.Sequence, 10) }

// ParseEdition reads what String writes: an epoch of up to 64 letters and digits, a
// hyphen and a number without zeros in front.
func ParseEdition(s string) (Edition, error) {
	epoch, number, ok := strings.Cut(s, "-")
	n, err := strconv.ParseUint(number, 10, 64)
	e := Edition{epoch, n}
	named := epoch != "" && len(epoch) <= maxEpoch && strings.IndexFunc(epoch, func(r rune) bool { return r > 'z' || !isWordRune(r) }) < 0
	if !ok || err != nil || !named || e.String() != s {
		return Edition{}, fmt.Errorf("%q names no edition: want EPOCH-SEQUENCE, as 00c0ffee-17", clip(s, maxEpoch))
	}
	return e, nil
}

// Edition returns the edition that the index is in. Each change of a filing makes
// another one, as do symbols that another issuer has, and Rebuild. It takes
// microseconds.
func (s *Store) Edition() (Edition, error) {
	var e Edition
	err := s.db.View(func(tx *bolt.Tx) error {
		e = Edition{string(tx.Bucket(bucketMeta).Get(metaEpoch)), tx.Bucket(bucketChange).Sequence()}
		return nil
	})
	if err != nil {
		return Edition{}, fmt.Errorf("reading the edition: %w", err)
	}
	return e, nil
}

// turn makes another edition without giving a filing a number: what leads to filings
// has changed.
func (w *writing) turn() error {
	_, err := nextChange(w.Bucket(bucketChange))
	return err
}

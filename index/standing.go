package index

import (
	"bytes"
	"fmt"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// MaxStandings bounds the entries of one answer of Standings.
const MaxStandings = 1000

// A Standing is an entry and what was recorded of its submission, as far as the
// archive must have the same.
type Standing struct {
	Entry
	Filing   bool   `json:"filing,omitempty"`   // there is a record, which says:
	SHA256   string `json:"sha256,omitempty"`   // of the submission as EDGAR served it, in hexadecimal
	Size     int64  `json:"size,omitempty"`     // of the same, in bytes
	Revision int    `json:"revision,omitempty"` // which of the archive it is

	// Fault says what of it cannot be read, "" when all can. Of an entry that
	// cannot be read only the accession number is known.
	Fault string `json:"fault,omitempty"`
}

// Standings returns the n entries that come after an accession number, in that
// order, at most MaxStandings of them; fewer than it was asked for when there are
// no more. A value that cannot be read is a Fault of its Standing and no error.
func (s *Store) Standings(after edgar.Accession, n int) ([]Standing, error) {
	page, err := s.kept(after, min(max(n, 1), MaxStandings))
	if err != nil {
		return nil, fmt.Errorf("reading entries after %s: %w", after, err)
	}
	all := make([]Standing, 0, len(page))
	for _, k := range page {
		all = append(all, k.standing(s.codec))
	}
	return all, nil
}

// keptValues is what the index has of one submission, not decoded.
type keptValues struct {
	accession edgar.Accession
	entry     []byte
	filing    []byte // nil: none
}

// kept copies out the values of n entries after an accession number.
func (s *Store) kept(after edgar.Accession, n int) (page []keptValues, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		filings := tx.Bucket(bucketFiling)
		c := tx.Bucket(bucketEntry).Cursor()
		k, v := c.Seek(accessionKey(after))
		if bytes.Equal(k, accessionKey(after)) {
			k, v = c.Next()
		}
		for ; k != nil && len(page) < n; k, v = c.Next() {
			a, err := accessionFromKey(k)
			if err != nil {
				return err
			}
			page = append(page, keptValues{a, bytes.Clone(v), bytes.Clone(filings.Get(k))})
		}
		return nil
	})
	return page, err
}

func (k *keptValues) standing(c *codec) Standing {
	e, err := decodeEntry(k.accession, k.entry)
	if err != nil {
		return Standing{Entry: Entry{Accession: k.accession}, Fault: err.Error()}
	}
	st := Standing{Entry: e, Filing: k.filing != nil}
	if !st.Filing {
		return st
	}
	f, err := c.decode(k.filing)
	if err != nil {
		st.Fault = err.Error()
		return st
	}
	st.SHA256, st.Size, st.Revision = f.SHA256, f.Size, f.Revision
	return st
}

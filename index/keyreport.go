package index

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"example.com/edgard/edgar"
)

// KeyReport is what CheckIndex found.
type KeyReport struct {
	Entries int        `json:"entries"`
	Filings int        `json:"filings"`
	Keys    int        `json:"keys"` // in the lanes
	Faults  int        `json:"faults"`
	Named   []KeyFault `json:"named,omitempty"` // the first 1,000

	// The submissions whose keys are at fault, ascending, each once, the first 50,000.
	Accessions []edgar.Accession `json:"-"`
}

// CheckIndex compares the lanes, directories and counters of an index with those that
// its entries and filings call for. What of entries and filings cannot be read is
// not reported here: Standings does. ask puts a question to the index, of which there
// are many short ones, and tell hears how many entries were read. The index may be
// written meanwhile.
func CheckIndex(ctx context.Context, ask func(func(Reader) error) error, tell func(entries int)) (KeyReport, error) {
	c := indexCheck{ask: ask, tell: tell, sums: make([]uint64, keyShares)}
	err := c.all(ctx)
	slices.SortFunc(c.Accessions, edgar.Accession.Compare)
	c.Accessions = slices.Compact(c.Accessions)
	return c.KeyReport, err
}

type indexCheck struct {
	KeyReport
	ask  func(func(Reader) error) error
	tell func(int)
	sums []uint64
}

func (c *indexCheck) all(ctx context.Context) error {
	for _, part := range []KeyPart{KeysCalledFor, KeysThere, KeysCounted} {
		if err := c.part(ctx, KeyQuestion{Part: part}); err != nil {
			return err
		}
	}
	shares := make([]byte, keyShares/8)
	sound := true
	for n, sum := range c.sums {
		if sum != 0 {
			shares[n/8] |= 1 << (n % 8)
			sound = false
		}
	}
	if sound {
		return nil
	}
	for _, part := range []KeyPart{KeysMissing, KeysStray} {
		if err := c.part(ctx, KeyQuestion{Part: part, Shares: shares}); err != nil {
			return err
		}
	}
	return nil
}

// part asks for all pages of a part.
func (c *indexCheck) part(ctx context.Context, q KeyQuestion) error {
	for {
		var p KeyPage
		err := c.ask(func(r Reader) (err error) {
			p, err = r.CheckKeys(q)
			return err
		})
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return err
		}
		if err := c.add(p); err != nil || p.Next == nil || len(c.Accessions) >= maxKeyFilings {
			return err
		}
		q.After = p.Next
	}
}

func (c *indexCheck) add(p KeyPage) error {
	if n := len(p.Sums); n != 0 && n != 8*keyShares {
		return errors.New("checking keys: an answer of another size")
	}
	for i := range len(p.Sums) / 8 {
		c.sums[i] += binary.BigEndian.Uint64(p.Sums[8*i:])
	}
	c.Entries += p.Entries
	c.Filings += p.Filings
	c.Keys += p.Keys
	c.Faults += len(p.Faults)
	for _, f := range p.Faults {
		if len(c.Named) < maxKeyFaults {
			c.Named = append(c.Named, f)
		}
		if !f.Accession.IsZero() {
			c.Accessions = append(c.Accessions, f.Accession)
		}
	}
	c.tell(c.Entries)
	return nil
}

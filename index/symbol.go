package index

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Symbol says that an issuer has or had a ticker symbol.
type Symbol struct {
	CIK     edgar.CIK  `json:"cik"`
	Current bool       `json:"current,omitempty"` // as the ticker file has it
	First   edgar.Date `json:"first,omitzero"`    // filing date of the first cover page that is known to have it
	Last    edgar.Date `json:"last,omitzero"`     // and of the last, or when a later ticker file last had it
}

// Symbols returns who has or had a symbol, in any case and with any of . - / and
// blank between its parts: who has it now, and then those who had it, the last of
// them first. When nobody ever had it, as far as is known, the error is ErrNotFound.
//
// Whoever had it is known from the cover pages of filings, which print symbols since
// 2019, and from ticker files that were replaced.
func (s *Store) Symbols(symbol string) (holders []Symbol, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		if holders, err = holdersOf(tx, symbol); err == nil && len(holders) == 0 {
			err = ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ticker %s: %w", strconv.Quote(clip(symbol, 2*maxSymbol)), err)
	}
	return holders, nil
}

// holdersOf returns who has the symbol in any spelling, and then who had it.
func holdersOf(tx *bolt.Tx, symbol string) (holders []Symbol, err error) {
	for _, spelling := range spellings(symbol) {
		if holders, err = addHolders(tx, holders, spelling); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(holders, func(a, b Symbol) int {
		if a.Current != b.Current {
			if a.Current {
				return -1
			}
			return 1
		}
		return cmp.Or(b.Last.Compare(a.Last), a.CIK.Compare(b.CIK))
	})
	return holders, nil
}

// spellings returns the ways to write the marks in a symbol.
func spellings(symbol string) (ss []string) {
	symbol = strings.ToUpper(strings.TrimSpace(symbol))
	if strings.Contains(symbol, "\x00") {
		return nil
	}
	for _, mark := range "-./ " {
		s := strings.Map(func(r rune) rune {
			if strings.ContainsRune("-./ ", r) {
				return mark
			}
			return r
		}, symbol)
		if len(s) <= maxSymbol && !slices.Contains(ss, s) {
			ss = append(ss, s)
		}
	}
	return ss
}

// maxHolders bounds the issuers of one symbol that are looked at.
const maxHolders = 1000

// addHolders adds those who have or had the symbol in this spelling.
func addHolders(tx *bolt.Tx, holders []Symbol, symbol string) ([]Symbol, error) {
	add := func(h Symbol) {
		i := slices.IndexFunc(holders, func(o Symbol) bool { return o.CIK == h.CIK })
		if i < 0 {
			holders = append(holders, h)
			return
		}
		holders[i].merge(h)
	}
	if v := tx.Bucket(bucketTicker).Get([]byte(symbol)); v != nil {
		c, err := tickerCIK(v)
		if err != nil {
			return nil, err
		}
		add(Symbol{CIK: c, Current: true})
	}
	for _, b := range [][]byte{bucketSymbol, bucketTicker} {
		prefix := namePrefix(symbol)
		c := tx.Bucket(b).Cursor()
		n := 0
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && n < maxHolders; k, v = c.Next() {
			n++
			cik, err := cikFromKey(k[len(prefix):])
			if err != nil {
				return nil, err
			}
			sp, err := decodeSpan(v)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errMalformed, err)
			}
			add(Symbol{CIK: cik, First: sp.first, Last: sp.last})
		}
	}
	return holders, nil
}

// merge takes over what else is known of the same holder.
func (h *Symbol) merge(o Symbol) {
	h.Current = h.Current || o.Current
	if h.First.IsZero() || !o.First.IsZero() && o.First.Before(h.First) {
		h.First = o.First
	}
	if h.Last.Before(o.Last) {
		h.Last = o.Last
	}
}

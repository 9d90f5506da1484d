package index

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Issuer is a filer, as of the newest filing held that has it in its header.
type Issuer struct {
	CIK     edgar.CIK  `json:"cik"`
	Name    string     `json:"name,omitempty"` // "" when only listings tell of it
	Tickers []string   `json:"tickers,omitempty"`
	SIC     string     `json:"sic,omitempty"`
	State   string     `json:"state,omitempty"` // of incorporation
	First   edgar.Date `json:"first,omitzero"`  // filing dates of the oldest and the newest filing held
	Last    edgar.Date `json:"last,omitzero"`
}

// Issuer returns what is known of c, or ErrNotFound when no filing of it is held.
// Tickers are those that the ticker file gives it; of one to whom it gives none, those
// on the cover of the filing.
func (s *Store) Issuer(c edgar.CIK) (Issuer, error) {
	var h holding
	err := s.db.View(func(tx *bolt.Tx) error {
		var ok bool
		if h, ok = holdingOf(tx, c); !ok {
			return ErrNotFound
		}
		h.read(tx)
		nameSymbols(tx, []*holding{&h})
		return nil
	})
	if err == nil {
		_, err = h.decode(s.codec)
	}
	if err != nil {
		return Issuer{}, fmt.Errorf("issuer %s: %w", c, err)
	}
	return h.issuer, nil
}

// maxHeaders bounds the filings of an issuer in whose headers it is looked for: in
// what it is only listed under it may be missing.
const maxHeaders = 2

// holding is what is copied out of an index to tell of an issuer.
type holding struct {
	issuer Issuer
	newest ref
	values []pair // its newest filings
}

// holdingOf finds the filings of c; not ok when there are none.
func holdingOf(tx *bolt.Tx, c edgar.CIK) (h holding, ok bool) {
	lane := stream{stretch: stretch{bucketCIK, cikPrefix(c), wholeWindow()}, c: tx.Bucket(bucketCIK).Cursor(), d: backward}
	ok = lane.seek(lane.window.high)
	h.issuer.CIK, h.newest = c, lane.at
	return h, ok
}

// read copies out its newest filings, and looks up the date of the first.
func (h *holding) read(tx *bolt.Tx) {
	filings := tx.Bucket(bucketFiling)
	lane := stream{stretch: stretch{bucketCIK, cikPrefix(h.issuer.CIK), wholeWindow()}, c: tx.Bucket(bucketCIK).Cursor(), d: onward}
	if lane.seek(lane.window.low) {
		h.issuer.First, _ = lane.at.date()
	}
	h.issuer.Last, _ = h.newest.date()
	lane.d = backward
	for ok := lane.seek(h.newest); ok && len(h.values) < maxHeaders; {
		k := lane.at.accessionKey()
		h.values = append(h.values, pair{bytes.Clone(k), bytes.Clone(filings.Get(k))})
		before, more := backward.after(lane.at)
		ok = more && lane.forward(before)
	}
}

// decode reads the newest filing that has the issuer in its header, and returns the
// filer that it is there, nil when it is in none.
func (h *holding) decode(c *codec) (*parse.Filer, error) {
	for _, v := range h.values {
		f, err := c.keyed(v.key, v.value)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(f.Filers, func(x parse.Filer) bool { return x.CIK == h.issuer.CIK })
		if i < 0 {
			continue
		}
		x := &f.Filers[i]
		h.issuer.Name, h.issuer.SIC, h.issuer.State = x.Name, x.SIC, x.StateOfIncorporation
		h.orderSymbols(f)
		return x, nil
	}
	return nil, nil
}

// orderSymbols puts the symbols into the order of the cover; without any, they are
// those of the cover.
func (h *holding) orderSymbols(f *parse.Filing) {
	var cover []string
	for _, k := range symbolKeys(f) {
		if symbol, ok := strings.CutSuffix(k, "\x00"+string(cikPrefix(h.issuer.CIK))); ok {
			cover = append(cover, symbol)
		}
	}
	if len(h.issuer.Tickers) == 0 {
		h.issuer.Tickers = cover
		return
	}
	place := func(symbol string) int {
		if i := slices.Index(cover, symbol); i >= 0 {
			return i
		}
		return len(cover)
	}
	slices.SortStableFunc(h.issuer.Tickers, func(a, b string) int { return place(a) - place(b) })
}

// maxTickerKeys bounds the keys of the ticker file that are read to find the symbols
// of an issuer; it has some 10,000.
const maxTickerKeys = 100_000

// nameSymbols reads the ticker file for the symbols of issuers.
func nameSymbols(tx *bolt.Tx, hs []*holding) {
	of := make(map[string]*holding, len(hs))
	for _, h := range hs {
		of[h.issuer.CIK.String()] = h
	}
	c := tx.Bucket(bucketTicker).Cursor()
	n := 0
	for k, v := c.First(); k != nil && n < maxTickerKeys; k, v = c.Next() {
		n++
		if h := of[string(v)]; h != nil && bytes.IndexByte(k, 0) < 0 {
			h.issuer.Tickers = append(h.issuer.Tickers, string(k))
		}
	}
}

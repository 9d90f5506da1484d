package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Tickers is EDGAR's ticker file and the validators of the copy it came from. It
// is a cache: the journal does not tell of it.
type Tickers struct {
	CIKs         map[string]edgar.CIK `json:"-"` // by symbol in capitals
	ETag         string               `json:"etag,omitempty"`
	LastModified string               `json:"last_modified,omitempty"`
	Fetched      time.Time            `json:"fetched,omitzero"`
	Checked      time.Time            `json:"checked,omitzero"`
}

// PutTickers replaces all symbols, and the validators, by those of t. Who had a
// symbol until now and has it no more is remembered for Symbols. What is empty, has a
// zero byte or more than 100 bytes is no symbol, and left out.
func (s *Store) PutTickers(t Tickers) error {
	v, err := json.Marshal(t)
	if err == nil {
		err = s.write(nil, nil, func(w *writing) error { return putTickers(w, t.CIKs, v) })
	}
	if err != nil {
		return fmt.Errorf("writing tickers: %w", err)
	}
	return nil
}

func putTickers(w *writing, ciks map[string]edgar.CIK, validators []byte) error {
	pairs := map[string][]byte{}
	for symbol, c := range ciks {
		if symbol != "" && len(symbol) <= maxKeyName && !strings.Contains(symbol, "\x00") {
			pairs[strings.ToUpper(symbol)] = []byte(c.String())
		}
	}
	if err := keepFormer(w.Tx, pairs); err != nil {
		return err
	}
	if !hasAll(w.Bucket(bucketTicker), pairs) {
		if err := w.turn(); err != nil {
			return err
		}
	}
	if err := w.DeleteBucket(bucketTicker); err != nil {
		return err
	}
	b, err := w.CreateBucket(bucketTicker)
	if err != nil {
		return err
	}
	for k, v := range pairs {
		if err := b.Put([]byte(k), v); err != nil {
			return err
		}
	}
	return w.Bucket(bucketMeta).Put(metaTickers, validators)
}

// keepFormer adds to the pairs that are to be put those of who had a symbol before:
// symbol, 0|cik and when the last ticker file that had it was current.
func keepFormer(tx *bolt.Tx, pairs map[string][]byte) error {
	var old Tickers
	if v := tx.Bucket(bucketMeta).Get(metaTickers); v != nil {
		if err := json.Unmarshal(v, &old); err != nil {
			return fmt.Errorf("%w: %w", errMalformed, err)
		}
	}
	until := span{last: dayOf(latest(old.Fetched, old.Checked))}.encode()
	return tx.Bucket(bucketTicker).ForEach(func(k, v []byte) error {
		symbol, cik, former := bytes.Cut(k, []byte{0})
		key, value := string(k), bytes.Clone(v)
		if !former {
			c, err := tickerCIK(v)
			if err != nil {
				return err
			}
			cik, value = cikPrefix(c), until
			key = string(namePrefix(string(symbol))) + string(cik)
		}
		c, err := cikFromKey(cik)
		if err != nil || string(pairs[string(symbol)]) == c.String() {
			return err
		}
		pairs[key] = value
		return nil
	})
}

// hasAll reports whether the bucket has all the pairs and no other.
func hasAll(b *bolt.Bucket, pairs map[string][]byte) bool {
	n := 0
	err := b.ForEach(func(k, v []byte) error {
		if had, ok := pairs[string(k)]; !ok || !bytes.Equal(had, v) {
			return ErrNotFound
		}
		n++
		return nil
	})
	return err == nil && n == len(pairs)
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// tickerCIK reads the value of a symbol.
func tickerCIK(v []byte) (edgar.CIK, error) {
	c, err := edgar.ParseCIK(string(v))
	if err != nil {
		return c, fmt.Errorf("%w: %w", errMalformed, err)
	}
	return c, nil
}

// Ticker returns the CIK of a symbol in any case, or ErrNotFound.
func (s *Store) Ticker(symbol string) (c edgar.CIK, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		v := tx.Bucket(bucketTicker).Get([]byte(strings.ToUpper(symbol)))
		if v == nil {
			return ErrNotFound
		}
		c, err = tickerCIK(v)
		return err
	})
	if err != nil {
		return edgar.CIK{}, fmt.Errorf("ticker %s: %w", strconv.Quote(clip(symbol, 2*maxSymbol)), err)
	}
	return c, nil
}

// Tickers returns all symbols and the validators; a zero Tickers when none were
// put.
func (s *Store) Tickers() (t Tickers, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		v := tx.Bucket(bucketMeta).Get(metaTickers)
		if v == nil {
			return nil
		}
		if err := json.Unmarshal(v, &t); err != nil {
			return fmt.Errorf("%w: %w", errMalformed, err)
		}
		t.CIKs = map[string]edgar.CIK{}
		return tx.Bucket(bucketTicker).ForEach(func(k, v []byte) error {
			if bytes.IndexByte(k, 0) >= 0 {
				return nil // who had it before
			}
			c, err := tickerCIK(v)
			t.CIKs[string(k)] = c
			return err
		})
	})
	if err != nil {
		return Tickers{}, fmt.Errorf("reading tickers: %w", err)
	}
	return t, nil
}

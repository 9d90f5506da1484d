package main

import (
	"time"

	"github.com/spf13/pflag"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// filter is the flags that choose filings from the index.
type filter struct {
	ciks, tickers, items, forms wordList
	from, to, name              string
}

func (q *filter) register(f *pflag.FlagSet) {
	f.Var(&q.ciks, "cik", "filings of the issuer with this `CIK` (repeatable)")
	f.Var(&q.tickers, "ticker", "filings of the issuer with this `TICKER` (repeatable)")
	f.Var(&q.items, "item", "filings with the item of this `NUMBER`, as 2.02 (repeatable)")
	f.Var(&q.forms, "form", "filings of this `TYPE` exactly, as 8-K/A (repeatable)")
	f.StringVar(&q.from, "from", "", "filed on this `DAY` or later: 2024-01-31, 2024Q1, 7d")
	f.StringVar(&q.to, "to", "", "filed on this `DAY` or earlier")
	f.StringVar(&q.name, "name", "", "filings of filers whose name holds `TEXT`")
}

// query turns the flags into a query of ix, which knows the tickers.
func (q *filter) query(ix index.Reader, now time.Time) (index.Query, error) {
	out := index.Query{Items: q.items, Name: q.name}
	var err error
	if out.CIKs, err = readCIKs(q.ciks); err != nil {
		return out, err
	}
	for _, t := range q.tickers {
		c, err := ix.Ticker(t)
		if err != nil {
			return out, misuse("--ticker: %w: sync --ticker %s learns it, or give --cik", err, cleanLine(t))
		}
		out.CIKs = append(out.CIKs, c)
	}
	if err := checkItems(q.items); err != nil {
		return out, misuse("--item: %w", err)
	}
	if out.Forms, err = readForms(q.forms); err != nil {
		return out, misuse("--form: %w", err)
	}
	out.From, out.To, err = readRange(bound{q.from, "--from"}, bound{q.to, "--to"}, now)
	return out, err
}

func readCIKs(words []string) ([]edgar.CIK, error) {
	var ciks []edgar.CIK
	for _, w := range words {
		c, err := edgar.ParseCIK(w)
		if err != nil {
			return nil, misuse("--cik: %w", err)
		}
		ciks = append(ciks, c)
	}
	return ciks, nil
}

// A bound is one end of a range of days, "" when it is open, and where it comes
// from: a flag, or what a configuration's origin says.
type bound struct{ text, origin string }

// readRange reads a range of days; an open end is the zero day.
func readRange(from, to bound, now time.Time) (first, last edgar.Date, err error) {
	if from.text != "" {
		if first, err = firstDay(from.text, now); err != nil {
			return first, last, misuse("%s: %w", from.origin, err)
		}
	}
	if to.text != "" {
		if last, err = lastDay(to.text, now); err != nil {
			return first, last, misuse("%s: %w", to.origin, err)
		}
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		return first, last, misuse("nothing lies between %s (%s) and %s (%s)", first, from.origin, last, to.origin)
	}
	return first, last, nil
}

package main

import (
	"github.com/spf13/pflag"

	"example.com/edgard/index/filter"
)

// issuerFlags choose issuers; together they stand for the key issuers.
type issuerFlags struct{ ciks, tickers wordList }

func (i *issuerFlags) register(f *pflag.FlagSet) {
	f.Var(&i.ciks, "cik", "only the issuer with this `CIK` (repeatable)")
	f.Var(&i.tickers, "ticker", "only the issuer with this `TICKER` (repeatable)")
}

func (i *issuerFlags) check() error {
	if _, err := filter.CIKs(i.ciks); err != nil {
		return misuse("--cik: %w", err)
	}
	for _, t := range i.tickers {
		if !isTicker(t) {
			return misuse("--ticker: %q is no ticker: want letters and digits as AAPL or BRK-B", t)
		}
	}
	return nil
}

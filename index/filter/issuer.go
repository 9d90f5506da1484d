package filter

import (
	"errors"
	"fmt"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
)

// CIKs reads CIKs.
func CIKs(words []string) (ciks []edgar.CIK, err error) {
	for _, w := range words {
		c, err := edgar.ParseCIK(w)
		if err != nil {
			return nil, err
		}
		ciks = append(ciks, c)
	}
	return ciks, nil
}

// readIssuers reads the CIKs that are given, and those that tickers mean.
func (r *Reader) readIssuers(w Words, q *index.Query) (err error) {
	if q.CIKs, err = CIKs(w["cik"]); err != nil {
		return r.mistake("cik", "%w", err)
	}
	for _, t := range w["ticker"] {
		holders, err := r.Index.Symbols(t)
		if errors.Is(err, index.ErrNotFound) {
			return r.mistake("ticker", "%w: sync --ticker %s learns it, or give %s", err, harmless.Line(clip(t)), r.named("cik"))
		}
		if err != nil {
			return err
		}
		if !holders[0].Current && r.Note != nil {
			r.Note("the ticker file kept here gives %s to nobody: %s", harmless.Line(strings.ToUpper(t)), formerly(holders))
		}
		for _, h := range holders {
			if h.Current == holders[0].Current {
				q.CIKs = append(q.CIKs, h.CIK)
			}
		}
	}
	if n := len(q.CIKs); n > index.MaxValues {
		return r.mistake("cik", "%d issuers are meant: at most %d", n, index.MaxValues)
	}
	return nil
}

// formerly tells who had a ticker.
func formerly(holders []index.Symbol) string {
	var who []string
	for i, h := range holders {
		if i == 5 {
			who = append(who, fmt.Sprintf("%d more", len(holders)-i))
			break
		}
		text := "CIK " + h.CIK.String() + " had it"
		switch {
		case !h.First.IsZero() && h.First != h.Last:
			text += fmt.Sprintf(" from %s to %s", h.First, h.Last)
		case !h.Last.IsZero():
			text += " on " + h.Last.String()
		}
		who = append(who, text)
	}
	return strings.Join(who, ", ")
}

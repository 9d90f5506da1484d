package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// query turns the flags into a query of ix, which knows the tickers. It tells note
// what the user should know of how they were understood.
func (q *filter) query(ix index.Reader, now time.Time, note func(format string, args ...any)) (out index.Query, err error) {
	out = index.Query{Name: q.name, Items: q.items, AllItems: q.allItems, Exhibits: q.exhibits}
	if out.CIKs, err = q.issuers(ix, note); err != nil {
		return out, err
	}
	if err := q.readFilers(&out); err != nil {
		return out, err
	}
	if err := q.readContent(&out); err != nil {
		return out, err
	}
	if out.From, out.To, err = readRange(bound{q.from, "--from"}, bound{q.to, "--to"}, now); err != nil {
		return out, err
	}
	if out.PeriodFrom, out.PeriodTo, err = readRange(bound{q.periodFrom, "--period-from"}, bound{q.periodTo, "--period-to"}, now); err != nil {
		return out, err
	}
	out.AcceptedFrom, out.AcceptedTo, err = readTimes(bound{q.acceptedFrom, "--accepted-from"}, bound{q.acceptedTo, "--accepted-to"}, now)
	return out, err
}

// issuers returns the CIKs that --cik and --ticker mean.
func (q *filter) issuers(ix index.Reader, note func(format string, args ...any)) ([]edgar.CIK, error) {
	ciks, err := readCIKs(q.ciks)
	if err != nil {
		return nil, err
	}
	for _, t := range q.tickers {
		holders, err := ix.Symbols(t)
		if errors.Is(err, index.ErrNotFound) {
			return nil, misuse("--ticker: %w: sync --ticker %s learns it, or give --cik", err, cleanLine(t))
		}
		if err != nil {
			return nil, err
		}
		if !holders[0].Current {
			note("the ticker file kept here gives %s to nobody: %s", cleanLine(strings.ToUpper(t)), formerly(holders))
		}
		for _, h := range holders {
			if h.Current == holders[0].Current {
				ciks = append(ciks, h.CIK)
			}
		}
	}
	return ciks, nil
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

func (q *filter) readFilers(out *index.Query) error {
	if q.name != "" && !strings.ContainsFunc(q.name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return misuse("--name: %q has no letter and no digit to look for", q.name)
	}
	for _, s := range q.sics {
		if !isDigits(s) || len(s) > 4 {
			return misuse("--sic: %q is no SIC code: want four digits as 2834, or the first of them as 28", s)
		}
	}
	out.SICs = q.sics
	for _, s := range q.states {
		s = strings.ToUpper(s)
		if len(s) != 2 || strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			return misuse("--state: %q is no state: want EDGAR's code of two characters, as DE, or A6 for Ontario", s)
		}
		out.States = append(out.States, s)
	}
	return nil
}

func (q *filter) readContent(out *index.Query) (err error) {
	if out.Forms, err = readForms(q.forms); err != nil {
		return misuse("--form: %w", err)
	}
	if q.amendment || q.original {
		out.Amendment = &q.amendment
	}
	if q.cmd.Flags().Changed("withdrawn") {
		out.Withdrawn = &q.withdrawn
	}
	if err := checkItems(q.items); err != nil {
		return misuse("--item: %w", err)
	}
	if err := checkItems(q.allItems); err != nil {
		return misuse("--all-items: %w", err)
	}
	for _, x := range q.exhibits {
		if x[0] < '0' || x[0] > '9' || len(x) > 20 {
			return misuse("--exhibit: %q is no exhibit number: want one as 99.1, or 99 for all that begin so", x)
		}
	}
	for _, w := range q.warned {
		if !slices.Contains(parse.Codes(), parse.Code(w)) {
			return misuse("--warning: %q is no code of a warning%s", w, cmp.Or(didYouMean(w, warningCodes(), ""), ": want one of "+strings.Join(warningCodes(), ", ")))
		}
		out.Warnings = append(out.Warnings, parse.Code(w))
	}
	return nil
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

// A bound is one end of a range, "" when it is open, and where it comes from: a
// flag, or what a configuration's origin says.
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

// readTimes reads a range of moments; an open end is the zero time.
func readTimes(from, to bound, now time.Time) (first, last time.Time, err error) {
	if from.text != "" {
		if first, err = firstMoment(from.text, now); err != nil {
			return first, last, misuse("%s: %w", from.origin, err)
		}
	}
	if to.text != "" {
		if last, err = lastMoment(to.text, now); err != nil {
			return first, last, misuse("%s: %w", to.origin, err)
		}
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		return first, last, misuse("nothing lies between %s (%s) and %s (%s)", moment(first), from.origin, moment(last), to.origin)
	}
	return first, last, nil
}

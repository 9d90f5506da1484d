package main

import (
	"github.com/spf13/cobra"

	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// filter is the flags that choose filings from the index.
type filter struct {
	cmd *cobra.Command // whose flags they are

	ciks, tickers, sics, states              wordList
	items, allItems, exhibits, forms, warned wordList

	name                     string
	from, to                 string
	periodFrom, periodTo     string
	acceptedFrom, acceptedTo string
	amendment, original      bool
	withdrawn                bool
}

// register gives cmd the flags, with their completions.
func (q *filter) register(cmd *cobra.Command) {
	q.cmd = cmd
	f := cmd.Flags()
	f.Var(&q.ciks, "cik", "filings of the issuer with this `CIK` (repeatable)")
	f.Var(&q.tickers, "ticker", "of the issuer that has, or else had, this `TICKER` (repeatable)")
	f.StringVar(&q.name, "name", "", "of filers in whose name words begin with all these `WORDS`")
	f.Var(&q.sics, "sic", "of filers with this SIC `CODE`, or first digits of it, as 28 (repeatable)")
	f.Var(&q.states, "state", "of filers incorporated in this `STATE`, as DE (repeatable)")
	f.Var(&q.forms, "form", "filings of this `TYPE` exactly, as 8-K/A (repeatable)")
	f.BoolVar(&q.amendment, "amendment", false, "amendments only")
	f.BoolVar(&q.original, "original", false, "no amendments")
	f.Var(&q.items, "item", "with the item of this `NUMBER`, as 2.02 (repeatable: any of them)")
	f.Var(&q.allItems, "all-items", "with every item of these `NUMBERS`, as 1.01,9.01")
	f.Var(&q.exhibits, "exhibit", "with the exhibit of this `NUMBER`, as 99.1, or 99 for all 99.* (repeatable)")
	f.Var(&q.warned, "warning", "of which the parser warns with this `CODE` (repeatable)")
	f.BoolVar(&q.withdrawn, "withdrawn", false, "that SEC lists no more; --withdrawn=false: that it still does")
	f.StringVar(&q.from, "from", "", "filed on this `DAY` or later: 2024-01-31, 2024Q1, 2024, 7d")
	f.StringVar(&q.to, "to", "", "filed on this `DAY` or earlier")
	f.StringVar(&q.periodFrom, "period-from", "", "that report an event of this `DAY` or later")
	f.StringVar(&q.periodTo, "period-to", "", "that report an event of this `DAY` or earlier")
	f.StringVar(&q.acceptedFrom, "accepted-from", "", "accepted on this `DAY` or later, or from a time on: 2024-01-31T16:30 (Eastern)")
	f.StringVar(&q.acceptedTo, "accepted-to", "", "accepted on this `DAY` or earlier, or up to a time")
	completeWith(cmd, "form", currentReports()...)
	completeWith(cmd, "item", itemNumbers()...)
	completeWith(cmd, "all-items", itemNumbers()...)
	completeWith(cmd, "warning", warningCodes()...)
}

// itemNumbers are the item numbers as completions, with their titles.
func itemNumbers() (cs []cobra.Completion) {
	for number, title := range parse.Captions() {
		cs = append(cs, cobra.CompletionWithDesc(number, title))
	}
	return cs
}

func warningCodes() (names []string) {
	for _, c := range parse.Codes() {
		names = append(names, string(c))
	}
	return names
}

func stateNames() (names []string) {
	for _, st := range index.States() {
		names = append(names, string(st))
	}
	return names
}

// check refuses what the flags cannot mean, before anything is opened.
func (q *filter) check() error {
	if err := exclusive(q.cmd, "amendment", "original"); err != nil {
		return misuse("%w", err)
	}
	return refuseEmpty(q.cmd, "name", "from", "to", "period-from", "period-to", "accepted-from", "accepted-to")
}

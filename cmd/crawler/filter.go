package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// filters are the flags that choose filings from the index.
type filters struct {
	cmd *cobra.Command // whose flags they are
}

// register gives cmd the flags, with their completions.
func (q *filters) register(cmd *cobra.Command) {
	q.cmd = cmd
	for _, p := range filter.Parameters() {
		switch p.Kind {
		case filter.List:
			cmd.Flags().Var(new(wordList), p.Name, p.Help)
		case filter.Switch:
			cmd.Flags().Bool(p.Name, false, p.Help)
		default:
			cmd.Flags().String(p.Name, "", p.Help)
		}
	}
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

func currentReports() (names []string) {
	for _, f := range edgar.CurrentReports() {
		names = append(names, f.String())
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
func (q *filters) check() error {
	if err := exclusive(q.cmd, "amendment", "original"); err != nil {
		return misuse("%w", err)
	}
	return refuseEmpty(q.cmd, "name", "from", "to", "period-from", "period-to", "accepted-from", "accepted-to")
}

// query turns the flags into a query of ix, which knows the tickers. It tells note
// what the user should know of how they were understood.
func (q *filters) query(ix index.Reader, now time.Time, note func(format string, args ...any)) (index.Query, error) {
	return filter.Reader{Index: ix, Now: now, Named: flagName, Note: note}.Query(q.words())
}

// words are the filters that were given. A mark that is switched off, as
// --amendment=false, is none; --withdrawn=false asks for what SEC still lists.
func (q *filters) words() filter.Words {
	w := filter.Words{}
	for _, p := range filter.Parameters() {
		f := q.cmd.Flags().Lookup(p.Name)
		switch list, isList := f.Value.(pflag.SliceValue); {
		case !f.Changed, f.Value.String() == "false" && p.Name != "withdrawn":
		case isList:
			w[p.Name] = list.GetSlice()
		default:
			w[p.Name] = []string{f.Value.String()}
		}
	}
	return w
}

func flagName(parameter string) string { return "--" + parameter }

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const listLong = `Lists filings, newest first: those that match every filter given, and any one
value of a filter that is repeated. With --json each filing is one object per
line, its items without their text.

With --entry it lists the state of what SEC lists: what is to be fetched
(discovered, deferred), what was not to be had and why (rejected, withdrawn), or
with --entry recorded what is a filing. Only --cik, --ticker, --form, --from and
--to choose among entries.`

const listExample = `  crawler list --item 2.02 --from 7d
  crawler list --cik 320193 --from 2023Q1 --to 2023Q4
  crawler list --all-items 1.01,2.03 --state DE --exhibit 10 --original
  crawler list --entry deferred,rejected
  crawler list --limit 0 --json | jq -r .accession`

// listCommand lists filings, or entries.
type listCommand struct {
	*app
	filters
	entry       wordList
	oldestFirst bool
	limit       int
	after       string
}

func newList(a *app) *cobra.Command {
	l := &listCommand{app: a}
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List filings, newest first",
		Long:    listLong,
		Example: listExample,
		Args:    noArguments,
		RunE:    does(l.run),
	}
	cmd.Flags().SortFlags = false
	l.register(cmd)
	cmd.Flags().Var(&l.entry, "entry", "list entries in this `STATE`: discovered, deferred, recorded, rejected, withdrawn (repeatable)")
	cmd.Flags().BoolVar(&l.oldestFirst, "oldest-first", false, "the oldest first")
	cmd.Flags().IntVar(&l.limit, "limit", 100, "at most `N`, 0 for all")
	cmd.Flags().StringVar(&l.after, "after", "", "continue after the page that ended with `TOKEN`")
	completeWith(cmd, "entry", stateNames()...)
	return cmd
}

func (l *listCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	if err := errors.Join(l.check(), refuseEmpty(cmd, "after")); err != nil {
		return err
	}
	if l.limit < 0 {
		return misuse("--limit %d: want a number from 0", l.limit)
	}
	states, err := readStates(l.entry)
	if err != nil {
		return err
	}
	if len(states) > 0 {
		err = l.checkEntries()
	}
	if err != nil {
		return err
	}
	eff, err := l.config(cmd)
	if err != nil {
		return err
	}
	q, err := l.question(eff.Data)
	if err != nil {
		return err
	}
	if len(states) > 0 {
		return l.pages(ctx, l.entries(eff.Data, states, q))
	}
	return l.pages(ctx, l.filings(finderIn(eff.Data), q))
}

// question reads the filters with the help of the index, which knows the tickers.
func (l *listCommand) question(dir string) (q index.Query, err error) {
	err = reading(dir, func(h *holdings) error {
		q, err = l.query(h.index, time.Now(), l.note)
		return err
	})
	q.OldestFirst = l.oldestFirst
	return q, err
}

// finder answers a query with one page.
type finder func(index.Query) (index.Page, error)

// finderIn holds the data directory only while it reads a page: whoever looks at a
// list in a pager keeps no pass waiting.
func finderIn(dir string) finder {
	return func(q index.Query) (p index.Page, err error) {
		err = reading(dir, func(h *holdings) error {
			p, err = h.index.Find(q)
			return err
		})
		return p, err
	}
}

// shower prints a page of at most so many, the one after a token, and returns how
// many it has and the token of the next.
type shower func(limit int, after string) (shown int, next string, err error)

// filings prints the filings that q wants.
func (l *listCommand) filings(find finder, q index.Query) shower {
	t := filingTable()
	return func(limit int, after string) (int, string, error) {
		q.Limit, q.After = limit, after
		p, err := find(q)
		if err != nil {
			return 0, "", err
		}
		return len(p.Filings), p.Next, l.print(t, p.Filings)
	}
}

// pages prints page after page until the limit, and how to go on.
func (l *listCommand) pages(ctx context.Context, show shower) error {
	found, after := 0, l.after
	for {
		limit := index.MaxLimit
		if l.limit > 0 {
			limit = min(limit, l.limit-found)
		}
		n, next, err := show(limit, after)
		if errors.Is(err, index.ErrToken) {
			return misuse("--after: %w", err)
		}
		if found > 0 && errors.Is(err, index.ErrLocked) {
			return fmt.Errorf("%w; then go on with --after %s", err, after)
		}
		if err != nil {
			return err
		}
		found, after = found+n, next
		switch {
		case next == "":
			if found == 0 {
				l.note("no %s matches", l.what())
			}
			return nil
		case l.limit > 0 && found >= l.limit:
			l.note("there are more: --after %s, or --limit 0 for all", next)
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
	}
}

func (l *listCommand) what() string {
	if len(l.entry) > 0 {
		return "entry"
	}
	return "filing"
}

func (l *listCommand) print(t *table, fs []*parse.Filing) error {
	for _, f := range fs {
		if !l.json {
			addFiling(t, f)
		} else if err := l.printJSON(f); err != nil {
			return err
		}
	}
	return t.write(l.out)
}

// filingTable is the table in which filings are listed.
func filingTable() *table {
	return &table{columns: []column{
		{name: "filed"},
		{name: "form", style: func(cell string) style {
			if strings.HasSuffix(cell, "/A") {
				return yellow
			}
			return plain
		}},
		{name: "cik", right: true, wide: 90, style: always(dim)},
		{name: "company", min: 8, style: always(bold)},
		{name: "items", min: 5, style: always(cyan)},
		{name: "accession"},
	}}
}

func addFiling(t *table, f *parse.Filing) {
	numbers := make([]string, len(f.Items))
	for i, it := range f.Items {
		numbers[i] = it.Number
	}
	cik := ""
	if len(f.Filers) > 0 {
		cik = f.Filers[0].CIK.String()
	}
	t.add(f.Filed.String(), f.Form.String(), cik, nameOf(f), strings.Join(numbers, " "), f.Accession.String())
}

func always(st style) func(string) style { return func(string) style { return st } }

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

const listLong = `Lists filings, newest first: those that match all the filters given, and of a
repeated filter any one. With --json each filing is one object per line, its
items without their text.`

const listExample = `  crawler list --item 2.02 --from 7d
  crawler list --cik 320193 --from 2023Q1 --to 2023Q4
  crawler list --limit 0 --json | jq -r .accession`

// listCommand lists filings.
type listCommand struct {
	*app
	filter
	limit int
	after string
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
	l.register(cmd.Flags())
	completeWith(cmd, "form", currentReports()...)
	cmd.Flags().IntVar(&l.limit, "limit", 100, "at most `N` filings, 0 for all")
	cmd.Flags().StringVar(&l.after, "after", "", "go on after the page that ended with `TOKEN`")
	return cmd
}

func (l *listCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	if err := refuseEmpty(cmd, "from", "to", "name", "after"); err != nil {
		return err
	}
	if l.limit < 0 {
		return misuse("--limit %d: want a number from 0", l.limit)
	}
	eff, err := l.config(cmd)
	if err != nil {
		return err
	}
	q, err := l.question(eff.Data)
	if err != nil {
		return err
	}
	return l.pages(ctx, finderIn(eff.Data), q)
}

// question reads the filters with the help of the index, which knows the tickers.
func (l *listCommand) question(dir string) (q index.Query, err error) {
	err = reading(dir, func(h *holdings) error {
		q, err = l.query(h.index, time.Now())
		return err
	})
	q.After = l.after
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

// pages prints page after page until the limit, and how to go on.
func (l *listCommand) pages(ctx context.Context, find finder, q index.Query) error {
	t := filingTable()
	found := 0
	for {
		q.Limit = index.MaxLimit
		if l.limit > 0 {
			q.Limit = min(q.Limit, l.limit-found)
		}
		p, err := find(q)
		if errors.Is(err, index.ErrToken) {
			return misuse("--after: %w", err)
		}
		if found > 0 && errors.Is(err, index.ErrLocked) {
			return fmt.Errorf("%w; then go on with --after %s", err, q.After)
		}
		if err != nil {
			return err
		}
		if err := l.print(t, p.Filings); err != nil {
			return err
		}
		found += len(p.Filings)
		q.After = p.Next
		switch {
		case p.Next == "":
			if found == 0 {
				l.note("no filing matches")
			}
			return nil
		case l.limit > 0 && found >= l.limit:
			l.note("there are more: --after %s, or --limit 0 for all", p.Next)
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
	}
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

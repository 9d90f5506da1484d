package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// itemCounts prints how many filings report which item, by year of filing.
func (s *statusCommand) itemCounts(dir string) error {
	var c index.Counts
	err := reading(dir, func(h *holdings) (err error) {
		c, err = h.index.Counts()
		return err
	})
	if err != nil {
		return err
	}
	if s.json {
		return s.printJSON(c)
	}
	t := newItemTable(c)
	if len(t.years) == 0 {
		s.note("no filing is held")
		return nil
	}
	if !s.all {
		t.fit(s.out.width)
	}
	table, left := t.table()
	if left > 0 {
		s.note("%s of earlier years left out: --all shows them", plural(left, "item"))
	}
	return table.write(s.out)
}

// itemTable is numbers of filings, items by years.
type itemTable struct {
	items   []string // as the form numbers them, today's numbers first
	years   []int    // ascending
	counts  map[string]map[int]int
	filings map[int]int
}

func newItemTable(c index.Counts) *itemTable {
	t := &itemTable{counts: map[string]map[int]int{}, filings: map[int]int{}}
	for _, x := range c.Years {
		t.years = append(t.years, x.Year)
		t.filings[x.Year] = x.Count
	}
	for _, x := range c.Items {
		if t.counts[x.Key] == nil {
			t.items = append(t.items, x.Key)
			t.counts[x.Key] = map[int]int{}
		}
		t.counts[x.Key][x.Year] = x.Count
	}
	slices.SortFunc(t.items, compareItems)
	return t
}

// compareItems orders 1.01 to 9.01, and then the numbers 1 to 13 that the form had
// before 23 August 2004.
func compareItems(a, b string) int {
	dotted := func(s string) int {
		if strings.Contains(s, ".") {
			return 0
		}
		return 1
	}
	number := func(s string) float64 {
		n, _ := strconv.ParseFloat(s, 64)
		return n
	}
	return cmp.Or(dotted(a)-dotted(b), cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
}

const minTitle = 16 // columns that a title keeps on a narrow terminal

// fit keeps the last years that a terminal of so many columns has room for, 0 for
// any number; one year stays.
func (t *itemTable) fit(width int) {
	room := width - len("9.01") - len(gap) - minTitle - len(gap) - textWidth(count(sumOf(t.filings)))
	from := len(t.years) - 1
	for sum := 0; from >= 0; from-- {
		sum += len(gap) + max(4, textWidth(count(t.filings[t.years[from]])))
		if sum > room && from < len(t.years)-1 {
			break
		}
	}
	if width > 0 {
		t.years = t.years[from+1:]
	}
}

func sumOf(byYear map[int]int) (sum int) {
	for _, n := range byYear {
		sum += n
	}
	return sum
}

// table sets the years that are left; items of none of them are left out, and
// counted. Totals are of all years.
func (t *itemTable) table() (out *table, left int) {
	out = &table{columns: []column{{name: "item", style: always(cyan)}}}
	for _, y := range t.years {
		out.columns = append(out.columns, column{name: fmt.Sprint(y), right: true})
	}
	out.columns = append(out.columns, column{name: "all", right: true, style: always(bold)}, column{min: minTitle})
	for _, it := range t.items {
		cells, any := t.row(t.counts[it])
		if !any {
			left++
			continue
		}
		out.add(append(append([]string{it}, cells...), parse.ItemTitle(it))...)
	}
	cells, _ := t.row(t.filings)
	out.add(append(append([]string{""}, cells...), "filings")...)
	return out, left
}

// row is the numbers of the years that are left, and the sum of all.
func (t *itemTable) row(byYear map[int]int) (cells []string, any bool) {
	for _, y := range t.years {
		any = any || byYear[y] > 0
		cells = append(cells, blankZero(byYear[y]))
	}
	return append(cells, count(sumOf(byYear))), any
}

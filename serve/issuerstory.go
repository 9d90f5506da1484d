package serve

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve/plot"
)

const (
	storyFilings = 5000 // of an issuer that are read for its story, the newest
	storyPiece   = 500  // in one question
	storySpans   = 30   // names, and symbols
)

// story is what the filings of an issuer tell of it over the years.
type story struct {
	Filings    int
	Amendments int
	Shared     int  // with other filers
	More       bool // there are older filings, which were not read
	Names      []span
	Symbols    []span // on covers of which it is the first filer

	years map[int]int
	items map[yearItem]int // filings with the item
}

// yearItem is an item in a year.
type yearItem struct {
	year int
	item string
}

// span is something that was so in the filings of some time.
type span struct {
	Name        string
	First, Last edgar.Date // filing dates; First is zero where only Last is known
}

// storyOf reads the filings of an issuer, newest first, in several questions.
func (s *Server) storyOf(c edgar.CIK) (*story, error) {
	t := &story{years: map[int]int{}, items: map[yearItem]int{}}
	q := index.Query{CIKs: []edgar.CIK{c}, Limit: storyPiece}
	var former []parse.FormerName
	for {
		fs, next, err := s.find(q)
		if err != nil {
			return nil, err
		}
		if x := filerOf(fs, c); x != nil && q.After == "" {
			former = x.FormerNames
		}
		for _, f := range fs {
			t.add(f, c)
		}
		if t.More = next != "" && t.Filings >= storyFilings; next == "" || t.More {
			break
		}
		q.After = next
	}
	t.addFormer(former)
	return t, nil
}

// add reads a filing older than those before it.
func (t *story) add(f *parse.Filing, c edgar.CIK) {
	t.Filings++
	t.years[f.Filed.Year()]++
	if f.Amendment {
		t.Amendments++
	}
	if len(f.Filers) > 1 {
		t.Shared++
	}
	seen := map[string]bool{}
	for _, it := range f.Items {
		if !seen[it.Number] {
			seen[it.Number] = true
			t.items[yearItem{f.Filed.Year(), it.Number}]++
		}
	}
	if x := filerIn(f, c); x != nil {
		t.Names = extend(t.Names, x.Name, f.Filed)
	}
	if f.Cover != nil && len(f.Filers) > 0 && f.Filers[0].CIK == c { // whose securities they are
		for _, sec := range f.Cover.Securities {
			t.Symbols = extend(t.Symbols, sec.Symbol, f.Filed)
		}
	}
}

// extend makes a span reach back to a day, a new one if there is none of the name.
func extend(spans []span, name string, back edgar.Date) []span {
	name = strings.TrimSpace(name)
	i := slices.IndexFunc(spans, func(s span) bool { return strings.EqualFold(s.Name, name) })
	switch {
	case name == "":
	case i >= 0:
		spans[i].First = back
	case len(spans) < storySpans:
		spans = append(spans, span{name, back, back})
	}
	return spans
}

// addFormer adds the names that the newest header tells of and no filing held has.
func (t *story) addFormer(former []parse.FormerName) {
	for _, n := range former {
		same := func(s span) bool { return strings.EqualFold(s.Name, strings.TrimSpace(n.Name)) }
		if strings.TrimSpace(n.Name) != "" && len(t.Names) < storySpans && !slices.ContainsFunc(t.Names, same) {
			t.Names = append(t.Names, span{Name: n.Name, Last: n.Changed})
		}
	}
	slices.SortStableFunc(t.Names, func(a, b span) int { return b.Last.Compare(a.Last) })
}

// counts are the numbers of filings by year, and by year and item.
func (t *story) counts() (years, items []index.Count) {
	for y, n := range t.years {
		years = append(years, index.Count{Year: y, Count: n})
	}
	for at, n := range t.items {
		items = append(items, index.Count{Key: at.item, Year: at.year, Count: n})
	}
	order := func(a, b index.Count) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Key, b.Key)) }
	slices.SortFunc(years, order)
	slices.SortFunc(items, order)
	return years, items
}

// storyPlot shows an issuer's filings by year and item.
func storyPlot(c edgar.CIK, t *story) plot.Bars {
	byYear, byItem := t.counts()
	years, places := yearsOf(byYear)
	b := plot.Bars{ID: "items", Title: "Items per year", Heading: 2, X: "year of filing", Y: "filings that report the item", FromEnd: true}
	for _, y := range years {
		text := strconv.Itoa(y)
		b.Labels = append(b.Labels, text)
		b.Hrefs = append(b.Hrefs, filteredBy(c, "from", text, "to", text))
	}
	b.Series = itemSeries(byItem, places, len(years))
	if top := itemsOf(c, t); len(top) > 0 {
		b.Says = fmt.Sprintf("Of %s, %s report %s. A filing counts for each of its items.", filings(t.Filings), percent(top[0].Count, t.Filings), itemName(top[0].Number))
	}
	return b
}

// itemsOf are the items that an issuer reports, the most frequent first.
func itemsOf(c edgar.CIK, t *story) (all []itemCount) {
	sums := map[string]int{}
	for at, n := range t.items {
		sums[at.item] += n
	}
	for _, item := range byCount(sums) {
		b := badgeOf(parse.Item{Number: item, Title: parse.ItemTitle(item)})
		all = append(all, itemCount{b, sums[item], filteredBy(c, "item", item)})
	}
	return all
}

package serve

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve/plot"
)

const mostMonths = 600 // of one plot, the newest

// monthsPlot shows filings by month of filing.
func monthsPlot(t *trends) plot.Bars {
	b := plot.Bars{ID: "months", Title: "Filings per month", Heading: 2, X: "month of filing", Y: "filings", FromEnd: true, Series: []plot.Series{{Name: "filings"}}}
	months := monthsBetween(slices.Collect(maps.Keys(t.Tally.Months)))
	most := ""
	for i, m := range months {
		n := t.Tally.Months[m]
		if n > t.Tally.Months[most] {
			most = m
		}
		mark := ""
		if strings.HasSuffix(m, "-01") || i == 0 && len(months) < 12 {
			mark = m[:len("2024")]
		}
		b.Labels, b.Marks = append(b.Labels, m), append(b.Marks, mark)
		b.Hrefs = append(b.Hrefs, monthURL(m))
		b.Series[0].Values = append(b.Series[0].Values, float64(n))
	}
	if most != "" {
		b.Says = fmt.Sprintf("%s from %s to %s; the most in one month were %s, in %s.", filings(t.Filings), months[0], months[len(months)-1], count(t.Tally.Months[most]), most)
	}
	return b
}

// monthsBetween are the months from the first to the last of those given, all of
// them, but at most mostMonths.
func monthsBetween(some []string) (all []string) {
	if len(some) == 0 {
		return nil
	}
	first, err1 := time.Parse("2006-01", slices.Min(some))
	last, err2 := time.Parse("2006-01", slices.Max(some))
	if err1 != nil || err2 != nil {
		return nil
	}
	for m := last; !m.Before(first) && len(all) < mostMonths; m = m.AddDate(0, -1, 0) {
		all = append(all, m.Format("2006-01"))
	}
	slices.Reverse(all)
	return all
}

// monthURL is the timeline of a month.
func monthURL(month string) string {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return ""
	}
	return "/?" + url.Values{"from": {first.Format(time.DateOnly)}, "to": {first.AddDate(0, 1, -1).Format(time.DateOnly)}}.Encode()
}

// itemsPlot shows filings by year and item.
func itemsPlot(t *trends) plot.Bars {
	b := plot.Bars{ID: "items", Title: "Items per year", Heading: 2, X: "year of filing", Y: "filings that report the item", FromEnd: true}
	b.Says = itemsSay(t.Counts)
	years, places := yearsOf(t.Counts.Years)
	for _, y := range years {
		b.Labels = append(b.Labels, strconv.Itoa(y))
		b.Hrefs = append(b.Hrefs, "/?"+url.Values{"from": {strconv.Itoa(y)}, "to": {strconv.Itoa(y)}}.Encode())
	}
	b.Series = itemSeries(t.Counts.Items, places, len(years))
	return b
}

// yearsOf are the years from the first to the last, at most a hundred, and the place
// of each.
func yearsOf(cs []index.Count) (years []int, places map[int]int) {
	places = map[int]int{}
	if len(cs) == 0 {
		return nil, places
	}
	first, last := cs[0].Year, cs[0].Year
	for _, c := range cs {
		first, last = min(first, c.Year), max(last, c.Year)
	}
	for y := max(first, last-99); y <= last; y++ {
		places[y] = len(years)
		years = append(years, y)
	}
	return years, places
}

// itemSeries are the items that are reported, the most frequent first.
func itemSeries(cs []index.Count, places map[int]int, years int) (all []plot.Series) {
	at, sums := map[string][]float64{}, map[string]int{}
	for _, c := range cs {
		place, ok := places[c.Year]
		if !ok {
			continue
		}
		if at[c.Key] == nil {
			at[c.Key] = make([]float64, years)
		}
		at[c.Key][place] += float64(c.Count)
		sums[c.Key] += c.Count
	}
	for _, item := range byCount(sums) {
		all = append(all, plot.Series{Name: itemName(item), Values: at[item]})
	}
	return all
}

// byCount are the keys, the most frequent first.
func byCount(sums map[string]int) []string {
	keys := slices.Sorted(maps.Keys(sums))
	slices.SortStableFunc(keys, func(a, b string) int { return sums[b] - sums[a] })
	return keys
}

// itemName is an item's number and title.
func itemName(number string) string {
	name := strings.TrimSpace(number + " " + parse.ItemTitle(number))
	if !strings.Contains(number, ".") {
		name += " (before 23 August 2004)"
	}
	return name
}

// itemsSay names the most frequent items of the last year.
func itemsSay(c index.Counts) string {
	if len(c.Years) == 0 {
		return ""
	}
	last := slices.MaxFunc(c.Years, func(a, b index.Count) int { return a.Year - b.Year })
	sums := map[string]int{}
	for _, item := range c.Items {
		if item.Year == last.Year {
			sums[item.Key] += item.Count
		}
	}
	var parts []string
	for i, item := range byCount(sums)[:min(3, len(sums))] {
		part := percent(sums[item], last.Count) + " " + itemName(item)
		if i == 0 {
			part = percent(sums[item], last.Count) + " report " + itemName(item)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return fmt.Sprintf("%s in %d report no item.", filings(last.Count), last.Year)
	}
	return fmt.Sprintf("Of %s in %d, %s. A filing counts for each of its items.", filings(last.Count), last.Year, strings.Join(parts, ", "))
}

// hoursPlot shows filings by hour of acceptance.
func hoursPlot(t *trends) plot.Bars {
	b := plot.Bars{ID: "hours", Title: "Hours of acceptance", Heading: 2, X: "hour, Eastern time", Y: "filings", Series: []plot.Series{{Name: "filings"}}}
	timed, late, most := t.Filings-t.Untimed, 0, 0
	first, last := hoursShown(t.Hours)
	for h := first; h <= last; h++ {
		n := t.Hours[h]
		b.Labels = append(b.Labels, fmt.Sprintf("%02d", h))
		b.Series[0].Values = append(b.Series[0].Values, float64(n))
		if n > t.Hours[most] {
			most = h
		}
		if h >= 16 {
			late += n
		}
	}
	if timed > 0 {
		b.Says = fmt.Sprintf("Of %s %s were accepted from 16:00 on, when the exchanges have closed; the most, %s, between %02d:00 and %02d:00.",
			filings(timed), percent(late, timed), percent(t.Hours[most], timed), most, most+1)
	}
	if t.Untimed > 0 {
		b.Says += fmt.Sprintf(" Left out: %s without a time of acceptance.", filings(t.Untimed))
	}
	return b
}

// hoursShown are the hours in which EDGAR takes filings, 6 to 22, and more where there
// are filings.
func hoursShown(hours [24]int) (first, last int) {
	first, last = 6, 21
	for h, n := range hours {
		if n > 0 {
			first, last = min(first, h), max(last, h)
		}
	}
	return first, last
}

// lagsPlot shows filings by business days from event to filing.
func lagsPlot(t *trends) plot.Bars {
	b := plot.Bars{ID: "lags", Title: "Business days from event to filing", Heading: 2, X: "business days from the period of report to the filing date", Y: "filings", Series: []plot.Series{{Name: "filings"}}}
	dated, soon, early := t.Filings-t.Undated, 0, t.Lags[index.EarlyLag]
	for lag := index.EarlyLag; lag <= index.MaxLag; lag++ {
		n := t.Lags[lag]
		b.Labels = append(b.Labels, lagName(lag))
		b.Series[0].Values = append(b.Series[0].Values, float64(n))
		if lag >= 0 && lag <= 4 {
			soon += n
		}
	}
	if dated > 0 {
		b.Says = fmt.Sprintf("Of %s %s came within four business days of the event, the time that the form has given since August 2004 for most items.", filings(dated), percent(soon, dated))
	}
	if early > 0 {
		b.Says += fmt.Sprintf(" Before the date that they report came %s (early).", filings(early))
	}
	if t.Undated > 0 {
		b.Says += fmt.Sprintf(" Left out: %s without a date of the event.", filings(t.Undated))
	}
	return b
}

func lagName(lag int) string {
	switch lag {
	case index.EarlyLag:
		return "early"
	case index.MaxLag:
		return strconv.Itoa(lag) + "+"
	}
	return strconv.Itoa(lag)
}

func filings(n int) string {
	if n == 1 {
		return "1 filing"
	}
	return count(n) + " filings"
}

// percent never says 0 of something, nor 100 of less than all.
func percent(n, of int) string {
	switch p := 100 * float64(n) / float64(max(of, 1)); {
	case n == 0:
		return "none"
	case n >= of:
		return "all"
	case p < 1:
		return "less than 1 %"
	default:
		return strconv.Itoa(min(int(p+0.5), 99)) + " %"
	}
}

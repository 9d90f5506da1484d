package serve

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/serve/plot"
	"example.com/edgard/vital"
)

// coveragePlot draws how far each quarter has come, a column for each year.
func coveragePlot(rep statusReport) plot.Heat {
	h := plot.Heat{
		ID: "coverage", Title: "Coverage by quarter of filing", Heading: 2, FromEnd: true,
		Says: "How much is held of what EDGAR lists. " + wholeOf(rep),
		Rows: []string{"Q1", "Q2", "Q3", "Q4"}, Cells: make([][]plot.Cell, 4),
		Legend: []plot.Cell{
			{Class: "done", Text: "✓", Title: "complete: all that was listed is held or was rejected"},
			{Class: "busy", Text: "…", Title: "running: the quarter is not over, and more will be listed"},
			{Class: "part", Text: "80", Title: "percent held, the rest to be fetched"},
			{Class: "gap", Text: "!", Title: "gap: a listing is missing, so what it names is unknown"},
			{Class: "none", Title: "not asked for"},
		},
	}
	known, gaps := quartersOf(rep.Quarters), gapsByQuarter(rep.Standing.Gaps)
	today := edgar.DateOf(rep.At).Quarter()
	for q := firstQuarter(rep); q.Compare(today) <= 0; q = q.Next() {
		column := q.Year() - firstQuarter(rep).Year()
		if column == len(h.Columns) {
			h.Columns = append(h.Columns, strconv.Itoa(q.Year()))
			for i := range h.Cells {
				h.Cells[i] = append(h.Cells[i], plot.Cell{Class: "none"})
			}
		}
		h.Cells[q.Number()-1][column] = quarterCell(q, known[q], gaps[q], rep.From, today)
	}
	return h
}

func wholeOf(rep statusReport) string {
	if rep.From.IsZero() {
		return "This archive covers no range of days: it holds what was requested or imported."
	}
	return fmt.Sprintf("This archive covers filings from %s on.", rep.From)
}

// firstQuarter is where the plot begins: with the year in which coverage does, or the
// first filing.
func firstQuarter(rep statusReport) edgar.Quarter {
	first := edgar.DateOf(rep.At).Quarter()
	if q := rep.From.Quarter(); !rep.From.IsZero() && q.Compare(first) < 0 {
		first = q
	}
	if len(rep.Quarters) > 0 && rep.Quarters[0].Quarter.Compare(first) < 0 {
		first = rep.Quarters[0].Quarter
	}
	for _, g := range rep.Standing.Gaps {
		if q := quarterOf(g); !q.IsZero() && q.Compare(first) < 0 {
			first = q
		}
	}
	for first.Number() > 1 {
		first = first.First().AddDays(-1).Quarter()
	}
	return first
}

func quartersOf(all []index.QuarterCoverage) map[edgar.Quarter]index.QuarterCoverage {
	known := make(map[edgar.Quarter]index.QuarterCoverage)
	for _, c := range all {
		known[c.Quarter] = c
	}
	return known
}

// quarterOf is the quarter that a listing is of, zero for none.
func quarterOf(g Gap) edgar.Quarter {
	if q, err := edgar.ParseQuarter(g.Listing); err == nil {
		return q
	}
	if d, err := edgar.ParseDate(g.Listing); err == nil {
		return d.Quarter()
	}
	return edgar.Quarter{}
}

// gapsByQuarter says what is missing of each quarter's listings.
func gapsByQuarter(gaps []Gap) map[edgar.Quarter]string {
	said, days := make(map[edgar.Quarter][]string), make(map[edgar.Quarter]int)
	for _, g := range gaps {
		if q := quarterOf(g); q.String() == g.Listing {
			said[q] = append(said[q], "its listing: "+g.Detail)
		} else if !q.IsZero() {
			days[q]++
		}
	}
	all := make(map[edgar.Quarter]string)
	for q, n := range days {
		said[q] = append(said[q], fmt.Sprintf("the listings of %d days are missing", n))
	}
	for q, words := range said {
		all[q] = strings.Join(words, "; ")
	}
	return all
}

// quarterCell says what is the case with a quarter, in colour, in a sign and in
// words. It is no link: 130 of them would be in the way of a keyboard.
func quarterCell(q edgar.Quarter, c index.QuarterCoverage, gap string, from edgar.Date, today edgar.Quarter) plot.Cell {
	cell := plot.Cell{Title: q.String() + ": " + quarterText(c)}
	todo := c.Discovered + c.Deferred
	asked := !from.IsZero() && !q.Last().Before(from)
	switch {
	case gap != "":
		cell.Class, cell.Text, cell.Title = "gap", "!", cell.Title+"; "+gap
	case c.Wanted == 0 && !asked:
		cell.Class, cell.Title = "none", q.String()+": not asked for"
	case todo > 0:
		cell.Class, cell.Text = "part", strconv.Itoa(min(99, 100*(c.Wanted-todo)/c.Wanted))
	case q == today:
		cell.Class, cell.Text, cell.Title = "busy", "…", cell.Title+"; the quarter is not over"
	default:
		cell.Class, cell.Text = "done", "✓"
	}
	return cell
}

// quarterText counts what is in a quarter.
func quarterText(c index.QuarterCoverage) string {
	if c.Wanted == 0 {
		return "none listed"
	}
	words := []string{count(c.Wanted) + " listed", count(c.Recorded) + " held"}
	for _, x := range []struct {
		n    int
		what string
	}{{c.Discovered + c.Deferred, "to fetch"}, {c.Rejected, "given up"}, {c.Withdrawn, "withdrawn"}} {
		if x.n > 0 {
			words = append(words, count(x.n)+" "+x.what)
		}
	}
	return strings.Join(words, ", ")
}

// ratePlot draws the requests of the last hour against what is allowed.
func ratePlot(x vital.Snapshot) plot.Bars {
	total := 0
	b := plot.Bars{
		ID: "rate", Title: "Requests of the last hour", Heading: 2, FromEnd: true, X: "minute, Eastern time", Y: "requests",
		Series: []plot.Series{{Name: "requests"}}, Limit: 60 * x.Limit, LimitName: "limit",
	}
	for i, n := range x.PerMinute {
		at := x.At.Add(-time.Duration(len(x.PerMinute)-i) * time.Minute)
		b.Labels = append(b.Labels, clock(at))
		b.Series[0].Values = append(b.Series[0].Values, float64(n))
		total += n
	}
	b.Says = fmt.Sprintf("%s to EDGAR in each minute, %s in all.", "Requests", count(total))
	if x.Limit > 0 {
		b.Says += fmt.Sprintf(" They are sent evenly, at most %s a second, so that a second may hold %d, from edge to edge; the fullest since %s had %d.",
			strconv.FormatFloat(x.Limit, 'g', -1, 64), int(math.Ceil(x.Limit))+1, eastern(x.Began), x.Largest)
	}
	return b
}

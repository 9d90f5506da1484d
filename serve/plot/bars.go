package plot

import "html/template"

// MaxSeries is how many series a plot tells apart by colour and pattern.
const MaxSeries = 8

// Bars is a bar for each label; with several series they stand upon each other,
// the first at the bottom.
type Bars struct {
	ID      string // of the figure, unique on its page: a letter, then letters, digits and hyphens
	Title   string // a few words
	Says    string // what the plot shows, one sentence
	Heading int    // the level of heading that the title is, 2 to 6; none otherwise
	X, Y    string // what the labels and the values are: "month", "filings"
	FromEnd bool   // on a narrow screen the last labels are seen first

	Labels []string
	Marks  []string // what stands under the axis in place of the labels, "" for nothing; they are thinned either way
	Hrefs  []string // where labels lead in the table, "" for nowhere

	// Series of more than MaxSeries are drawn as the largest MaxSeries-1, in their
	// order, and the sum of the others; the table has each.
	Series []Series

	Limit     float64 // a line across, none for zero
	LimitName string  // "limit" if ""
}

// Series is one value for each label; those that are missing are zero.
type Series struct {
	Name   string
	Values []float64
}

// HTML returns the figure.
func (b Bars) HTML() template.HTML {
	f := figure{ID: name(b.ID), Title: clean(b.Title), Says: clean(b.Says), Heading: b.Heading, X: clean(b.X), Y: clean(b.Y), FromEnd: b.FromEnd}
	if len(b.Labels) > 0 && len(b.Series) > 0 {
		drawn := lump(b.Series, len(b.Labels))
		f.Bars, f.SideTexts = b.draw(f.ID, drawn)
		f.Patterns = patterns(f.ID, len(drawn))
		f.Legend = b.legend(f.ID, drawn)
		f.Table = b.table()
	}
	return f.html()
}

func (b Bars) legend(id string, drawn []Series) (keys []key) {
	if len(drawn) > 1 {
		for i, s := range drawn {
			keys = append(keys, key{Fill: fill(id, i), Text: shorten(clean(s.Name), 120)})
		}
	}
	if limit := clamp(b.Limit); limit > 0 {
		keys = append(keys, key{Line: true, Text: b.limitName() + ": " + number(limit)})
	}
	return keys
}

func (b Bars) limitName() string {
	if b.LimitName == "" {
		return "limit"
	}
	return shorten(clean(b.LimitName), 60)
}

// table has a row for each label, or for each series where those are many.
func (b Bars) table() table {
	labels, names := make([]tableCell, len(b.Labels)), make([]tableCell, len(b.Series))
	for i, label := range b.Labels {
		labels[i] = tableCell{clean(label), at(b.Hrefs, i)}
	}
	for j, s := range b.Series {
		names[j].Text = orWord(clean(s.Name), orWord(clean(b.Y), "value"))
	}
	value := func(label, series int) string { return number(clamp(at(b.Series[series].Values, label))) }
	corner := orWord(clean(b.X), "label")
	if len(names) > 1 && len(names)*4 >= len(labels) {
		return newTable(corner, labels, names, func(row, column int) string { return value(column, row) })
	}
	return newTable(corner, names, labels, value)
}

// at is the i-th of what may be shorter.
func at[T any](of []T, i int) (zero T) {
	if i < len(of) {
		return of[i]
	}
	return zero
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

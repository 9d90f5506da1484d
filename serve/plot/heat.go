package plot

import "html/template"

// Heat is a grid of cells whose colours say what is the case. Classes of cells are
// none, gap, part, busy, done and bad, for how far something has come, and level0
// to level4, for how much there is of it.
type Heat struct {
	ID      string // as of Bars, like the next four
	Title   string
	Says    string
	Heading int
	FromEnd bool

	Rows, Columns []string
	Cells         [][]Cell // by row and column; those that are missing are left blank

	// Legend says what the classes mean: of each cell the Class, the Text as it
	// stands in such cells, and in Title the meaning.
	Legend []Cell
}

// Cell is one cell of a Heat. Its text should tell the class to who sees no
// colours, in one to four letters; what the title says is shown on hovering and in the table.
type Cell struct {
	Class string
	Text  string
	Title string
	Href  string // "" for none
}

// HTML returns the figure.
func (h Heat) HTML() template.HTML {
	f := figure{ID: name(h.ID), Title: clean(h.Title), Says: clean(h.Says), Heading: h.Heading, FromEnd: h.FromEnd}
	if len(h.Rows) > 0 && len(h.Columns) > 0 {
		f.Heat, f.SideTexts = h.draw()
		f.Table = h.table()
		for _, c := range f.Heat.Cells {
			f.Links = f.Links || c.Href != ""
		}
	}
	for _, c := range h.Legend {
		f.Legend = append(f.Legend, key{Fill: paint{Class: c.class()}, Sign: shorten(clean(c.Text), 2), Text: clean(c.Title)})
	}
	return f.html()
}

func (c Cell) class() string {
	if c.Class == "" {
		return "plot-none"
	}
	return "plot-" + name(c.Class)
}

func (h Heat) table() table {
	t := table{Head: []tableCell{{}}}
	for _, text := range h.Columns {
		t.Head = append(t.Head, tableCell{Text: clean(text)})
	}
	for i, text := range h.Rows {
		r := tableRow{Head: tableCell{Text: clean(text)}}
		for j := range h.Columns {
			c := at(at(h.Cells, i), j)
			r.Cells = append(r.Cells, tableCell{Text: orWord(clean(c.Title), clean(c.Text)), Href: c.Href})
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

const (
	cellHigh = 26
	cellWide = 28
	mostSign = 6 // letters in a cell
)

// heatView is the drawing of a Heat.
type heatView struct {
	size
	Columns []tick
	Cells   []heatCell
}

// HeadPlace is the line of the columns' names.
func (v *heatView) HeadPlace() coordinate { return textSize + edge }

type heatCell struct {
	rect
	Class, Text, Title, Href string
	TextX, TextY             coordinate
}

// draw also returns the names of the rows.
func (h Heat) draw() (v *heatView, side []tick) {
	columns := make([]string, len(h.Columns))
	for j, text := range h.Columns {
		columns[j] = shorten(clean(text), maxLetter)
	}
	left, wide := h.cellWidth(columns)
	top := coordinate(lineHeight + 2*edge)
	v = &heatView{Columns: thin(columns, float64(left), float64(wide)), size: size{
		Width:  2*left + wide*coordinate(len(columns)) + edge,
		Height: top + coordinate(cellHigh*len(h.Rows)) + edge,
	}}
	for i, text := range h.Rows {
		y := top + coordinate(cellHigh*i)
		side = append(side, tick{At: y + cellHigh/2 + textSize/3, Text: shorten(clean(text), maxLetter)})
		for j := range h.Columns {
			v.add(at(at(h.Cells, i), j), rect{X: left + wide*coordinate(j), Y: y, Width: wide, Height: cellHigh})
		}
	}
	return v, side
}

// cellWidth is what the widest text in a cell needs, and left what the names of the
// columns may need beside them.
func (h Heat) cellWidth(columns []string) (left, wide coordinate) {
	cell, name := float64(cellWide), 0.0
	for j, text := range columns {
		name = max(name, textWidth(text))
		for i := range h.Rows {
			cell = max(cell, textWidth(shorten(clean(at(at(h.Cells, i), j).Text), mostSign))+2*edge)
		}
	}
	return coordinate(max(0, name-cell) / 2), coordinate(cell)
}

// add draws a cell into its place, with a seam around it; a cell of nothing is left
// out.
func (v *heatView) add(c Cell, r rect) {
	if c == (Cell{}) {
		return
	}
	v.Cells = append(v.Cells, heatCell{
		rect:  rect{X: r.X + 1, Y: r.Y + 1, Width: r.Width - 2, Height: r.Height - 2},
		Class: c.class(), Text: shorten(clean(c.Text), mostSign), Title: orWord(clean(c.Title), clean(c.Text)), Href: c.Href,
		TextX: r.X + r.Width/2, TextY: r.Y + cellHigh/2 + textSize/3,
	})
}

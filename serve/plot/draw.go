package plot

import (
	"math"
	"strings"
)

// Sizes in units.
const (
	narrow    = 328 // what fits on a phone
	barsWide  = 880 // what bars spread to, and labels may take without thinning
	barsHigh  = 200
	minPitch  = 2  // from one bar to the next
	maxPitch  = 64 // unless a label needs more
	edge      = 4
	maxLetter = 28 // letters of a label
)

// barsView is the drawing of bars, as the template wants it.
type barsView struct {
	size
	Right, Top, Low coordinate // of the area above the axis, which begins at 0
	Grid            []coordinate
	Columns         []column
	Marks           []tick
	Limit           coordinate // its height on the page, 0 for none
}

// MarkPlace is the line of the marks, High how high the area above the axis is.
func (v *barsView) MarkPlace() coordinate { return v.Low + lineHeight }
func (v *barsView) High() coordinate      { return v.Low - v.Top }

// tick is a text at a place along an axis.
type tick struct {
	At   coordinate
	Text string
}

// column is what stands above one label.
type column struct {
	Title    string
	X, Width coordinate // of all the room that the label has
	Bars     []rect
}

type rect struct {
	Fill                paint
	X, Y, Width, Height coordinate
}

// frame is where the bars stand.
type frame struct {
	left, pitch float64
	top         float64 // the value at the upper end
}

func (f frame) height(v float64) float64 { return v / f.top * barsHigh }

// draw also returns the numbers of the upright axis.
func (b Bars) draw(id string, drawn []Series) (v *barsView, axis []tick) {
	numbers, marks := b.ticks(drawn), b.marks()
	f := frame{pitch: pitch(marks), top: numbers[len(numbers)-1]}
	first, last := textWidth(marks[0])/2, textWidth(marks[len(marks)-1])/2
	f.left = max(edge, first-f.pitch/2)
	right := f.left + f.pitch*float64(len(marks))
	v = &barsView{Marks: thin(marks, f.left, f.pitch), Right: coordinate(right), Top: textSize, Low: textSize + barsHigh}
	v.Width = coordinate(max(right, right-f.pitch/2+last) + edge)
	v.Height = v.MarkPlace() + edge
	for _, n := range numbers {
		at := v.Low - coordinate(f.height(n))
		v.Grid = append(v.Grid, at)
		axis = append(axis, tick{At: at + textSize/3, Text: tickText(n)})
	}
	if limit := clamp(b.Limit); limit > 0 {
		v.Limit = v.Low - coordinate(f.height(limit))
	}
	b.drawColumns(v, f, id, drawn)
	return v, axis
}

// ticks are those of the highest column, or of the limit above it.
func (b Bars) ticks(drawn []Series) []float64 {
	top, whole := clamp(b.Limit), true
	for i := range b.Labels {
		sum := 0.0
		for _, s := range drawn {
			sum += s.Values[i]
			whole = whole && s.Values[i] == math.Trunc(s.Values[i])
		}
		top = max(top, sum)
	}
	return ticks(top, whole)
}

// drawColumns fills in the bars, from the bottom up. What is not zero is seen: a
// column is at least one unit high.
func (b Bars) drawColumns(v *barsView, f frame, id string, drawn []Series) {
	gap := 0.0
	if f.pitch >= 4 {
		gap = max(1, f.pitch*0.15)
	}
	for i, label := range b.Labels {
		c := column{X: coordinate(f.left + float64(i)*f.pitch), Width: coordinate(f.pitch), Title: b.columnTitle(label, drawn, i)}
		sum := 0.0
		for j, s := range drawn {
			if s.Values[i] == 0 {
				continue
			}
			low := f.height(sum)
			sum += s.Values[i]
			high := f.height(sum)
			if j == len(drawn)-1 || rest(drawn[j+1:], i) == 0 {
				high = max(high, 1)
			}
			c.Bars = append(c.Bars, rect{
				Fill: fill(id, j), X: c.X + coordinate(gap/2), Width: coordinate(f.pitch - gap),
				Y: v.Low - coordinate(high), Height: coordinate(high - low),
			})
		}
		v.Columns = append(v.Columns, c)
	}
}

func rest(series []Series, i int) (sum float64) {
	for _, s := range series {
		sum += s.Values[i]
	}
	return sum
}

// columnTitle says in words what a column shows: "2024: 2.02 12, 8.01 3".
func (b Bars) columnTitle(label string, drawn []Series, i int) string {
	head := shorten(clean(label), 120) + ": "
	if len(drawn) == 1 {
		return strings.TrimSpace(head + number(drawn[0].Values[i]) + " " + clean(b.Y))
	}
	parts := []string{strings.TrimSpace(number(rest(drawn, i)) + " " + clean(b.Y))}
	for _, s := range drawn {
		if s.Values[i] > 0 {
			parts = append(parts, shorten(clean(s.Name), 60)+": "+number(s.Values[i]))
		}
	}
	return head + strings.Join(parts, "\n")
}

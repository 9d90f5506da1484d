package plot

import (
	"math"
	"strings"
)

// Sizes in units.
const (
	narrow    = 330 // what fits on a phone
	barsWide  = 720 // what bars spread to, and labels may take without thinning
	barsHigh  = 200
	minPitch  = 2  // from one bar to the next
	maxPitch  = 64 // unless a label needs more
	edge      = 4
	maxLetter = 28 // letters of a label
)

// barsView is the drawing of bars, as the template wants it.
type barsView struct {
	size
	Left, Right, Top, Low coordinate // of the area between the axes
	Y, X                  string
	YPlace, XPlace        coordinate
	Ticks                 []tick
	Columns               []column
	Limit                 coordinate // its height on the page, 0 for none
}

// TickEnd is where the numbers of the upright axis end, Middle the line of text in
// the middle of a height, MarkPlace that of the marks, High how high the area is.
func (v *barsView) TickEnd() coordinate                 { return v.Left - edge }
func (v *barsView) Middle(height coordinate) coordinate { return height + textSize/3 }
func (v *barsView) MarkPlace() coordinate               { return v.Low + lineHeight }
func (v *barsView) High() coordinate                    { return v.Low - v.Top }

// tick is a number or a label beside an axis.
type tick struct {
	At   coordinate
	Text string
}

// column is what stands above one label.
type column struct {
	Title    string
	X, Width coordinate // of all the room that the label has
	Bars     []rect
	Mark     tick // Text "" for none
}

type rect struct {
	Fill                paint
	X, Y, Width, Height coordinate
}

// frame is where the bars stand.
type frame struct {
	left, pitch, top float64 // top: the value at the upper end
}

func (f frame) center(i int) float64 { return f.left + (float64(i)+0.5)*f.pitch }

func (f frame) height(v float64) float64 { return v / f.top * barsHigh }

func (b Bars) draw(drawn []Series) *barsView {
	numbers := b.ticks(drawn)
	marks := b.marks()
	f := frame{top: numbers[len(numbers)-1]}
	for _, n := range numbers {
		f.left = max(f.left, textWidth(tickText(n))+2*edge)
	}
	f.pitch = pitch(marks)
	first, last := textWidth(marks[0])/2, textWidth(marks[len(marks)-1])/2
	f.left = max(f.left, first-f.pitch/2+edge)
	right := f.left + f.pitch*float64(len(marks))
	y, x := shorten(clean(b.Y), maxLetter), shorten(clean(b.X), maxLetter)
	v := &barsView{
		Left: coordinate(f.left), Right: coordinate(right), Top: lineHeight + 2*edge,
		Y: y, YPlace: textSize, X: x,
	}
	v.Width = coordinate(max(right, right-f.pitch/2+last, textWidth(y), f.left+textWidth(x)) + edge)
	v.Low = v.Top + barsHigh
	v.Height = v.Low + lineHeight + edge
	if x != "" {
		v.Height += lineHeight
		v.XPlace = v.Height - edge
	}
	for _, n := range numbers {
		v.Ticks = append(v.Ticks, tick{At: v.Low - coordinate(f.height(n)), Text: tickText(n)})
	}
	if limit := clamp(b.Limit); limit > 0 {
		v.Limit = v.Low - coordinate(f.height(limit))
	}
	b.drawColumns(v, f, drawn)
	v.placeMarks(f, marks)
	return v
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
func (b Bars) drawColumns(v *barsView, f frame, drawn []Series) {
	id := name(b.ID)
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

package plot

import (
	_ "embed"
	"html/template"
	"strconv"
	"strings"
)

//go:embed figure.html
var figureSource string

// figures is parsed once; executing it changes nothing.
var figures = template.Must(template.New("figure").Parse(figureSource))

// figure is what the template shows.
type figure struct {
	ID, Title, Says string
	X, Y            string
	Heading         int
	FromEnd         bool // what is seen first on narrow screens is the right end
	Links           bool // the drawing has links
	Legend          []key
	Patterns        []pattern
	Bars            *barsView
	Heat            *heatView
	SideTexts       []tick // beside the drawing, where they stay when it is scrolled
	Table           table
}

// key is an entry of the legend.
type key struct {
	Fill paint
	Line bool
	Sign string
	Text string
}

// paint is how an area is filled: by a class, or by a pattern of the figure.
type paint struct{ Class, Pattern string }

// pattern hatches a series but the first; Kind, its place, is which way.
type pattern struct {
	ID    string
	Class string
	Kind  int
}

// fill is how the i-th series is filled.
func fill(id string, i int) paint {
	if i == 0 {
		return paint{Class: "plot-s1"}
	}
	return paint{Class: "plot-p", Pattern: id + "-p" + strconv.Itoa(i+1)}
}

func patterns(id string, n int) (all []pattern) {
	for i := 1; i < n; i++ {
		all = append(all, pattern{ID: fill(id, i).Pattern, Class: "plot-s" + strconv.Itoa(i+1), Kind: i})
	}
	return all
}

// Empty reports whether there is nothing to draw.
func (f figure) Empty() bool { return f.Bars == nil && f.Heat == nil }

// HeadingStart is the title's heading, opened; the level is one of those there are.
func (f figure) HeadingStart() template.HTML {
	return f.tag("<h%s class=\"plot-title\">", "<strong class=\"plot-title\">")
}

// HeadingEnd closes it.
func (f figure) HeadingEnd() template.HTML { return f.tag("</h%s>", "</strong>") }

func (f figure) tag(heading, plain string) template.HTML {
	if f.Heading < 2 || f.Heading > 6 {
		return template.HTML(plain)
	}
	return template.HTML(strings.Replace(heading, "%s", strconv.Itoa(f.Heading), 1))
}

// size is how large a drawing is, in units.
type size struct{ Width, Height coordinate }

// WidthRem and HeightRem are the same in the page's font size.
func (s size) WidthRem() coordinate  { return s.Width / 16 }
func (s size) HeightRem() coordinate { return s.Height / 16 }

// Size is that of the drawing.
func (f figure) Size() size {
	if f.Heat != nil {
		return f.Heat.size
	}
	return f.Bars.size
}

// Side is the size of what is beside it.
func (f figure) Side() size {
	s := size{Height: f.Size().Height}
	for _, t := range f.SideTexts {
		s.Width = max(s.Width, coordinate(textWidth(t.Text))+2*edge)
	}
	return s
}

// SideEnd is where the texts beside the drawing end.
func (f figure) SideEnd() coordinate { return f.Side().Width - edge }

// Wide reports whether the plot scrolls on narrow screens.
func (f figure) Wide() bool { return f.Side().Width+f.Size().Width > narrow }

// html cannot fail: a strings.Builder takes everything, and the template and the
// view are of this package.
func (f figure) html() template.HTML {
	var b strings.Builder
	if err := figures.Execute(&b, f); err != nil {
		return template.HTML("<!-- " + template.HTMLEscapeString(err.Error()) + " -->")
	}
	return template.HTML(b.String())
}

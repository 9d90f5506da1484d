package plot

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bars are the filled rectangles of the columns, column by column.
func bars(t *testing.T, all []element) (columns [][]element) {
	t.Helper()
	for _, e := range all {
		if e.has("plot-hit") {
			columns = append(columns, nil)
		} else if e.name == "rect" && strings.HasSuffix(e.under, "svg/g/") {
			columns[len(columns)-1] = append(columns[len(columns)-1], e)
		}
	}
	return columns
}

func TestBarsAreAsHighAsTheirValues(t *testing.T) {
	all := elements(t, Bars{ID: "b", Title: "T", Labels: []string{"a", "b", "c"}, Series: []Series{{Values: []float64{10, 40, 0}}}}.HTML())
	columns := bars(t, all)
	if len(columns) != 3 || len(columns[0]) != 1 || len(columns[1]) != 1 || len(columns[2]) != 0 {
		t.Fatalf("bars by column = %v", columns)
	}
	a, b := columns[0][0].number(t, "height"), columns[1][0].number(t, "height")
	if b != 4*a || b < barsHigh/2 {
		t.Errorf("bars of 10 and 40 are %v and %v high", a, b)
	}
}

func TestStackedBarsStandUponEachOther(t *testing.T) {
	all := elements(t, Bars{ID: "b", Title: "T", Labels: []string{"a"}, Series: []Series{{"x", []float64{30}}, {"y", []float64{10}}}}.HTML())
	column := bars(t, all)[0]
	low, high := column[0], column[1]
	if low.number(t, "y") != high.number(t, "y")+high.number(t, "height") {
		t.Errorf("the second bar ends at %v+%v, the first begins at %v", high.attr["y"], high.attr["height"], low.attr["y"])
	}
	if low.number(t, "height") != 3*high.number(t, "height") {
		t.Errorf("bars of 30 and 10 are %v and %v high", low.attr["height"], high.attr["height"])
	}
}

func TestTheTableHasEveryNumber(t *testing.T) {
	b := Bars{ID: "b", Title: "T", X: "year", Labels: []string{"2023", "2024"}, Hrefs: []string{"", "/?from=2024-01-01"}}
	var want []string
	for i := range 30 {
		b.Series = append(b.Series, Series{fmt.Sprint("s", i), []float64{float64(i), 1000}})
		want = append(want, fmt.Sprint(i), "1,000")
	}
	all := elements(t, b.HTML())
	if diff := cmp.Diff(want, texts(all, "td", "tbody")); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if got := texts(all, "a", "thead/"); !cmp.Equal(got, []string{"2024"}) {
		t.Errorf("links = %q", got)
	}
}

func TestFewSeriesAreTheColumnsOfTheTable(t *testing.T) {
	b := Bars{ID: "b", Title: "T", X: "day", Labels: []string{"a", "b", "c"}, Hrefs: []string{"/a"}, Series: []Series{{"x", []float64{1, 2, 3}}}}
	all := elements(t, b.HTML())
	got := append(texts(all, "th", "table/"), texts(all, "td", "tbody/")...)
	if diff := cmp.Diff([]string{"day", "x", "", "b", "c", "1", "2", "3"}, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if got := texts(all, "a", "tbody/"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("links = %q", got)
	}
}

func TestTheLargestOfManySeriesAreDrawnAndTheOthersAsOne(t *testing.T) {
	var series []Series
	for i := range 30 {
		series = append(series, Series{fmt.Sprint("s", i), []float64{float64(i)}})
	}
	all := elements(t, Bars{ID: "b", Title: "T", Labels: []string{"a"}, Series: series}.HTML())
	var got []string
	for _, text := range texts(all, "li", "ul") {
		got = append(got, strings.TrimSpace(text))
	}
	want := []string{"s23", "s24", "s25", "s26", "s27", "s28", "s29", "23 others"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("legend (-want +got):\n%s", diff)
	}
	if n := len(bars(t, all)[0]); n != MaxSeries {
		t.Errorf("%d bars, want %d", n, MaxSeries)
	}
	for _, s := range lump(series[:MaxSeries], 1) {
		if strings.HasSuffix(s.Name, "others") {
			t.Errorf("of no more than may be drawn there are %s", s.Name)
		}
	}
}

// shapes are plots of many kinds of data.
func shapes() map[string]Bars {
	many := Bars{Series: []Series{{Name: "x"}, {Name: "y"}}}
	for i := range 400 {
		many.Labels = append(many.Labels, fmt.Sprintf("%d-%02d", 1993+i/12, i%12+1))
		for j := range many.Series {
			many.Series[j].Values = append(many.Series[j].Values, float64(i*j))
		}
	}
	long := strings.Repeat("W", 300)
	return map[string]Bars{
		"one":          {Labels: []string{"a"}, Series: []Series{{"", []float64{3}}}},
		"zeros":        {Labels: []string{"a", "b"}, Series: []Series{{"", []float64{0, 0}}}, X: "x", Y: "y"},
		"huge":         {Labels: []string{"a", "b"}, Series: []Series{{"", []float64{math.MaxFloat64, 1}}}, Y: "filings"},
		"tiny":         {Labels: []string{"a", "b"}, Series: []Series{{"", []float64{1e-300, 1e-9}}}},
		"no numbers":   {Labels: []string{"a", "b", "c"}, Series: []Series{{"", []float64{math.NaN(), math.Inf(1), math.Inf(-1)}}}, Limit: math.NaN()},
		"below zero":   {Labels: []string{"a", "b"}, Series: []Series{{"", []float64{-5, 5}}}},
		"missing":      {Labels: []string{"a", "b", "c"}, Marks: []string{"q"}, Series: []Series{{"x", []float64{1}}, {"y", nil}}},
		"many":         many,
		"limit above":  {Labels: []string{"a"}, Series: []Series{{"", []float64{1}}}, Limit: 480},
		"long words":   {Labels: []string{long, long}, Series: []Series{{long, []float64{1, 2}}, {long, []float64{1, 2}}}, X: long, Y: long, Limit: 1, LimitName: long},
		"wide letters": {Labels: []string{"絵文字絵文字絵文字", "😀😀😀😀"}, Series: []Series{{"", []float64{1, 2}}}},
	}
}

func TestNothingIsDrawnOutsideTheViewBox(t *testing.T) {
	for name, b := range shapes() {
		t.Run(name, func(t *testing.T) {
			b.ID, b.Title = "b", "T"
			checkInside(t, b.HTML())
		})
	}
}

// checkInside holds rectangles and texts to the view box, and texts on one line to
// not touching each other.
func checkInside(t *testing.T, h template.HTML) {
	t.Helper()
	all := elements(t, h)
	var width, height float64
	ends := map[string]float64{}
	for _, e := range all {
		if e.attr["viewBox"] != "" {
			if _, err := fmt.Sscanf(e.attr["viewBox"], "0 0 %g %g", &width, &height); err != nil {
				t.Fatal(err)
			}
		}
		if !strings.Contains(e.under, "div/svg/") || strings.Contains(e.under, "/pattern/") {
			continue
		}
		switch e.name {
		case "rect":
			x, y := e.number(t, "x"), e.number(t, "y")
			if x < 0 || y < 0 || x+e.number(t, "width") > width+0.02 || y+e.number(t, "height") > height+0.02 || e.number(t, "height") < 0 {
				t.Errorf("%v is outside of %v × %v", e.attr, width, height)
			}
		case "text":
			x, w := e.number(t, "x"), textWidth(e.text)
			switch {
			case e.has("plot-middle"), e.has("plot-sign"):
				x -= w / 2
			case e.has("plot-end"):
				x -= w
			}
			if x < 0 || x+w > width || e.number(t, "y") > height || e.number(t, "y") < textSize {
				t.Errorf("%q from %v to %v, at %v, is outside of %v × %v", e.text, x, x+w, e.attr["y"], width, height)
			}
			if e.has("plot-middle") || e.has("plot-sign") {
				if end, ok := ends[e.attr["y"]]; ok && x < end {
					t.Errorf("%q begins at %v, the text before it ends at %v", e.text, x, end)
				}
				ends[e.attr["y"]] = x + w
			}
		}
	}
}

func TestNothingToShowIsSaid(t *testing.T) {
	for _, b := range []Bars{{}, {Labels: []string{"a"}}, {Series: []Series{{}}}} {
		if got := texts(elements(t, b.HTML()), "p", "figure"); !cmp.Equal(got, []string{"Nothing to show yet."}) {
			t.Errorf("%+v says %q", b, got)
		}
	}
}

func TestWhatIsWrittenOnAPlotIsText(t *testing.T) {
	bad := `</title><script>alert(1)</script>"'><x style="a:b" onload=y>`
	b := Bars{ID: bad, Title: bad, Says: bad, X: bad, Y: bad, Heading: 2, Labels: []string{bad}, Hrefs: []string{"javascript:alert(1)"},
		Series: []Series{{bad, []float64{1}}, {bad, []float64{1}}}, Limit: 1, LimitName: bad}
	h := Heat{ID: bad, Title: bad, Says: bad, Rows: []string{bad}, Columns: []string{bad}, Legend: []Cell{{bad, bad, bad, bad}},
		Cells: [][]Cell{{{bad, bad, bad, "javascript:alert(1)"}}}}
	for _, html := range []template.HTML{b.HTML(), h.HTML()} {
		for _, e := range elements(t, html) {
			if e.name == "script" || e.name == "x" || e.attr["style"] != "" || e.attr["onload"] != "" || strings.HasPrefix(e.attr["href"], "java") {
				t.Errorf("%s %v came out of text", e.name, e.attr)
			}
		}
	}
}

func TestTextIsOneLineInOneDirection(t *testing.T) {
	if got, want := clean(" a\x00b\u202e\nc\xff\ufeff "), "a b c\uFFFD"; got != want {
		t.Errorf("clean = %q, want %q", got, want)
	}
}

func FuzzBars(f *testing.F) {
	f.Add("label", "name", 1.0, 2.0, 3.0, 5)
	f.Add("\u202e<", "&", math.Inf(1), math.NaN(), 1e-320, 300)
	f.Fuzz(func(t *testing.T, label, name string, a, b, limit float64, n int) {
		plot := Bars{ID: label, Title: label, Says: name, X: name, Y: label, Limit: limit, Series: []Series{{Name: name}, {Name: label, Values: []float64{b}}}}
		for i := range max(0, n%500) {
			plot.Labels = append(plot.Labels, label)
			plot.Series[0].Values = append(plot.Series[0].Values, a*float64(i))
		}
		checkInside(t, plot.HTML())
	})
}

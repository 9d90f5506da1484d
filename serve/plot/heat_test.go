package plot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func coverage() Heat {
	h := Heat{ID: "coverage", Title: "Coverage", Says: "How far each quarter is.", Columns: []string{"2023", "2024"},
		Rows:   []string{"Q1", "Q2"},
		Legend: []Cell{{Class: "done", Text: "✓", Title: "complete"}, {Class: "gap", Text: "!", Title: "something is missing"}}}
	h.Cells = [][]Cell{
		{{Class: "done", Text: "✓", Title: "120 of 120"}, {Class: "gap", Text: "!", Title: "7 of 120", Href: "/?from=2024-01-01"}},
		{{Class: "done", Text: "✓", Title: "80 of 80"}},
	}
	return h
}

func TestAHeatHasACellForEachThatIsGiven(t *testing.T) {
	all := elements(t, coverage().HTML())
	cells := drawn(all, "plot-cell")
	if len(cells) != 3 {
		t.Fatalf("%d cells, want 3", len(cells))
	}
	if cells[0].attr["y"] != cells[1].attr["y"] || cells[0].attr["x"] != cells[2].attr["x"] {
		t.Errorf("cells are not in rows and columns: %v", cells)
	}
	checkInside(t, coverage().HTML())
}

func TestTheLegendOfAHeatExplainsItsClasses(t *testing.T) {
	var got []string
	for _, e := range texts(elements(t, coverage().HTML()), "li", "ul") {
		got = append(got, strings.TrimSpace(e))
	}
	if diff := cmp.Diff([]string{"complete", "something is missing"}, got); diff != "" {
		t.Errorf("legend (-want +got):\n%s", diff)
	}
}

func TestTheTableOfAHeatSaysWhatTheCellsAre(t *testing.T) {
	all := elements(t, coverage().HTML())
	got := append(texts(all, "td", "tbody/tr/"), texts(all, "a", "tbody/tr/")...)
	if diff := cmp.Diff([]string{"120 of 120", "", "80 of 80", "", "7 of 120"}, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestADrawingWithLinksIsNotAPicture(t *testing.T) {
	with := coverage()
	without := coverage()
	without.Cells[0][1].Href = ""
	for _, tt := range []struct {
		h    Heat
		want string
	}{{with, "group"}, {without, "img"}} {
		for _, e := range elements(t, tt.h.HTML()) {
			if e.has("plot-svg") && e.attr["role"] != tt.want {
				t.Errorf("role = %q, want %q", e.attr["role"], tt.want)
			}
		}
	}
}

func TestAHeatOfNothingSaysSo(t *testing.T) {
	if got := texts(elements(t, Heat{Rows: []string{"a"}}.HTML()), "p", "figure"); !cmp.Equal(got, []string{"Nothing to show yet."}) {
		t.Errorf("says %q", got)
	}
}

func FuzzHeat(f *testing.F) {
	f.Add("done", "✓", "t", uint8(3), uint8(4))
	f.Add("\"<", "\x00", "&", uint8(0), uint8(1))
	f.Fuzz(func(t *testing.T, class, text, title string, rows, columns uint8) {
		h := Heat{ID: class, Title: title, Says: text}
		for range rows % 20 {
			h.Rows = append(h.Rows, text)
			h.Cells = append(h.Cells, []Cell{{Class: class, Text: text, Title: title, Href: title}, {}, {Text: text}})
		}
		for range columns % 20 {
			h.Columns = append(h.Columns, title)
		}
		checkInside(t, h.HTML())
	})
}

package plot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func wide() Bars {
	b := Bars{ID: "wide", Title: "Wide", Says: "It is wide.", Series: []Series{{Name: "x"}, {Name: "y"}, {Name: "z"}}}
	for i := range 60 {
		b.Labels = append(b.Labels, fmt.Sprint(1960+i))
		for j := range b.Series {
			b.Series[j].Values = append(b.Series[j].Values, float64(i))
		}
	}
	return b
}

func TestADrawingHasANameAndADescription(t *testing.T) {
	text := map[string]string{}
	var svg element
	for _, e := range elements(t, wide().HTML()) {
		text[e.attr["id"]] = e.text
		if e.has("plot-svg") {
			svg = e
		}
	}
	got := []string{svg.attr["role"], text[svg.attr["aria-labelledby"]], text[svg.attr["aria-describedby"]]}
	if diff := cmp.Diff([]string{"img", "Wide", "It is wide."}, got); diff != "" {
		t.Errorf("role, name, description (-want +got):\n%s", diff)
	}
}

func TestWhatScrollsCanBeReachedByKeyboard(t *testing.T) {
	for _, e := range elements(t, wide().HTML()) {
		if e.has("plot-scroll") && (e.attr["tabindex"] != "0" || e.attr["aria-label"] == "") {
			t.Errorf("%v cannot be reached or has no name", e.attr)
		}
	}
	small := Bars{ID: "small", Title: "Small", Labels: []string{"a"}, Series: []Series{{Values: []float64{1}}}}
	for _, e := range elements(t, small.HTML()) {
		if e.has("plot-pair") && e.attr["tabindex"] != "" {
			t.Errorf("%v is a stop without need", e.attr)
		}
	}
}

func TestEveryIdIsOfItsFigureAndUsedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range elements(t, wide().HTML()+coverage().HTML()) {
		id := e.attr["id"]
		if seen[id] || id != "" && !strings.HasPrefix(id, "wide") && !strings.HasPrefix(id, "coverage") {
			t.Errorf("id %q comes twice, or is not of its figure", id)
		}
		seen[id] = id != ""
	}
}

func TestEveryPatternThatIsUsedIsThere(t *testing.T) {
	ids := map[string]bool{}
	all := elements(t, wide().HTML())
	for _, e := range all {
		if e.name == "pattern" {
			ids["url(#"+e.attr["id"]+")"] = true
		}
	}
	if len(ids) != 2 {
		t.Errorf("%d patterns for three series, want 2", len(ids))
	}
	for _, e := range all {
		if fill := e.attr["fill"]; fill != "" && !ids[fill] {
			t.Errorf("fill %q is nowhere", fill)
		}
	}
}

func TestTheTitleIsAHeadingOfTheLevelWanted(t *testing.T) {
	for level, want := range map[int]string{0: "strong", 1: "strong", 2: "h2", 6: "h6", 7: "strong"} {
		b := wide()
		b.Heading = level
		for _, e := range elements(t, b.HTML()) {
			if e.has("plot-title") && e.name != want {
				t.Errorf("level %d is %s, want %s", level, e.name, want)
			}
		}
	}
}

func TestMarksAreThinnedEvenly(t *testing.T) {
	var marks []string
	for i := range 40 {
		marks = append(marks, fmt.Sprint(1990+i))
	}
	for _, tt := range []struct {
		pitch float64
		want  []string
	}{
		{40, marks},
		{20, []string{"1990", "1992", "1994"}},
		{10, []string{"1990", "1995", "2000"}},
		{1, []string{"1990"}},
	} {
		var got []string
		for _, m := range thin(marks, 0, tt.pitch) {
			got = append(got, m.Text)
		}
		if n := len(tt.want); len(got) < n || !cmp.Equal(got[:n], tt.want) {
			t.Errorf("marks every %v units = %q, want %q first", tt.pitch, got, tt.want)
		}
	}
}

func BenchmarkBarsOfManyMonths(b *testing.B) {
	bars := shapes()["many"]
	for b.Loop() {
		bars.HTML()
	}
}

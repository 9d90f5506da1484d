package plot

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTicksAreRoundAndReachTheTop(t *testing.T) {
	tests := []struct {
		top   float64
		whole bool
		want  []float64
	}{
		{0, true, []float64{0, 1}},
		{1, true, []float64{0, 1}},
		{3, true, []float64{0, 1, 2, 3}},
		{7, true, []float64{0, 2, 4, 6, 8}},
		{10, true, []float64{0, 2, 4, 6, 8, 10}},
		{11, true, []float64{0, 5, 10, 15}},
		{999, true, []float64{0, 200, 400, 600, 800, 1000}},
		{1, false, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{0.3, false, []float64{0, 0.1, 0.2, 0.3}},
	}
	for _, tt := range tests {
		near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
		if diff := cmp.Diff(tt.want, ticks(tt.top, tt.whole), near); diff != "" {
			t.Errorf("ticks(%v, %v) (-want +got):\n%s", tt.top, tt.whole, diff)
		}
	}
}

func TestNumbersAreWrittenForPeople(t *testing.T) {
	tests := []struct {
		v    float64
		want string
	}{
		{0, "0"}, {1, "1"}, {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}, {0.25, "0.25"}, {12.5, "12.5"}, {0.1 + 0.2, "0.3"}, {1e15, "1,000,000,000,000,000"},
	}
	for _, tt := range tests {
		if got := number(tt.v); got != tt.want {
			t.Errorf("number(%v) = %q, want %q", tt.v, got, tt.want)
		}
	}
}

func TestLargeTicksAreShort(t *testing.T) {
	for v, want := range map[float64]string{999999: "999,999", 1e6: "1 M", 2e6: "2 M", 2.5e9: "2.5 G", 1e15: "1,000 T", 500000: "500,000"} {
		if got := tickText(v); got != want {
			t.Errorf("tickText(%v) = %q, want %q", v, got, want)
		}
	}
}

func FuzzTicks(f *testing.F) {
	f.Add(7.0, true)
	f.Add(1e-320, false)
	f.Fuzz(func(t *testing.T, top float64, whole bool) {
		top = clamp(top)
		got := ticks(top, whole)
		if len(got) < 2 || len(got) > 7 || got[0] != 0 || got[len(got)-1] < top {
			t.Errorf("ticks(%v, %v) = %v", top, whole, got)
		}
	})
}

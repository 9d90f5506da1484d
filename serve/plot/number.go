package plot

import (
	"math"
	"strconv"
	"strings"
)

// MaxValue is the largest value that is drawn: up to it whole numbers are exact.
const MaxValue = 1e15

// clamp makes any number one that can be drawn.
func clamp(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return min(v, MaxValue)
}

// number writes a clamped number for people: "1,200", "0.25".
func number(v float64) string {
	digits := 0
	if v != math.Trunc(v) {
		digits = max(0, min(15, 2-int(math.Floor(math.Log10(v)))))
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	whole, rest, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest = strings.TrimRight(rest, "0"); point && rest != "" {
		return whole + "." + rest
	}
	return whole
}

// tickText writes a tick with as few characters as its step leaves exact.
func tickText(v float64) string {
	for _, unit := range []struct {
		of   float64
		name string
	}{{1e12, " T"}, {1e9, " G"}, {1e6, " M"}} {
		if v >= unit.of {
			return number(v/unit.of) + unit.name
		}
	}
	return number(v)
}

// ticks are round numbers from zero to not less than top, three to six of them,
// but two where whole numbers leave no more.
func ticks(top float64, whole bool) []float64 {
	if top <= 0 {
		return []float64{0, 1}
	}
	step := roundUp(top / 5)
	if whole {
		step = max(1, math.Ceil(step))
	}
	var all []float64
	for i := 0.0; ; i++ {
		all = append(all, i*step)
		if i*step >= top || i > 10 {
			return all
		}
	}
}

// roundUp is the next of 1, 2 and 5 times a power of ten.
func roundUp(v float64) float64 {
	v = max(v, 1e-12)
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// coordinate is a length in the drawing, in units.
type coordinate float64

// String writes at most two digits after the point.
func (c coordinate) String() string {
	return strconv.FormatFloat(math.Round(float64(c)*100)/100, 'f', -1, 64)
}

package plot

import "math"

// marks is what may stand under each column.
func (b Bars) marks() []string {
	marks := make([]string, len(b.Labels))
	for i := range marks {
		if b.Marks == nil {
			marks[i] = shorten(clean(b.Labels[i]), maxLetter)
		} else {
			marks[i] = shorten(clean(at(b.Marks, i)), maxLetter)
		}
	}
	return marks
}

// pitch is the room of one column: as much as the marks need where that is not too
// wide, and so much that few columns look well.
func pitch(marks []string) float64 {
	room := barsWide / float64(len(marks))
	widest := 0.0
	for _, m := range marks {
		widest = max(widest, textWidth(m)+2*edge)
	}
	p := max(minPitch, min(maxPitch/2, room))
	if widest > p && widest <= room {
		p = widest
	}
	if p*float64(len(marks)) < narrow-60 {
		p = max(p, min(maxPitch, (narrow-60)/float64(len(marks))))
	}
	if p > 8 {
		return math.Floor(p)
	}
	return math.Floor(p*4) / 4
}

// placeMarks sets as many marks as have room: all, or every second, fifth, tenth and
// so on of those that are not empty.
func (v *barsView) placeMarks(f frame, marks []string) {
	var full []int
	for i, m := range marks {
		if m != "" {
			full = append(full, i)
		}
	}
	step := 1
	for power := 1; !spaced(f, marks, full, step); power *= 10 {
		for _, m := range []int{2, 5, 10} {
			if step = m * power; spaced(f, marks, full, step) {
				break
			}
		}
	}
	for i := 0; i < len(full); i += step {
		v.Columns[full[i]].Mark = tick{At: coordinate(f.center(full[i])), Text: marks[full[i]]}
	}
}

// spaced reports whether every step-th of the marks leaves room for the others.
func spaced(f frame, marks []string, full []int, step int) bool {
	for i := step; i < len(full); i += step {
		a, b := full[i-step], full[i]
		if f.center(b)-f.center(a) < (textWidth(marks[a])+textWidth(marks[b]))/2+2*edge {
			return false
		}
	}
	return true
}

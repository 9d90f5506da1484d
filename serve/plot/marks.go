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

// thin chooses as many marks as have room, each in the middle of its column: all, or
// every second, fifth, tenth and so on of those that are not empty.
func thin(marks []string, left, pitch float64) (chosen []tick) {
	var all []tick
	for i, m := range marks {
		if m != "" {
			all = append(all, tick{At: coordinate(left + (float64(i)+0.5)*pitch), Text: m})
		}
	}
	step := 1
	for power := 1; !spaced(all, step); power *= 10 {
		for _, m := range []int{2, 5, 10} {
			if step = m * power; spaced(all, step) {
				break
			}
		}
	}
	for i := 0; i < len(all); i += step {
		chosen = append(chosen, all[i])
	}
	return chosen
}

// spaced reports whether every step-th of the marks leaves room for the others.
func spaced(marks []tick, step int) bool {
	for i := step; i < len(marks); i += step {
		a, b := marks[i-step], marks[i]
		if float64(b.At-a.At) < (textWidth(a.Text)+textWidth(b.Text))/2+2*edge {
			return false
		}
	}
	return true
}

// Package near suggests what a mistyped word was meant to be ("did you mean …?").
package near

// Word returns the candidate nearest to text, "" when none is near. With n letters in
// text, n/3 + 1 may be wrong, missing, added or swapped with their neighbour; of
// candidates equally near it is the first.
func Word(text string, candidates []string) string {
	best, least := "", len(text)/3+1
	for _, c := range candidates {
		if d := distance(text, c); d <= least && (best == "" || d < least) {
			best, least = c, d
		}
	}
	return best
}

// DidYouMean returns "; did you mean x?", to be appended to a message, or "" when
// nothing is near. The prefix, such as "--", is put before x.
func DidYouMean(text string, candidates []string, prefix string) string {
	if n := Word(text, candidates); n != "" {
		return "; did you mean " + prefix + n + "?"
	}
	return ""
}

// distance counts the single edits (replace, add, drop, swap neighbours) that
// turn a into b: the optimal string alignment distance.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return len(a) + len(b)
	}
	row := func() []int { return make([]int, len(b)+1) }
	before, last, now := row(), row(), row()
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

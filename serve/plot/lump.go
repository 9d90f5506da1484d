package plot

import (
	"cmp"
	"fmt"
	"slices"
)

// lump returns at most MaxSeries series with n clean values each.
func lump(series []Series, n int) []Series {
	all := make([]Series, len(series))
	for i, s := range series {
		all[i] = Series{Name: s.Name, Values: make([]float64, n)}
		for j := range all[i].Values {
			all[i].Values[j] = clamp(at(s.Values, j))
		}
	}
	if len(all) <= MaxSeries {
		return all
	}
	named := largest(all, MaxSeries-1)
	other := Series{Name: fmt.Sprintf("%d others", len(all)-len(named)), Values: make([]float64, n)}
	var drawn []Series
	for i, s := range all {
		if slices.Contains(named, i) {
			drawn = append(drawn, s)
			continue
		}
		for j, v := range s.Values {
			other.Values[j] = clamp(other.Values[j] + v)
		}
	}
	return append(drawn, other)
}

// largest returns the places of the n series with the largest sums.
func largest(series []Series, n int) []int {
	sums := make([]float64, len(series))
	places := make([]int, len(series))
	for i, s := range series {
		places[i] = i
		for _, v := range s.Values {
			sums[i] += v
		}
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(sums[b], sums[a]) })
	return places[:n]
}

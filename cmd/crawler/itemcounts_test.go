package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/index"
)

func countsMade() index.Counts {
	return index.Counts{
		Items: []index.Count{{Key: "12", Year: 2004, Count: 3}, {Key: "2.02", Year: 2004, Count: 2}, {Key: "2.02", Year: 2023, Count: 1200}, {Key: "5", Year: 1999, Count: 1}, {Key: "9.01", Year: 2023, Count: 1100}},
		Years: []index.Count{{Year: 1999, Count: 1}, {Year: 2004, Count: 5}, {Year: 2023, Count: 1300}},
	}
}

func TestItemsAreCountedByYear(t *testing.T) {
	var b bytes.Buffer
	out, left := newItemTable(countsMade()).table()
	if err := out.write(&terminal{Writer: &b}); err != nil || left != 0 {
		t.Fatalf("%v, %d left out", err, left)
	}
	want := strings.Join([]string{
		"item  1999  2004   2023    all",
		"2.02           2  1,200  1,202  Results of Operations and Financial Condition",
		"9.01              1,100  1,100  Financial Statements and Exhibits",
		"5        1                   1  Other Events and Regulation FD Disclosure",
		"12             3             3  Results of Operations and Financial Condition",
		"         1     5  1,300  1,306  filings", ""}, "\n")
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestANarrowTerminalHasTheLastYearsThatFit(t *testing.T) {
	for width, want := range map[int][]int{0: {1999, 2004, 2023}, 80: {1999, 2004, 2023}, 45: {2004, 2023}, 40: {2023}, 10: {2023}} {
		tab := newItemTable(countsMade())
		tab.fit(width)
		if !slices.Equal(tab.years, want) {
			t.Errorf("%d columns: got %v, want %v", width, tab.years, want)
			continue
		}
		out, left := tab.table()
		if want := map[int]int{3: 0, 2: 1, 1: 2}[len(want)]; left != want {
			t.Errorf("%d columns: %d items left out, want %d", width, left, want)
		}
		var b bytes.Buffer
		if err := out.write(&terminal{Writer: &b, width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := textWidth(strings.TrimSpace(line)); width >= 40 && n > width {
				t.Errorf("%d columns: a line of %d: %q", width, n, line)
			}
		}
	}
}

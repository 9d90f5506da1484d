package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stackedCells makes the cells of a row, whose lines are parted by strokes.
func stackedCells(texts ...string) []cell {
	var cells []cell
	for i, text := range texts {
		cells = append(cells, cell{int16(i), strings.Split(text, "|")})
	}
	return cells
}

// rowsOf returns lines of cells as stackedCells would have them, cells parted by blanks.
func rowsOf(lines [][]cell) []string {
	var rows []string
	for _, line := range lines {
		l := listLine{cells: line}
		rows = append(rows, l.text(0))
	}
	return rows
}

func TestNeighbouringCellsOfAsManyLinesArePaired(t *testing.T) {
	tests := []struct {
		name  string
		cells []cell
		want  []string
	}{
		{"letter over number", stackedCells("(d)|99.1", "Exhibits.|Release"), []string{"(d) Exhibits.", "99.1 Release"}},
		{"numbers", stackedCells("10.1|10.2", "Lease|Note"), []string{"10.1 Lease", "10.2 Note"}},
		{"a cell before", stackedCells("(d)", "10.1|10.2", "Lease|Note"), []string{"(d) 10.1 Lease", "10.2 Note"}},
		{"one line more", stackedCells("10.1|10.2", "Lease|of mills|Note"), nil},
		{"no numbers", stackedCells("Ada|Bo", "Quill|Nib"), nil},
		{"head over head", stackedCells("Exhibit|No.", "Document|Name"), nil},
		{"lines of one", stackedCells("10.1", "Lease"), nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, rowsOf(pairedLines(tt.cells))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestACellIsCutBeforeEachEntry(t *testing.T) {
	tests := []struct {
		name  string
		cells []cell
		want  []string
	}{
		{"heading first", stackedCells("(d)", "Exhibits.|10.1 Lease|10.2 Note"), []string{"(d) Exhibits.", "10.1 Lease", "10.2 Note"}},
		{"wrapped lines", stackedCells("10.1", "Lease|of mills|10.2 Note|of hand", "4"), []string{"10.1 Lease of mills", "10.2 Note of hand 4"}},
		{"no entry", stackedCells("10.1", "Lease|of mills"), nil},
		{"figures", stackedCells("Sales", "10.1|12.7"), nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, rowsOf(innerLines(tt.cells))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

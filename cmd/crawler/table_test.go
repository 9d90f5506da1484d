package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paper is a terminal of width columns that keeps what is written; 0 is a pipe.
func paper(width int, colour bool) (*terminal, *bytes.Buffer) {
	var b bytes.Buffer
	return &terminal{Writer: &b, tty: width > 0, width: width, colour: colour}, &b
}

func sample() *table {
	t := &table{columns: []column{{name: "n", right: true}, {name: "company", min: 6}, {name: "accession"}}}
	t.add("1", "Meridian Kelp Works", "0009000001-24-000007")
	t.add("12", "株式会社", "0009000002-24-000003")
	return t
}

func TestAPipedTableIsNeverCut(t *testing.T) {
	out, b := paper(0, false)
	if err := sample().write(out); err != nil {
		t.Fatal(err)
	}
	want := ` n  company              accession
 1  Meridian Kelp Works  0009000001-24-000007
12  株式会社             0009000002-24-000003
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATableFitsTheTerminal(t *testing.T) {
	for width := 32; width < 60; width++ {
		out, b := paper(width, false)
		if err := sample().write(out); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := textWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: line of %d columns: %q", width, n, line)
			}
		}
	}
	out, b := paper(36, false)
	if err := sample().write(out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "Meridian …") {
		t.Errorf("long name is not cut with an ellipsis:\n%s", b)
	}
}

func TestPagesOfATableShareTheirHeaderAndColumns(t *testing.T) {
	out, b := paper(0, false)
	tab := &table{columns: []column{{name: "a"}, {name: "b"}}}
	for _, cell := range []string{"long cell", "x"} {
		tab.add(cell, "1")
		if err := tab.write(out); err != nil {
			t.Fatal(err)
		}
	}
	if err := tab.write(out); err != nil {
		t.Fatal(err)
	}
	want := "a          b\nlong cell  1\nx          1\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCellsAreMadeHarmlessAndStyledOnlyInColour(t *testing.T) {
	for _, colour := range []bool{false, true} {
		out, b := paper(80, colour)
		tab := &table{columns: []column{{name: "name", style: always(red)}}}
		tab.add("a\x1b[2Jb\nc")
		if err := tab.write(out); err != nil {
			t.Fatal(err)
		}
		want := "name\na␛[2Jb c\n"
		if colour {
			want = "\x1b[2mname\x1b[0m\n\x1b[31ma␛[2Jb c\x1b[0m\n"
		}
		if diff := cmp.Diff(want, b.String()); diff != "" {
			t.Errorf("colour %v (-want +got):\n%s", colour, diff)
		}
	}
}

func TestParagraphsAreWrappedAndTablesAligned(t *testing.T) {
	text := "One two three four five six.\n\nRevenue\t12.4\nNet income\t3\nend"
	want := `  One two three four
  five six.

  Revenue     12.4
  Net income  3
  end
`
	if diff := cmp.Diff(want, layout(text, 2, 20)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATableTooWideForThePageIsSetAsLines(t *testing.T) {
	got := layout("a long first cell\tsecond cell\nx\ty", 0, 12)
	for line := range strings.Lines(got) {
		if n := textWidth(strings.TrimSuffix(line, "\n")); n > 12 {
			t.Errorf("line of %d columns: %q", n, line)
		}
	}
}

func TestANarrowTerminalLosesAColumnOnEveryPage(t *testing.T) {
	out, b := paper(20, false)
	tab := &table{columns: []column{{name: "a"}, {name: "cik", wide: 30}, {name: "b"}}}
	for range 2 {
		tab.add("x", "9000001", "y")
		if err := tab.write(out); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff("a  b\nx  y\nx  y\n", b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
)

// comparedText says in one line how a new index differs from the old one.
func comparedText(d *crawl.Comparison) string {
	if !d.Differs() {
		return fmt.Sprintf("compared with the index before: %s, none of them changed", plural(d.Same, "filing"))
	}
	parts := []string{plural(d.Same, "filing") + " the same"}
	for _, x := range []struct {
		n    int
		word string
	}{
		{d.Changed.Filings, "read differently"}, {d.Added.Filings, "new"}, {d.Removed.Filings, "no longer there"},
		{d.Bytes.Filings, "of other bytes"}, {d.Otherwise.Filings, "listed or archived otherwise"}, {d.Unread.Filings, "damaged before"},
	} {
		if x.n > 0 {
			parts = append(parts, count(x.n)+" "+x.word)
		}
	}
	s := "compared with the index before: " + strings.Join(parts, ", ")
	if e := d.Entries; e.Added+e.Removed+e.Changed > 0 {
		s += fmt.Sprintf("; of the entries %s new, %s gone, %s otherwise", count(e.Added), count(e.Removed), count(e.Changed))
	}
	if d.Broken != "" {
		s += "; not to the end: " + harmless.Line(d.Broken)
	}
	return s
}

const shownExamples = 2

// show prints what a comparison found, for people; as JSON it comes with the summary.
func (c *reindexCommand) show() error {
	if c.json || c.compared == nil || !c.compared.Differs() {
		return nil
	}
	d := c.compared
	fields := &table{columns: []column{{name: "field"}, {name: "filings", right: true}, {name: "added", right: true}, {name: "removed", right: true}, {name: "changed", right: true}}}
	examples := &table{columns: []column{{name: "example"}, {name: "field", min: 12}, {name: "before", min: 10, style: always(red)}, {name: "now", min: 10, style: always(green)}}}
	for _, f := range d.Fields {
		fields.add(f.Path, count(f.Filings), blankZero(f.Added), blankZero(f.Removed), blankZero(f.Changed))
		for _, e := range f.Examples[:min(len(f.Examples), shownExamples)] {
			examples.add(e.Accession.String(), f.Path, e.Old, e.New)
		}
	}
	if len(d.Fields) > 0 && !c.quiet {
		fmt.Fprintf(c.out, "%s, read by %s before, %s read differently by parser %d\n\n", plural(total(d), "filing"), parsers(d.Before), count(d.Changed.Filings), d.Parser)
	}
	for _, t := range []*table{fields, examples, others(d)} {
		rows := len(t.rows)
		if err := t.write(c.out); err != nil {
			return err
		}
		if rows > 0 {
			fmt.Fprintln(c.out)
		}
	}
	return nil
}

// total is how many filings of the old index were compared.
func total(d *crawl.Comparison) (n int) {
	for _, of := range d.Before {
		n += of
	}
	return n
}

// parsers names parsers by their numbers.
func parsers(before map[int]int) string {
	var names []string
	for _, n := range slices.Sorted(maps.Keys(before)) {
		names = append(names, fmt.Sprintf("parser %d", n))
	}
	return strings.Join(names, " and ")
}

// others is the table of the differences that no parser made.
func others(d *crawl.Comparison) *table {
	t := &table{columns: []column{{name: "not of the parser"}, {name: "number", right: true}, {name: "examples", min: 20}}}
	for _, x := range []struct {
		what string
		crawl.Cases
	}{
		{"filings that are new", d.Added}, {"filings no longer there", d.Removed}, {"filings of other bytes", d.Bytes},
		{"filings listed or archived otherwise", d.Otherwise}, {"filings damaged before", d.Unread},
	} {
		if x.Filings > 0 {
			t.add(x.what, count(x.Filings), accessions(x.Examples))
		}
	}
	for _, s := range d.Entries.States {
		t.add(fmt.Sprintf("entries %s that were %s", s.To, s.From), count(s.Entries), "")
	}
	return t
}

func accessions(as []edgar.Accession) string {
	names := make([]string, len(as))
	for i, a := range as {
		names[i] = a.String()
	}
	return strings.Join(names, " ")
}

// agrees asks, where somebody is there to answer, whether to accept the new index.
func (c *reindexCommand) agrees(ctx context.Context) bool {
	in, ok := c.stdin.(*os.File)
	if !ok || c.json || c.quiet || !c.err.term.tty || !term.IsTerminal(int(in.Fd())) {
		return false
	}
	fmt.Fprint(c.err, "put the new index in the place of the old one? [y/N] ")
	answer := make(chan string, 1)
	go func() { // ends with the process when nobody answers
		line, _ := bufio.NewReader(in).ReadString('\n')
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case s := <-answer:
		return s == "y" || s == "yes"
	case <-ctx.Done():
		return false
	}
}

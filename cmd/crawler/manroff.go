package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// manual is a page in the markup of man(7), being written. What is handed to it as
// text is printed as it stands, whatever it holds; only heads of terms are markup,
// made by strong and slanted.
type manual struct{ strings.Builder }

func (m *manual) raw(line string) { m.WriteString(line + "\n") }

// line is a line of running text.
func (m *manual) line(text string) { m.raw(roffLine(text)) }

func (m *manual) macro(name string, args ...string) {
	for i, a := range args {
		args[i] = `"` + strings.ReplaceAll(roff(a), `"`, `\(dq`) + `"`
	}
	m.raw("." + name + " " + strings.Join(args, " "))
}

func (m *manual) section(title string) { m.macro("SH", title) }

// term is an entry of a list of definitions. The head is markup, the text is not.
func (m *manual) term(head, text string) {
	m.raw(".TP")
	m.raw(strings.TrimSpace(`\&` + head))
	if text != "" {
		m.line(text)
	}
}

// prose writes paragraphs that are separated by empty lines, as help texts have
// them. Lines that are indented stay as they are: commands, tables.
func (m *manual) prose(text string) {
	for i, paragraph := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if i > 0 {
			m.raw(".PP")
		}
		kept := false
		for line := range strings.SplitSeq(paragraph, "\n") {
			verbatim := strings.HasPrefix(line, "  ")
			switch {
			case verbatim && !kept:
				m.raw(".RS 2\n.nf")
			case kept && !verbatim:
				m.raw(".fi\n.RE")
			}
			kept = verbatim
			m.line(strings.TrimPrefix(line, "  "))
		}
		if kept {
			m.raw(".fi\n.RE")
		}
	}
}

func strong(text string) string  { return `\fB` + roff(text) + `\fR` }
func slanted(text string) string { return `\fI` + roff(text) + `\fR` }

// roff is text as troff prints it: no character of it is markup, none is made prettier
// than a shell understands, and all are ASCII, for a troff that is not told of UTF-8.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\[u%04X]`, r)
		}
	}
	return b.String()
}

// roffLine is a line of text, which no dot at its beginning makes a request.
func roffLine(text string) string {
	if strings.HasPrefix(text, ".") {
		return `\&` + roff(text)
	}
	return roff(text)
}

package main

import (
	"fmt"
	"io"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/export"
	"example.com/edgard/harmless"
)

// harmless makes text harmless on its way to w: JSON escapes what steers a terminal
// wherever it goes, as in list; CSV is changed only when it goes to a terminal.
func (e *exportCommand) harmless(w io.Writer, f export.Format) io.Writer {
	switch {
	case f == export.JSONL:
		return lineWriter{w, harmless.EscapeJSON}
	case f == export.CSV && e.out == "" && e.app.out.tty:
		return lineWriter{w, func(b []byte) []byte { return []byte(harmless.Text(string(b))) }}
	}
	return w
}

// lineWriter changes whole lines on their way.
type lineWriter struct {
	w      io.Writer
	change func([]byte) []byte
}

// Write implements io.Writer.
func (l lineWriter) Write(p []byte) (int, error) {
	if _, err := l.w.Write(l.change(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

const shownUnread = 20

// unread says which texts could not be read, not all of many.
func (e *exportCommand) unread() func(edgar.Accession, error) {
	n := 0
	return func(_ edgar.Accession, err error) {
		if n++; n <= shownUnread {
			fmt.Fprintf(e.err, "crawler: %s\n", harmless.Line(err.Error()))
		} else if n == shownUnread+1 {
			fmt.Fprintln(e.err, "crawler: and more like this")
		}
	}
}

// exportSummary is what an export tells at its end.
type exportSummary struct {
	export.Report
	Format  export.Format `json:"format"`
	Out     string        `json:"out,omitempty"`
	Bytes   int64         `json:"bytes"`
	Seconds float64       `json:"seconds"`
}

// summarise tells what was exported: on standard output with --json, where the data
// do not go there; else on standard error.
func (e *exportCommand) summarise(s exportSummary, rows export.Rows) error {
	var err error
	if e.json && e.out != "" {
		err = e.printJSON(s)
	} else {
		what := plural(s.Filings, "filing")
		if rows != export.Filings {
			what = fmt.Sprintf("%s %s of %s", count(s.Rows), rows, what)
		}
		e.note("%s, %s in %s", what, size(s.Bytes), took(time.Duration(s.Seconds*float64(time.Second))))
	}
	if err == nil && s.Unread > 0 {
		e.note("%s without text: crawler verify says what is wrong with the archive", plural(s.Unread, "filing"))
		return quietly(exitDiffers)
	}
	return err
}

// progress is how an export tells how far it is, nil where there is no terminal free for
// that.
func (e *exportCommand) progress(out *export.Output, started time.Time) func(export.Progress) {
	if !e.err.term.tty || e.quiet || e.out == "" && e.app.out.tty {
		return nil
	}
	return (&exportLine{out: e.err, started: started, bytes: out.Bytes}).show
}

// exportLine shows at the foot of a terminal how far an export is.
type exportLine struct {
	out     *console
	started time.Time
	drawn   time.Time
	bytes   func() int64
}

func (l *exportLine) show(p export.Progress) {
	now := time.Now()
	if now.Sub(l.drawn) < redraw {
		return
	}
	l.drawn = now
	s := fmt.Sprintf("exported %s%s%s", plural(p.Filings, "filing"), gap, size(l.bytes()))
	if took := now.Sub(l.started); took > time.Second/2 {
		s += fmt.Sprintf("%s%.0f/s", gap, float64(p.Filings)/took.Seconds())
	}
	if !p.Filed.IsZero() {
		s += gap + "filed " + p.Filed.String()
	}
	l.out.progress(cut(s, l.out.term.columns(pageWidth)-1))
}

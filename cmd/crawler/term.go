package main

import (
	"errors"
	"io"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/term"
)

// terminal is an output stream and what it can do.
type terminal struct {
	io.Writer
	tty    bool
	colour bool
	width  int  // columns of a terminal; 0 when unbounded
	gone   bool // nobody reads it any more
}

// Write implements io.Writer and remembers when the reader has gone.
func (t *terminal) Write(p []byte) (int, error) {
	n, err := t.Writer.Write(p)
	t.gone = t.gone || errors.Is(err, syscall.EPIPE)
	return n, err
}

// Sync has what was written on the disk, where the stream is a file there.
func (t *terminal) Sync() error {
	f, ok := t.Writer.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return err
	}
	return f.Sync()
}

// newTerminal looks at w. Colour needs a terminal that is not dumb, and no
// NO_COLOR (no-color.org) in the environment.
func newTerminal(w io.Writer, getenv func(string) string) *terminal {
	t := &terminal{Writer: w}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return t
	}
	t.tty = true
	t.colour = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		t.width = width
	} else if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		t.width = n
	} else {
		t.width = 80
	}
	return t
}

// style is a way to set off text: the number of an SGR escape sequence.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	cyan   style = "36"
)

// in returns s in a style where t has colour, and s alone elsewhere.
func (t *terminal) in(st style, s string) string {
	if !t.colour || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// columns is the width to lay text out for: of the terminal, at most most; most
// where the width is unbounded.
func (t *terminal) columns(most int) int {
	if t.width > 0 && t.width < most {
		return t.width
	}
	return most
}

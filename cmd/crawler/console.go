package main

import (
	"io"
	"sync"
)

// console is standard error, shared by messages, log lines and one progress
// line. The progress line always stays the last: whatever else is written erases
// it first and draws it again below. It is safe for concurrent use.
type console struct {
	term *terminal
	mu   sync.Mutex
	line string // the progress line that stands now
}

func newConsole(t *terminal) *console { return &console{term: t} }

const eraseLine = "\r\x1b[K"

// Write prints whole lines above the progress line.
func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.line == "" {
		return c.term.Write(p)
	}
	io.WriteString(c.term, eraseLine)
	n, err := c.term.Write(p)
	io.WriteString(c.term, c.line)
	return n, err
}

// progress replaces the progress line by s, cut to the width of the terminal;
// "" takes it away. It does nothing where there is no terminal.
func (c *console) progress(s string) {
	if !c.term.tty {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s == "" && c.line == "" {
		return
	}
	c.line = s
	io.WriteString(c.term, eraseLine+s)
}

// Sync makes the console a sink of zap; there is nothing to flush.
func (c *console) Sync() error { return nil }

package main

import (
	"context"
	"errors"
	"fmt"
)

// The exit codes, one table for all commands.
const (
	exitDone    = 0   // done
	exitOurs    = 1   // our side failed: disk, index, a bug
	exitMisuse  = 2   // flags, configuration or User-Agent are not right
	exitDiffers = 3   // done, but something in this pass was deferred, rejected or found to differ
	exitRefused = 4   // sec.gov refuses us: throttled, undeclared, or closed by robots.txt
	exitSignal  = 128 // plus the number of the signal that stopped us
	exitPipe    = 141 // whoever reads our output has gone: what a shell makes of SIGPIPE
)

// coded is an error that knows its exit code. One whose message is empty has
// been explained already and only carries the code.
type coded struct {
	code int
	err  error
}

func (c *coded) Error() string {
	if c.err == nil {
		return ""
	}
	return c.err.Error()
}

func (c *coded) Unwrap() error { return c.err }

// misuse makes an error that the user mends by another command line or
// configuration.
func misuse(format string, args ...any) error {
	return &coded{exitMisuse, fmt.Errorf(format, args...)}
}

// quietly ends the command with code and says no more: the output has said it.
func quietly(code int) error { return &coded{code: code} }

// exitCode maps what a command returned to the code of the process. A run that
// a signal stopped ends with that signal's code whatever the command made of it.
func exitCode(ctx context.Context, err error) int {
	if err == nil {
		return exitDone
	}
	var s signalled
	if errors.As(context.Cause(ctx), &s) {
		return exitSignal + int(s.sig)
	}
	var c *coded
	if errors.As(err, &c) {
		return c.code
	}
	return exitMisuse // cobra's own: unknown commands and flags, wrong arguments
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"example.com/edgard/harmless"
)

// app is what every command needs of the world around it, and the global flags.
type app struct {
	stdin    io.Reader
	out      *terminal // results
	err      *console  // everything said about the work: log, progress, mistakes
	getenv   func(string) string
	environ  func() []string
	flood    *flood
	stopping *stopping

	configFile string
	json       bool
	quiet      bool
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{
		stdin: stdin, out: newTerminal(stdout, os.Getenv), err: newConsole(newTerminal(stderr, os.Getenv)),
		getenv: os.Getenv, environ: os.Environ, flood: new(flood), stopping: new(stopping),
	}
}

// runner is the body of a command. What it returns is our own fault unless it
// says otherwise.
type runner func(ctx context.Context, cmd *cobra.Command, args []string) error

// does makes a RunE of r: an error without a code becomes exitOurs, one that the
// engine understands gets the code of its kind.
func does(r runner) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := r(cmd.Context(), cmd, args)
		var c *coded
		if err == nil || errors.As(err, &c) {
			return err
		}
		return &coded{kindOf(err), err}
	}
}

// explain prints what went wrong, and where to read on after a misuse.
func (a *app) explain(cmd *cobra.Command, err error) {
	if err.Error() == "" {
		return
	}
	var s signalled
	if errors.As(context.Cause(cmd.Context()), &s) {
		fmt.Fprintf(a.err, "crawler: %v\n", s)
		return
	}
	lead := a.err.term.in(red, "crawler: ")
	var many mistakes
	for i, line := range strings.Split(strings.TrimSpace(err.Error()), "\n") {
		if i > 0 && !errors.As(err, &many) {
			lead = ""
		}
		fmt.Fprintln(a.err, lead+harmless.Text(line))
	}
	var c *coded
	if !errors.As(err, &c) { // cobra's own
		fmt.Fprintf(a.err, "See '%s --help'.\n", cmd.CommandPath())
	}
}

// config loads the configuration for cmd. Flags of the command that stand for
// keys count, those of the global set always, its own only when keys names them.
func (a *app) config(cmd *cobra.Command, keys ...string) (*effective, error) {
	if err := refuseEmpty(cmd, "config", "base-url", "base-token-file", "user-agent"); err != nil {
		return nil, err
	}
	file, err := findConfig(a.configFile, a.getenv)
	if err != nil {
		return nil, err
	}
	eff, err := loadConfig(file, a.environ(), flagAssignments(cmd, keys))
	if err != nil {
		return nil, err
	}
	for _, n := range eff.notes {
		a.note("%s", n)
	}
	return eff, nil
}

// note says something on standard error unless --quiet; it makes it harmless.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, "crawler: %s\n", harmless.Text(fmt.Sprintf(format, args...)))
	}
}

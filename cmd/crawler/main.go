package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a write says so instead, and what was begun is tidied up
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	ctx, stop := untilSignal(a.err, a.stopping)
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run is the whole program: it executes the command that args name and returns
// the exit code. Nothing below it calls os.Exit.
func (a *app) run(ctx context.Context, args []string) int {
	root := newRoot(a)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if n := a.flood.take(); n > 0 {
		a.note("%s of the log left out", plural(n, "line"))
	}
	if a.out.gone {
		return exitPipe
	}
	if err != nil {
		a.explain(cmd, err)
	}
	return exitCode(ctx, err)
}

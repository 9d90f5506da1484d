package main

import (
	"context"
	"io"
	"os"
)

func main() {
	ctx, stop := untilSignal(os.Stderr)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program: it executes the command that args name and returns
// the exit code. Nothing below it calls os.Exit.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(stdin, stdout, stderr)
	root := newRoot(a)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil {
		a.explain(cmd, err)
	}
	return exitCode(ctx, err)
}

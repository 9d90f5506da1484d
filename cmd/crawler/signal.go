package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long a stopping command may take to finish what it has begun.
// Ending it then loses nothing: every state on disk is whole at every moment.
const grace = 2 * time.Second

// signalled is the cause of a context that a signal has ended.
type signalled struct{ sig syscall.Signal }

func (s signalled) Error() string { return "stopped by " + s.sig.String() }

// untilSignal returns a context that ends with the first SIGINT or SIGTERM,
// cause signalled. The second signal, or the end of grace, ends the process.
func untilSignal(stderr io.Writer) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	got := make(chan os.Signal, 2)
	signal.Notify(got, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case s := <-got:
			sig := s.(syscall.Signal)
			cancel(signalled{sig})
			select {
			case <-got:
			case <-time.After(grace):
			case <-done:
				return
			}
			fmt.Fprintln(stderr, "crawler: stopped at once; everything recorded so far is kept")
			os.Exit(exitSignal + int(sig))
		case <-done:
		}
	}()
	return ctx, func() { signal.Stop(got); close(done); cancel(nil) }
}

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	// grace is how long a stopping command may take to finish what it has begun.
	// Ending it then loses nothing: every state on disk is whole at every moment.
	grace = 2 * time.Second
	// together is within which two signals are one: timeout(1) sends its own to the
	// process and to its group.
	together = 300 * time.Millisecond
	// lastWords is how long the message of a forced end may take to be written.
	lastWords = 200 * time.Millisecond
)

// signalled is the cause of a context that a signal has ended.
type signalled struct{ sig syscall.Signal }

func (s signalled) Error() string { return "stopped by " + s.sig.String() }

// untilSignal returns a context that ends with the first SIGINT or SIGTERM,
// cause signalled. The second signal, or the end of grace, ends the process.
func untilSignal(stderr *console) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	got := make(chan os.Signal, 2)
	signal.Notify(got, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		if sig, force := awaitStop(got, done, cancel); force {
			stderr.last("crawler: stopped at once; everything recorded so far is kept\n")
			os.Exit(exitSignal + int(sig))
		}
	}()
	return ctx, func() { signal.Stop(got); close(done); cancel(nil) }
}

// awaitStop passes the first signal on to cancel, and returns when done is closed
// or, with force, when the process must end at once.
func awaitStop(got <-chan os.Signal, done <-chan struct{}, cancel context.CancelCauseFunc) (sig syscall.Signal, force bool) {
	select {
	case s := <-got:
		sig = s.(syscall.Signal)
	case <-done:
		return 0, false
	}
	cancel(signalled{sig})
	first, enough := time.Now(), time.After(grace)
	for {
		select {
		case <-got:
			if time.Since(first) >= together {
				return sig, true
			}
		case <-enough:
			return sig, true
		case <-done:
			return sig, false
		}
	}
}

// last writes the last message of a process that ends at once, in place of the
// progress line; whoever holds the console, or does not read it, delays the end
// only by lastWords.
func (c *console) last(message string) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		c.progress("")
		fmt.Fprint(c, message)
	}()
	select {
	case <-said:
	case <-time.After(lastWords):
	}
}

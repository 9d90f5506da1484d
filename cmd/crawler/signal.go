package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// grace is how long a stopping command may take to finish what it has begun.
	// Ending it then loses nothing: every state on disk is whole at every moment.
	grace = 2 * time.Second
	// daemonGrace is the grace of a daemon, which has more to finish and nobody who
	// waits at a prompt; with lastWords it is within five seconds.
	daemonGrace = 4500 * time.Millisecond
	// together is within which two signals are one: timeout(1) sends its own to the
	// process and to its group.
	together = 300 * time.Millisecond
	// lastWords is how long the message of a forced end may take to be written.
	lastWords = 200 * time.Millisecond
)

// signalled is the cause of a context that a signal has ended.
type signalled struct{ sig syscall.Signal }

func (s signalled) Error() string { return "stopped by " + s.sig.String() }

// stopping is how the command at work ends when a signal asks it to. The zero
// value is for commands that are cut off by it.
type stopping struct{ daemon atomic.Bool }

func (s *stopping) grace() time.Duration {
	if s.daemon.Load() {
		return daemonGrace
	}
	return grace
}

// code is the exit code after a forced end. Being stopped is how a daemon ends.
func (s *stopping) code(sig syscall.Signal) int {
	if s.daemon.Load() {
		return exitDone
	}
	return exitSignal + int(sig)
}

// untilSignal returns a context that ends with the first SIGINT or SIGTERM, or,
// where standard error is a terminal, with the SIGHUP that says that it has gone;
// cause signalled. The second signal, or the end of the grace, ends the process.
func untilSignal(stderr *console, how *stopping) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	got := make(chan os.Signal, 2)
	signal.Notify(got, os.Interrupt, syscall.SIGTERM)
	if stderr.term.tty {
		signal.Notify(got, syscall.SIGHUP)
	}
	done := make(chan struct{})
	go func() {
		if sig, force := awaitStop(got, done, cancel, how.grace); force {
			stderr.last("crawler: stopped at once; everything recorded so far is kept\n")
			os.Exit(how.code(sig))
		}
	}()
	return ctx, func() { signal.Stop(got); close(done); cancel(nil) }
}

// awaitStop passes the first signal on to cancel, and returns when done is closed
// or, with force, when the process must end at once.
func awaitStop(got <-chan os.Signal, done <-chan struct{}, cancel context.CancelCauseFunc, grace func() time.Duration) (sig syscall.Signal, force bool) {
	select {
	case s := <-got:
		sig = s.(syscall.Signal)
	case <-done:
		return 0, false
	}
	cancel(signalled{sig})
	first, enough := time.Now(), time.After(grace())
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

//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheFirstSignalAsksToStopAndIsTheCause(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		ctx, stop := untilSignal(newConsole(&terminal{Writer: io.Discard}), new(stopping))
		if err := syscall.Kill(os.Getpid(), sig); err != nil {
			t.Fatal(err)
		}
		<-ctx.Done()
		var s signalled
		if !errors.As(context.Cause(ctx), &s) || s.sig != sig {
			t.Errorf("%v: cause %v", sig, context.Cause(ctx))
		}
		if got, want := exitCode(ctx, context.Cause(ctx)), 128+int(sig); got != want {
			t.Errorf("%v: exit code %d, want %d", sig, got, want)
		}
		stop()
	}
}

func TestATerminalThatIsGoneAsksToStop(t *testing.T) {
	ctx, stop := untilSignal(newConsole(&terminal{Writer: io.Discard, tty: true}), new(stopping))
	defer stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	var s signalled
	if !errors.As(context.Cause(ctx), &s) || s.sig != syscall.SIGHUP {
		t.Errorf("cause %v", context.Cause(ctx))
	}
}

func TestADaemonHasMoreGraceAndEndsWithNought(t *testing.T) {
	s := new(stopping)
	if s.grace() != grace || s.code(syscall.SIGTERM) != 143 {
		t.Errorf("a command: %v, %d", s.grace(), s.code(syscall.SIGTERM))
	}
	s.daemon.Store(true)
	if got := s.grace() + lastWords; got <= grace || got > 5*time.Second || s.code(syscall.SIGTERM) != 0 {
		t.Errorf("a daemon: %v, %d; want five seconds at most, 0", got, s.code(syscall.SIGTERM))
	}
}

func TestStoppingTheWatchEndsTheContext(t *testing.T) {
	ctx, stop := untilSignal(newConsole(&terminal{Writer: io.Discard}), new(stopping))
	stop()
	<-ctx.Done()
	var s signalled
	if errors.As(context.Cause(ctx), &s) {
		t.Errorf("cause %v without a signal", s)
	}
}

func TestASecondSignalEndsTheProcessUnlessItIsTheFirstAgain(t *testing.T) {
	for _, c := range []struct {
		name    string
		signals []time.Duration // after the first
		stops   time.Duration   // when the command has stopped, 0 for never
		forced  bool
		after   time.Duration
	}{
		{"the command stops", nil, time.Second, false, time.Second},
		{"it never does", nil, 0, true, grace},
		{"process and group", []time.Duration{time.Millisecond}, time.Second, false, time.Second},
		{"process and group, never", []time.Duration{together - 1}, 0, true, grace},
		{"second thoughts", []time.Duration{together}, 0, true, together},
		{"thrice", []time.Duration{time.Millisecond, time.Second}, 0, true, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got, done := make(chan os.Signal, 2), make(chan struct{})
				ctx, cancel := context.WithCancelCause(t.Context())
				got <- syscall.SIGTERM
				start := time.Now()
				for _, d := range c.signals {
					time.AfterFunc(d, func() { got <- syscall.SIGTERM })
				}
				if c.stops > 0 {
					time.AfterFunc(c.stops, func() { close(done) })
				}
				sig, forced := awaitStop(got, done, cancel, new(stopping).grace)
				if sig != syscall.SIGTERM || forced != c.forced || time.Since(start) != c.after {
					t.Errorf("%v, forced %v after %v; want forced %v after %v", sig, forced, time.Since(start), c.forced, c.after)
				}
				if context.Cause(ctx) == nil {
					t.Error("the command was not asked to stop")
				}
				time.Sleep(grace) // the timers still running, in the bubble's time
			})
		})
	}
}

func TestTheLastWordsTakeThePlaceOfTheProgressLine(t *testing.T) {
	out, b := paper(80, false)
	c := newConsole(out)
	c.progress("half way")
	c.last("the end\n")
	if got, want := b.String(), eraseLine+"half way"+eraseLine+"the end\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAConsoleThatIsHeldDoesNotDelayTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, _ := paper(80, false)
		c := newConsole(out)
		r, w := io.Pipe()
		c.term.Writer = w
		start := time.Now()
		c.last("the end\n")
		if got := time.Since(start); got != lastWords {
			t.Errorf("it took %v, want %v", got, lastWords)
		}
		r.Close()
	})
}

// The command of this test process that never stops by itself: see the next test.
const stubborn = "EDGARD_TEST_STUBBORN"

func TestAProcessThatDoesNotStopEndsAfterGraceWithTheCodeOfItsSignal(t *testing.T) {
	if os.Getenv(stubborn) != "" {
		ctx, _ := untilSignal(newConsole(&terminal{Writer: os.Stderr}), new(stopping))
		io.WriteString(os.Stdout, "ready\n")
		<-ctx.Done()
		select {}
	}
	for sig, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run", "^TestAProcessThatDoesNotStopEndsAfterGraceWithTheCodeOfItsSignal$")
			cmd.Env = append(os.Environ(), stubborn+"=1")
			var said bytes.Buffer
			cmd.Stderr = &said
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadFull(out, make([]byte, len("ready\n"))); err != nil {
				t.Fatal(err)
			}
			for range 2 { // as timeout(1) sends it
				if err := cmd.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
			}
			var e *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &e) || e.ExitCode() != want {
				t.Errorf("it ended with %v, want exit code %d", err, want)
			}
			if want := "crawler: stopped at once; everything recorded so far is kept\n"; said.String() != want {
				t.Errorf("it said %q, want %q", said.String(), want)
			}
		})
	}
}

//go:build unix

package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

func TestTheFirstSignalAsksToStopAndIsTheCause(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		ctx, stop := untilSignal(io.Discard)
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

func TestStoppingTheWatchEndsTheContext(t *testing.T) {
	ctx, stop := untilSignal(io.Discard)
	stop()
	<-ctx.Done()
	var s signalled
	if errors.As(context.Cause(ctx), &s) {
		t.Errorf("cause %v without a signal", s)
	}
}

// The command of this test process that takes its time to stop: see the next
// test.
const stubborn = "EDGARD_TEST_STUBBORN"

func TestTheSecondSignalEndsTheProcessAtOnce(t *testing.T) {
	if os.Getenv(stubborn) != "" {
		ctx, _ := untilSignal(os.Stderr)
		io.WriteString(os.Stdout, "ready\n")
		<-ctx.Done()
		io.WriteString(os.Stdout, "asked\n")
		select {} // never stops by itself
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestTheSecondSignalEndsTheProcessAtOnce$")
	cmd.Env = append(os.Environ(), stubborn+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"ready\n", "asked\n"} {
		if _, err := io.ReadFull(out, make([]byte, len(said))); err != nil {
			t.Fatalf("before it was %q: %v", said, err)
		}
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
	}
	var e *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &e) || e.ExitCode() != 130 {
		t.Errorf("it ended with %v, want exit code 130", err)
	}
}

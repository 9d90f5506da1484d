package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

func TestEveryKindOfFailureHasItsExitCode(t *testing.T) {
	calm := t.Context()
	stopped, cancel := context.WithCancelCause(calm)
	cancel(signalled{syscall.SIGINT})
	ended, cancel := context.WithCancelCause(calm)
	cancel(signalled{syscall.SIGTERM})
	ours := func(err error) error {
		return does(func(context.Context, *cobra.Command, []string) error { return err })(&cobra.Command{}, nil)
	}
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"nothing", calm, nil, 0},
		{"a full disk", calm, ours(errors.New("no space left on device")), 1},
		{"a locked index", calm, ours(index.ErrLocked), 1},
		{"a misuse", calm, ours(misuse("no")), 2},
		{"a misuse found by the engine", calm, ours(fmt.Errorf("x: %w", &crawl.MisuseError{})), 2},
		{"what cobra refuses", calm, errors.New("unknown flag"), 2},
		{"something deferred", calm, ours(quietly(exitDiffers)), 3},
		{"a throttle", calm, ours(fmt.Errorf("x: %w", &crawl.ThrottledError{})), 4},
		{"an undeclared tool", calm, ours(&crawl.UndeclaredError{}), 4},
		{"a path that robots.txt closes", calm, ours(fmt.Errorf("x: %w", &crawl.ForbiddenError{})), 4},
		{"an interrupt", stopped, ours(context.Canceled), 130},
		{"a termination", ended, ours(context.Canceled), 143},
		{"done before the signal took effect", stopped, nil, 0},
	} {
		if got := exitCode(c.ctx, c.err); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}

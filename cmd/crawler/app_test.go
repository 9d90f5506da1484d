package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func explained(t *testing.T, ctx context.Context, err error) string {
	t.Helper()
	out, b := paper(0, false)
	a := &app{err: newConsole(out), out: out, getenv: func(string) string { return "" }}
	root := newRoot(a)
	root.SetContext(ctx)
	a.explain(root, err)
	return b.String()
}

func TestWhatWentWrongIsSaidOnceAndInFull(t *testing.T) {
	calm := t.Context()
	stopped, cancel := context.WithCancelCause(calm)
	cancel(signalled{syscall.SIGTERM})
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want string
	}{
		{"ours", calm, &coded{exitOurs, errors.New("no space left on device")}, "crawler: no space left on device\n"},
		{"several mistakes", calm, &coded{exitMisuse, mistakes{"a: x", "b: y"}}, "crawler: a: x\ncrawler: b: y\n"},
		{"a remedy of several lines", calm, misuse("say who:\n  like this"), "crawler: say who:\n  like this\n"},
		{"said already", calm, quietly(exitDiffers), ""},
		{"hostile", calm, misuse("bad \x1b[2J"), "crawler: bad ␛[2J\n"},
		{"cobra's", calm, errors.New("unknown flag: --x"), "crawler: unknown flag: --x\nSee 'crawler --help'.\n"},
		{"a signal", stopped, &coded{exitOurs, context.Canceled}, "crawler: stopped by terminated\n"},
	} {
		if diff := cmp.Diff(c.want, explained(t, c.ctx, c.err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTheConfigurationIsLookedForWhereTheContractSays(t *testing.T) {
	env := func(vars map[string]string) func(string) string { return func(k string) string { return vars[k] } }
	for _, c := range []struct {
		vars map[string]string
		want []string
	}{
		{nil, []string{"edgard.yaml", "/etc/edgard/edgard.yaml"}},
		{map[string]string{"HOME": "/h"}, []string{"edgard.yaml", "/h/.config/edgard/edgard.yaml", "/etc/edgard/edgard.yaml"}},
		{map[string]string{"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, []string{"edgard.yaml", "/x/edgard/edgard.yaml", "/etc/edgard/edgard.yaml"}},
	} {
		if diff := cmp.Diff(c.want, configPlaces(env(c.vars))); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.vars, diff)
		}
	}
	for _, c := range []struct {
		vars map[string]string
		want string
	}{
		{map[string]string{"EDGARD_STATE_DIR": "/s", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/s"},
		{map[string]string{"XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/edgard"},
		{map[string]string{"HOME": "/h"}, "/h/.local/state/edgard"},
	} {
		if got, err := stateDir(env(c.vars)); err != nil || got != c.want {
			t.Errorf("state directory with %v: %q, %v; want %q", c.vars, got, err, c.want)
		}
	}
	if dir, err := stateDir(env(nil)); err == nil {
		t.Errorf("state directory without a home: %q, want a refusal", dir)
	}
}

func TestAFileThatCannotBeAConfigurationIsRefused(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(large, make([]byte, maxConfig+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{large: "bytes are no configuration", dir: "is a directory", filepath.Join(dir, "missing"): "no such file"} {
		_, err := loadConfig(path, nil, nil)
		if err == nil || !strings.Contains(err.Error(), want) || exitCode(t.Context(), err) != exitMisuse {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

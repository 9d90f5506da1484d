package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnitsRunCommandsThatExist holds the command lines of the unit files against
// the program, and the settings in their environment against its keys.
func TestUnitsRunCommandsThatExist(t *testing.T) {
	units, err := filepath.Glob(filepath.Join("..", "..", "deploy", "systemd", "*.service"))
	if err != nil || len(units) == 0 {
		t.Fatalf("no units: %v", err)
	}
	for _, unit := range units {
		data, err := os.ReadFile(unit)
		if err != nil {
			t.Fatal(err)
		}
		commands := 0
		for line := range strings.Lines(string(data)) {
			key, val, _ := strings.Cut(strings.TrimSpace(line), "=")
			switch key {
			case "ExecStart":
				commands++
				checkCommand(t, unit, strings.Fields(val))
			case "Environment":
				checkVariables(t, unit, strings.Fields(val))
			}
		}
		if commands != 1 {
			t.Errorf("%s: %d commands, want 1", unit, commands)
		}
	}
}

func checkCommand(t *testing.T, unit string, words []string) {
	t.Helper()
	cmd, args, err := newRoot(newApp(nil, nil, nil)).Find(words[1:])
	if err != nil {
		t.Errorf("%s: %v", unit, err)
		return
	}
	if err := cmd.ParseFlags(args); err != nil || cmd.Flags().NArg() > 0 {
		t.Errorf("%s: %v: %v, and words left: %v", unit, words, err, cmd.Flags().Args())
	}
}

func checkVariables(t *testing.T, unit string, vars []string) {
	t.Helper()
	if _, notes := fromEnvironment(vars); len(notes) > 0 {
		t.Errorf("%s: %v", unit, notes)
	}
}

func TestWhatOpensAUnitToTheNetworkSetsKeysThatExist(t *testing.T) {
	const file = "../../deploy/systemd/network.conf"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, vars, ok := strings.Cut(string(data), "\nEnvironment=")
	if !ok {
		t.Fatalf("%s sets nothing", file)
	}
	checkVariables(t, file, strings.Fields(vars))
}

func TestTheServiceIsToldWhatTheDaemonPromises(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "deploy", "systemd", "crawler.service"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nType=notify\n", "\nWatchdogSec=2min\n", "\nRestart=on-failure\n", "\nRestartPreventExitStatus=2 4\n", "\nStateDirectory=edgard\n"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the unit does not say %q", strings.TrimSpace(want))
		}
	}
}

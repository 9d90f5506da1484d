package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/zap"

	"example.com/edgard/index"
)

func TestWhoIsKeptOutIsToldWhoWrites(t *testing.T) {
	dir := t.TempDir()
	h, err := openHoldings(dir, "sync", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	got, ok := holderOf(dir)
	want := holder{PID: os.Getpid(), Host: host, Command: "sync", Since: time.Now().UTC()}
	if diff := cmp.Diff(want, got, cmpopts.EquateApproxTime(time.Minute)); !ok || diff != "" {
		t.Errorf("known: %v (-want +got):\n%s", ok, diff)
	}
	_, err = openHoldings(dir, "sync", zap.NewNop())
	if want := dir + " is in use by crawler sync (process " + plainCount(os.Getpid()) + ", since "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %q…", err, want)
	}
	if !errors.Is(err, index.ErrLocked) {
		t.Errorf("%v is not %v", err, index.ErrLocked)
	}
}

func plainCount(n int) string { return strings.ReplaceAll(count(n), ",", "") }

func TestWhatAKilledWriterSaidDoesNotCount(t *testing.T) {
	dir := recorded(t, 1)
	data := `{"pid":1,"host":"other","command":"run","since":"2026-11-22T10:00:00Z"}`
	if err := os.WriteFile(filepath.Join(dir, holderFile), []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := index.OpenReadOnly(dir) // keeps writers out, too
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	_, err = openHoldings(dir, "sync", zap.NewNop())
	if err == nil || strings.Contains(err.Error(), "crawler run") || !isLocked(err) {
		t.Errorf("got %v, want the lock without a word of crawler run", err)
	}
}

func TestAWriterOfAnotherHostIsNamedWithIt(t *testing.T) {
	h := holder{PID: 7, Host: "atlas\x1b", Command: "run", Since: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	if got, want := h.String(), "crawler run (process 7 on atlas␛, since 2026-11-22 10:00:00 UTC)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFileThatSaysNothingNamesNobody(t *testing.T) {
	dir := t.TempDir()
	for _, said := range []string{"", "{", `{"pid":0}`, strings.Repeat(" ", maxHolder) + `{"pid":7}`} {
		release, err := claim(dir, "sync")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, holderFile), []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
		if h, ok := holderOf(dir); ok {
			t.Errorf("%.20q names %v", said, h)
		}
		if err := release(); err != nil {
			t.Fatal(err)
		}
	}
}

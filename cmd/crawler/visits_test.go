//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"go.uber.org/zap"
)

// pestering puts questions without a pause until it is told to end, and returns what
// became of the last.
func pestering(v *visits) (end func() error) {
	stop, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			err := v.ask(func(ix index.Reader) error {
				_, err := ix.Standings(edgar.Accession{}, 10)
				return err
			})
			if err != nil {
				ended <- err
				return
			}
		}
	}()
	return func() error {
		close(stop)
		return <-ended
	}
}

func visited(t *testing.T, dir string) *visits {
	t.Helper()
	h, err := readHoldings(dir)
	if err != nil {
		t.Fatal(err)
	}
	v := visit(t.Context(), h)
	t.Cleanup(func() { v.Close() })
	return v
}

func TestACheckKeepsNobodyWaitingWhoWantsToWrite(t *testing.T) {
	dir := recorded(t, 3)
	end := pestering(visited(t, dir))
	for range 2 {
		h, err := openHoldings(dir, "sync", zap.NewNop())
		if err != nil {
			t.Fatalf("while a check asks without a pause: %v", err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := end(); err != nil {
		t.Errorf("the check ended with %v", err)
	}
}

func TestAnExportThatNobodyReadsKeepsNobodyWaiting(t *testing.T) {
	dir := recorded(t, 3)
	r, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(t.Context(), []string{"export", "--quiet", "--data", dir}, nil, w, io.Discard)
		w.Close()
	}()
	if _, err := r.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	h, err := openHoldings(dir, "sync", zap.NewNop())
	if err != nil {
		t.Fatalf("while an export waits for its reader: %v", err)
	}
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	rest, err := io.ReadAll(r)
	if got := <-code; got != exitDone || err != nil || bytes.Count(rest, []byte("\n")) != 3 {
		t.Errorf("the export ended with code %d, %v, and wrote %q", got, err, rest)
	}
}

func TestAVisitEndsWithItsContextAndItsErrors(t *testing.T) {
	v := visited(t, recorded(t, 1))
	want := errors.New("no")
	if err := v.ask(func(index.Reader) error { return want }); !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if err := v.Close(); err != nil || v.h != nil {
		t.Errorf("%v, want it closed", err)
	}
}

func TestACheckKnowsWhetherAnotherProcessHoldsTheIndex(t *testing.T) {
	dir := recorded(t, 1)
	if visited(t, dir).shared() {
		t.Error("nobody holds it, and it is told to be held")
	}
	h, err := openHoldings(t.TempDir(), "run", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if !visited(t, h.dir).shared() {
		t.Error("another holds it, and it is told to be free")
	}
}

package main

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
)

// flooded logs n lines of each kind in one second, and one line of another
// message in the next.
func flooded(t *testing.T, level string, n int) (lines map[string]int, left int) {
	t.Helper()
	out, b := paper(0, false)
	synctest.Test(t, func(t *testing.T) {
		a := &app{err: newConsole(out), flood: new(flood)}
		eff := &effective{config: defaultConfig(), origin: map[string]string{}}
		eff.Log.Level = level
		log := a.logger(eff)
		for i := range n {
			log.Info("filing recorded", zap.Int("n", i))
			log.Warn("filing deferred", zap.Int("n", i))
			log.Error("disk full", zap.Int("n", i))
		}
		time.Sleep(time.Second)
		log.Info("pass ended")
		left = a.flood.take()
	})
	lines = map[string]int{}
	told := 0
	for line := range strings.Lines(b.String()) {
		for _, m := range []string{"filing recorded", "filing deferred", "disk full", "pass ended"} {
			if strings.Contains(line, m) {
				lines[m]++
			}
		}
		if _, rest, ok := strings.Cut(line, `warn log lines left out {"lines": `); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(rest, "}\n"))
			if err != nil {
				t.Error(err)
			}
			told += n
		}
	}
	if want := 2 * (n - lines["filing recorded"]); told != want {
		t.Errorf("%d lines are told to be left out, want %d", told, want)
	}
	return lines, left
}

func TestAFloodOfOneMessageIsThinnedOutAndWhatWentIsCounted(t *testing.T) {
	for _, c := range []struct {
		level       string
		n           int
		thin, whole int // lines of a message that may be left out, and of errors
	}{
		{"info", 50, 50, 50},
		{"info", 1000, floodFirst + 9, 1000},
		{"debug", 1000, 1000, 1000},
	} {
		lines, left := flooded(t, c.level, c.n)
		if lines["filing recorded"] != c.thin || lines["filing deferred"] != c.thin || lines["disk full"] != c.whole || lines["pass ended"] != 1 || left != 0 {
			t.Errorf("%d at %s: %v, %d not told of; want %d and all %d errors", c.n, c.level, lines, left, c.thin, c.whole)
		}
	}
}

func TestWhatWentLastIsToldAtTheEnd(t *testing.T) {
	out, b := paper(0, false)
	a := newApp(nil, io.Discard, io.Discard)
	a.err = newConsole(out)
	a.flood.left = 1200
	a.run(t.Context(), []string{"version"})
	if want := "crawler: 1,200 lines of the log left out\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

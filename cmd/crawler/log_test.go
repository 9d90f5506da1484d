package main

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/zap"

	"example.com/edgard/crawl"
)

func logged(t *testing.T, tty, quiet bool, level, format string) string {
	t.Helper()
	width := 0
	if tty {
		width = 80
	}
	out, b := paper(width, false)
	eff := &effective{config: defaultConfig(), origin: map[string]string{"log.level": "default"}}
	if level != "" {
		eff.Log.Level, eff.origin["log.level"] = level, "--log-level"
	}
	eff.Log.Format = format
	log := (&app{err: newConsole(out), flood: new(flood), quiet: quiet}).logger(eff)
	for _, say := range []func(string, ...zap.Field){log.Debug, log.Info, log.Warn, log.Error} {
		say("said", zap.String("accession", "0009000001-24-000007"))
	}
	return b.String()
}

func TestHowMuchIsLogged(t *testing.T) {
	for _, c := range []struct {
		name       string
		tty, quiet bool
		level      string
		lines      int
	}{
		{"piped", false, false, "", 3},
		{"terminal", true, false, "", 1 + 1},
		{"terminal, asked for", true, false, "info", 3},
		{"debug", false, false, "debug", 4},
		{"quiet", false, true, "debug", 1},
	} {
		if got := strings.Count(logged(t, c.tty, c.quiet, c.level, "auto"), "\n"); got != c.lines {
			t.Errorf("%s: %d lines, want %d", c.name, got, c.lines)
		}
	}
}

func TestLogLinesArePlainOrJSON(t *testing.T) {
	plain := logged(t, false, true, "error", "plain")
	if want := ` error said {"accession": "0009000001-24-000007"}`; !strings.Contains(plain, want) || !strings.HasPrefix(plain, "20") {
		t.Errorf("got %q, want a time and %q", plain, want)
	}
	json := logged(t, false, true, "error", "json")
	if want := `"msg":"said","accession":"0009000001-24-000007"}`; !strings.HasPrefix(json, `{"level":"error","time":"20`) || !strings.Contains(json, want) {
		t.Errorf("got %q, want %q", json, want)
	}
}

func TestLogLinesAreHarmless(t *testing.T) {
	const evil = "a\x1b[2Jb\u009b2Jc\u202ed\nfake line"
	for _, format := range []string{"plain", "json"} {
		out, b := paper(80, true)
		eff := &effective{config: defaultConfig(), origin: map[string]string{}}
		eff.Log.Format = format
		log := (&app{err: newConsole(out), flood: new(flood)}).logger(eff).With(zap.String("name", evil))
		log.Warn(evil, zap.Error(errors.New(evil)), zap.String("title", evil))
		got := b.String()
		if i := strings.IndexFunc(uncoloured(got), dangerous); i >= 0 || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: not harmless: %q", format, got)
		}
		if !strings.Contains(got, `\u202ed\nfake`) || !strings.Contains(got, `\u009b2Jc`) {
			t.Errorf("%s: fields do not tell what they held: %q", format, got)
		}
	}
}

func TestNotesAreHarmless(t *testing.T) {
	out, b := paper(80, false)
	(&app{err: newConsole(out), flood: new(flood)}).note("%s is no submission: %v", "a\x1b[2J.txt", errors.New("b\u009b2J\u202ec"))
	if got, want := b.String(), "crawler: a␛[2J.txt is no submission: b\ufffd2J\ufffdc\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheConfiguredRateIsTheCrawlersOwnDefault(t *testing.T) {
	if got := defaultConfig().Rate; got != crawl.DefaultRate || got > crawl.MaxRate {
		t.Errorf("default rate %v, want %d", got, crawl.DefaultRate)
	}
}

package main

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"example.com/edgard/crawl"
)

// reloaded is a service that has reloaded what next returns, and what it logged.
func reloaded(t *testing.T, next func() (*effective, error)) (s *service, out chan crawl.Settings, said []string, told []string) {
	t.Helper()
	core, logs := observer.New(zap.InfoLevel)
	m, states := managed(0)
	eff, err := loadConfig("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := newApp(nil, nil, nil)
	s = &service{app: a, log: zap.New(core), level: zap.NewAtomicLevel(), manager: m, eff: eff, read: next}
	out = make(chan crawl.Settings, 1)
	s.reload(t.Context(), out)
	for _, e := range logs.All() {
		line := e.Message
		if key, ok := e.ContextMap()["key"]; ok {
			line += " " + key.(string)
		}
		said = append(said, line)
	}
	for _, state := range *states {
		told = append(told, state[:5])
	}
	return s, out, said, told
}

func TestWhatCanChangeTakesEffectAndTheRestIsSaid(t *testing.T) {
	next := func() (*effective, error) {
		return loadConfig("", []string{"EDGARD_RATE=3", "EDGARD_FEEDS=xbrlrss", "EDGARD_DATA=/srv/e", "EDGARD_LISTEN=off", "EDGARD_FROM=2024Q1", "EDGARD_LOG_LEVEL=error"}, nil)
	}
	s, out, said, told := reloaded(t, next)
	want := []string{
		"setting needs a restart to change data", "setting changed from", "setting changed rate", "setting changed feeds",
		"setting needs a restart to change listen", "setting changed log.level", "configuration reloaded",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"RELOA", "READY"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	got := <-out
	if got.Rate != 3 || got.Scope.From.String() != "2024-01-01" || !cmp.Equal(got.Feeds, []string{"xbrlrss"}) || s.level.Level() != zap.ErrorLevel || s.eff.Data != defaultConfig().Data {
		t.Errorf("settings %+v, level %v, data %s", got, s.level, s.eff.Data)
	}
}

func TestABrokenConfigurationChangesNothing(t *testing.T) {
	s, out, said, told := reloaded(t, func() (*effective, error) { return nil, mistakes{"a: x", "b: y"} })
	want := []string{"configuration refused, the old one stays", "configuration refused, the old one stays"}
	if diff := cmp.Diff(want, said); diff != "" || len(out) != 0 || s.eff.Rate != crawl.DefaultRate {
		t.Errorf("%d settings, rate %v (-want +got):\n%s", len(out), s.eff.Rate, diff)
	}
	if diff := cmp.Diff([]string{"RELOA", "READY"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestSettingsThatWereNotTakenYetGiveWayToNewerOnes(t *testing.T) {
	s, out, _, _ := reloaded(t, func() (*effective, error) { return loadConfig("", []string{"EDGARD_RATE=3"}, nil) })
	s.read = func() (*effective, error) { return loadConfig("", []string{"EDGARD_RATE=2"}, nil) }
	s.reload(t.Context(), out)
	if got := <-out; got.Rate != 2 {
		t.Errorf("rate %v, want 2", got.Rate)
	}
	s.read = func() (*effective, error) { return nil, errors.New("gone") }
	s.reload(t.Context(), out)
	if len(out) != 0 {
		t.Errorf("settings %v of no configuration", <-out)
	}
}

func TestASpanOfDaysCountsFromTheStart(t *testing.T) {
	next := func() (*effective, error) { return loadConfig("", []string{"EDGARD_FROM=7d", "EDGARD_RATE=2"}, nil) }
	s, out, _, _ := reloaded(t, next)
	<-out
	start := s.first.AddDays(-30) // as if it had been up for a month
	s.first = start
	s.reload(t.Context(), out)
	if got := (<-out).Scope.From; got != start {
		t.Errorf("from %v, want %v", got, start)
	}
}

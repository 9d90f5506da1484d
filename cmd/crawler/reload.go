package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/crawl"
)

// reloadTimeout bounds how long new settings may take to be understood: a ticker
// may have to be asked for.
const reloadTimeout = time.Minute

// changeable are the keys that take effect while the daemon runs.
func changeable(key string) bool {
	switch key {
	case "from", "forms", "issuers", "rate", "feeds", "log.level":
		return true
	}
	return false
}

// hangUps receives each SIGHUP from now on, but on a terminal, where it means that
// the terminal has gone. One that comes while the daemon starts is a reload, too.
func hangUps(t *terminal) chan os.Signal {
	hups := make(chan os.Signal, 1)
	if !t.tty {
		signal.Notify(hups, syscall.SIGHUP)
	}
	return hups
}

// untilReloads reads the configuration again at each SIGHUP, until ctx ends, which
// wait waits for. New settings stand in the channel until they are taken.
func (s *service) untilReloads(ctx context.Context) (settings <-chan crawl.Settings, wait func()) {
	out, done := make(chan crawl.Settings, 1), make(chan struct{})
	ctx, stop := context.WithCancel(ctx)
	go func() {
		defer close(done)
		for {
			select {
			case <-s.hups:
				s.reload(ctx, out)
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, func() { stop(); <-done }
}

// reload puts new settings into out, in the place of some that were not taken yet.
func (s *service) reload(ctx context.Context, out chan crawl.Settings) {
	s.manager.reloading()
	defer s.manager.ready()
	next, err := s.read()
	if err != nil {
		s.refuse(err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, reloadTimeout)
	defer cancel()
	set, err := s.settings(ctx, next)
	if err != nil {
		s.refuse(err)
		return
	}
	s.compare(next)
	s.level.SetLevel(s.app.level(next))
	select {
	case <-out:
	default:
	}
	out <- set
}

// refuse says every mistake of a configuration that is not taken.
func (s *service) refuse(err error) {
	for line := range strings.Lines(err.Error()) {
		s.log.Error("configuration refused, the old one stays", zap.String("mistake", strings.TrimSpace(line)))
	}
}

// compare says what a new configuration changes and puts that into effect.
func (s *service) compare(next *effective) {
	merged, changed := *s.eff, 0
	for _, k := range settings() {
		old, now := k.get(&s.eff.config), k.get(&next.config)
		if old == now {
			continue
		}
		fields := []zap.Field{zap.String("key", k.key), zap.String("old", old), zap.String("new", now), zap.String("from", next.origin[k.key])}
		if !changeable(k.key) {
			s.log.Warn("setting needs a restart to change", fields...)
			continue
		}
		changed++
		s.log.Info("setting changed", fields...)
	}
	s.log.Info("configuration reloaded", zap.String("file", next.file), zap.Int("changed", changed))
	merged.From, merged.Forms, merged.Issuers = next.From, next.Forms, next.Issuers
	merged.Rate, merged.Feeds, merged.Log.Level, merged.origin = next.Rate, next.Feeds, next.Log.Level, next.origin
	s.eff = &merged
}

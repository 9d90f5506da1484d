package main

import (
	"sync"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Of lines with the same message, the first in a second are logged, and then one
// of every so many.
const (
	floodFirst = 100
	floodEvery = 100
)

// flood counts the log lines that were left out and not told of yet. The zero
// value is ready.
type flood struct {
	mu   sync.Mutex
	left int
	said time.Time
}

// take returns how many lines were left out since it was last called.
func (f *flood) take() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.left
	f.left = 0
	return n
}

// dueBy is take at most once a second, 0 in between.
func (f *flood) dueBy(now time.Time) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 || now.Sub(f.said) < time.Second {
		return 0
	}
	n := f.left
	f.left, f.said = 0, now
	return n
}

func (f *flood) count(_ zapcore.Entry, what zapcore.SamplingDecision) {
	if what&zapcore.LogDropped != 0 {
		f.mu.Lock()
		f.left++
		f.mu.Unlock()
	}
}

// thinned is core without most of a flood: of debug, info and warning lines that
// say the same more than floodFirst times a second, one of floodEvery stays, and
// how many went is logged once a second. Errors all stay, and so does everything
// where the level is debug.
func (f *flood) thinned(core zapcore.Core) zapcore.Core {
	sampled := zapcore.NewSamplerWithOptions(confessing{core, f}, time.Second, floodFirst, floodEvery, zapcore.SamplerHook(f.count))
	return unthinned{sampled, core}
}

// confessing is a core that tells first of the lines that did not reach it.
type confessing struct {
	zapcore.Core
	flood *flood
}

// With implements zapcore.Core.
func (c confessing) With(fs []zapcore.Field) zapcore.Core {
	return confessing{c.Core.With(fs), c.flood}
}

// Check implements zapcore.Core.
func (c confessing) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(e.Level) {
		return ce.AddCore(e, c)
	}
	return ce
}

// Write implements zapcore.Core.
func (c confessing) Write(e zapcore.Entry, fs []zapcore.Field) error {
	if n := c.flood.dueBy(e.Time); n > 0 {
		told := zapcore.Entry{Level: zapcore.WarnLevel, Time: e.Time, Message: "log lines left out"}
		if err := c.Core.Write(told, []zapcore.Field{zap.Int("lines", n)}); err != nil {
			return err
		}
	}
	return c.Core.Write(e, fs)
}

// unthinned sends past the core that thins out what must not be.
type unthinned struct {
	zapcore.Core
	whole zapcore.Core
}

// With implements zapcore.Core.
func (u unthinned) With(fs []zapcore.Field) zapcore.Core {
	return unthinned{u.Core.With(fs), u.whole.With(fs)}
}

// Check implements zapcore.Core.
func (u unthinned) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if e.Level >= zapcore.ErrorLevel || u.Enabled(zapcore.DebugLevel) {
		return u.whole.Check(e, ce)
	}
	return u.Core.Check(e, ce)
}

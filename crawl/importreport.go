package crawl

import (
	"errors"
	"fmt"
	"time"

	"example.com/edgard/index"
	"go.uber.org/zap"
)

const maxFaults = 100 // listed in a report; more are counted

// reject counts a submission that is none, is not whole, or cannot be kept. What
// the index says of it stays: a fetch may yet bring it.
func (m *importing) reject(from origin, reason string) {
	m.rejected.Add(1)
	m.fault(from, reason)
}

// loseIn counts what could not be read: a member of from when err names it.
func (m *importing) loseIn(from origin, err error) {
	var at *memberError
	if errors.As(err, &at) {
		from, err = at.from, at.err
	}
	m.lose(from, err)
}

// lose counts a file, or the rest of one, that could not be read.
func (m *importing) lose(from origin, err error) {
	m.unread.Add(1)
	m.fault(from, err.Error())
}

func (m *importing) fault(from origin, reason string) {
	m.Log.Warn("not imported", zap.Stringer("from", from), zap.String("reason", reason))
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.faults) < maxFaults {
		m.faults = append(m.faults, from.String()+": "+reason)
	}
}

// pass counts what is not wanted.
func (m *importing) pass(from origin, why string) {
	m.passed.Add(1)
	m.Log.Debug("passed over", zap.Stringer("from", from), zap.String("reason", why))
}

// tell reports progress, unless somebody else is about to.
func (m *importing) tell(stage Stage) {
	if stage == StageDone {
		m.drawn.Lock()
	} else if !m.drawn.TryLock() {
		return
	}
	defer m.drawn.Unlock()
	m.mu.Lock()
	last := m.last
	m.mu.Unlock()
	m.Progress(Progress{
		Stage: stage, Started: m.start, Last: last, Files: int(m.files.Load()), Bytes: m.bytes.Load(),
		Recorded: int(m.recorded.Load()), Rejected: int(m.rejected.Load()),
		Known: int(m.known.Load()), PassedOver: int(m.passed.Load()),
	})
}

func (m *importing) report() Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Report{
		Listed: int(m.listed.Load()), Recorded: int(m.recorded.Load()), Rejected: int(m.rejected.Load()),
		Bytes: m.bytes.Load(), Seconds: time.Since(m.start).Seconds(), New: int(m.recorded.Load()),
		Files: int(m.files.Load()), Known: int(m.known.Load()), PassedOver: int(m.passed.Load()),
		Events: int(m.events.Load()), Unread: int(m.unread.Load()), Faults: m.faults,
	}
}

// summary is the report that the index keeps.
func (m *importing) summary(err error) index.Pass {
	r, outcome := m.report(), "done"
	switch {
	case err != nil:
		outcome = err.Error()
	case len(r.Faults) > 0:
		outcome = fmt.Sprintf("%d not imported, the first %s", r.Rejected+r.Unread, r.Faults[0])
	}
	return index.Pass{
		Start: m.start, End: time.Now(), Command: "import", Outcome: outcome,
		Listed: r.Listed, Recorded: r.Recorded, Rejected: r.Rejected, Bytes: r.Bytes,
	}
}

package main

import (
	"sync"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"go.uber.org/zap"

	"example.com/edgard/harmless"
)

// manager is the service manager that started the process, systemd or what speaks
// its protocol (sd_notify(3)); without one every method does nothing. It is safe
// for concurrent use.
type manager struct {
	log      *zap.Logger
	send     func(state string) error
	watchdog time.Duration // how long it lets us be silent, 0 for as long as we like

	mu     sync.Mutex
	alive  time.Time // when it was last told so
	status string
	stated time.Time
	mute   bool // it cannot be reached, which was logged
}

// statusEvery is the least time between two statuses of the same kind.
const statusEvery = 5 * time.Second

func newManager(log *zap.Logger) *manager {
	watchdog, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		log.Warn("no watchdog", zap.Error(err))
	}
	send := func(state string) error {
		_, err := daemon.SdNotify(false, state)
		return err
	}
	return &manager{log: log, send: send, watchdog: watchdog}
}

// ready says that the daemon is up, or that a reload is over.
func (m *manager) ready() { m.tell(daemon.SdNotifyReady) }

func (m *manager) stopping() { m.tell(daemon.SdNotifyStopping + "\nSTATUS=stopping") }

// reloading must be followed by ready.
func (m *manager) reloading() {
	m.tell(daemon.SdNotifyReloading + "\n" + daemon.SdNotifyMonotonicUsec())
}

// living says that all goes on, as often as the watchdog asks for.
func (m *manager) living() {
	if m.watchdog == 0 {
		return
	}
	m.mu.Lock()
	now := time.Now()
	due := now.Sub(m.alive) >= m.watchdog/4
	if due {
		m.alive = now
	}
	m.mu.Unlock()
	if due {
		m.tell(daemon.SdNotifyWatchdog)
	}
}

// say shows a line as the status of the service; at once when urgent, else unless
// one was shown a moment ago.
func (m *manager) say(line string, urgent bool) {
	m.mu.Lock()
	now := time.Now()
	due := line != m.status && (urgent || now.Sub(m.stated) >= statusEvery)
	if due {
		m.status, m.stated = line, now
	}
	m.mu.Unlock()
	if due {
		m.tell("STATUS=" + harmless.Line(line))
	}
}

func (m *manager) tell(state string) {
	err := m.send(state)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil && !m.mute {
		m.mute = true
		m.log.Warn("the service manager cannot be told", zap.Error(err))
	}
}

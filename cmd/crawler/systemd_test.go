package main

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// managed returns a manager whose messages are kept.
func managed(watchdog time.Duration) (m *manager, told *[]string) {
	told = new([]string)
	m = &manager{log: zap.NewNop(), watchdog: watchdog, send: func(state string) error {
		*told = append(*told, state)
		return nil
	}}
	return m, told
}

func TestTheWatchdogHearsOfLifeFourTimesWithinItsPatience(t *testing.T) {
	for _, c := range []struct {
		watchdog time.Duration
		want     int // messages in the minute and at its beginning
	}{
		{0, 0}, {time.Minute, 5}, {4 * time.Second, 61}, {time.Second, 61},
	} {
		synctest.Test(t, func(t *testing.T) {
			m, told := managed(c.watchdog)
			for range 61 {
				m.living()
				time.Sleep(time.Second)
			}
			if len(*told) != c.want {
				t.Errorf("watchdog of %v: %d messages, want %d", c.watchdog, len(*told), c.want)
			}
		})
	}
}

func TestAStatusIsToldWhenItIsNewButNotAllTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, told := managed(0)
		m.say("a", true)
		m.say("a", true)
		m.say("b", false)
		m.say("c\nREADY=1\x1b", true)
		time.Sleep(statusEvery)
		m.say("d", false)
		want := []string{"STATUS=a", "STATUS=c READY=1␛", "STATUS=d"}
		if diff := cmp.Diff(want, *told); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAManagerThatCannotBeReachedIsSaidOnce(t *testing.T) {
	core, logs := observer.New(zap.WarnLevel)
	m := &manager{log: zap.New(core), send: func(string) error { return errors.New("no such socket") }}
	m.ready()
	m.stopping()
	if logs.Len() != 1 {
		t.Errorf("%d lines, want 1", logs.Len())
	}
}

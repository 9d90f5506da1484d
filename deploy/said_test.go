package deploy_test

import (
	"bytes"
	"strings"
	"sync"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// said is what a process wrote so far. It is safe for concurrent use.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // has room for one: something was written
}

func newSaid() *said { return &said{more: make(chan struct{}, 1)} }

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// tells waits until the words were written, and reports whether they were in time.
func (s *said) tells(words string) bool {
	late := time.After(patience)
	for !strings.Contains(s.String(), words) {
		select {
		case <-s.more:
		case <-late:
			return false
		}
	}
	return true
}

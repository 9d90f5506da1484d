package browsertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// said is what a window's console said, and whom it asked. It is safe for concurrent
// use.
type said struct {
	base string

	mu    sync.Mutex
	lines []string
}

func (s *said) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		words := []string{"console " + string(e.Type)}
		for _, a := range e.Args {
			words = append(words, string(a.Value), a.Description)
		}
		s.note("%s", strings.Join(words, " "))
	case *runtime.EventExceptionThrown:
		s.note("exception: %s", e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		s.note("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, s.base+"/") && !strings.HasPrefix(u, "about:") {
			s.note("somebody else is asked: %s", u)
		}
	}
}

func (s *said) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

// forgive forgets what was said of a status that was wanted.
func (s *said) forgive(status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = slices.DeleteFunc(s.lines, func(l string) bool { return strings.Contains(l, "the server responded with a status of "+status) })
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n")
}

func (s *said) check(t *testing.T) {
	t.Helper()
	if text := s.String(); text != "" {
		t.Errorf("the browser said:\n%s", text)
	}
}

// cmd is a command of the browser's protocol as a step.
func cmd[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, c, params)
		return err
	})
}

package serve

import (
	"strings"
	"testing"
	"testing/synctest"

	"go.uber.org/zap"

	"example.com/edgard/index"
)

func TestAnIndexThatHangsMakesOneLookAndNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang, looks := make(chan struct{}), make(chan struct{}, 100)
		s := &Server{Config: Config{Log: zap.NewNop(), Index: func(func(index.Reader) error) error {
			looks <- struct{}{}
			<-hang
			return nil
		}}}
		s.probe = newProbe(s)
		for range 3 {
			if h := s.probe.get(t.Context()); h.Ready || !strings.Contains(strings.Join(h.Reasons, ""), "have not answered within 3s") {
				t.Errorf("%+v, want not ready, and why", h)
			}
		}
		if n := len(looks); n != 1 {
			t.Errorf("%d looks at once, want one", n)
		}
		close(hang)
		if h := s.probe.get(t.Context()); h.Ready {
			t.Error("an answer serves a second, and this was another")
		}
	})
}

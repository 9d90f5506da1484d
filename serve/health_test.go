package serve_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/serve"
	"example.com/edgard/vital"
)

// ready asks whether the server is, and why not.
func (h *house) ready(t *testing.T) (code int, reasons string) {
	t.Helper()
	w := h.get("/readyz")
	var answer struct {
		Ready   bool
		Reasons []string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Ready != (w.Code == http.StatusOK) {
		t.Fatalf("%d %s (%v)", w.Code, w.Body, err)
	}
	return w.Code, strings.Join(answer.Reasons, "; ")
}

func TestAServerOfAnArchiveThatCanBeReadIsReady(t *testing.T) {
	for name, edit := range map[string]func(*serve.Config){
		"nobody crawls":          func(*serve.Config) {},
		"a crawl that is well":   func(cfg *serve.Config) { cfg.Signs = wellSigns() },
		"a crawl about to begin": func(cfg *serve.Config) { cfg.Signs = new(vital.Signs) },
	} {
		if code, why := newHouse(t, edit).ready(t); code != http.StatusOK || why != "" {
			t.Errorf("%s: %d, %q", name, code, why)
		}
	}
}

func TestAServerIsNotReadyAndSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*serve.Config)
		harm func(*house) error
		want string
	}{
		"an index that fails": {
			edit: func(cfg *serve.Config) {
				cfg.Index = func(func(index.Reader) error) error { return errors.New("secret path") }
			},
			want: "the index cannot be read: the log says more",
		},
		"an index in use": {
			edit: func(cfg *serve.Config) { cfg.Index = func(func(index.Reader) error) error { return index.ErrLocked } },
			want: "the index is in use by a command that does not share it",
		},
		"an archive that is not mounted": {
			harm: func(h *house) error { return os.RemoveAll(filepath.Join(h.dir, "archive", "submissions")) },
			want: "is it mounted?",
		},
		"an activity that is stuck": {
			edit: func(cfg *serve.Config) {
				cfg.Signs = wellSigns()
				cfg.Signs.Alive("backlog", time.Now().Add(-time.Hour))
			},
			want: `the crawl's activity "backlog" has shown no sign of life for more than 5m0s`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			edit := c.edit
			if edit == nil {
				edit = func(*serve.Config) {}
			}
			h := newHouse(t, edit)
			if c.harm != nil {
				if err := c.harm(h); err != nil {
					t.Fatal(err)
				}
			}
			if code, why := h.ready(t); code != http.StatusServiceUnavailable || !strings.Contains(why, c.want) || strings.Contains(why, "secret") {
				t.Errorf("%d, %q; want 503 and %q", code, why, c.want)
			}
			if w := h.get("/livez"); w.Code != http.StatusOK {
				t.Errorf("not alive: %d", w.Code)
			}
		})
	}
}

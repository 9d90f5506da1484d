package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatTheLinkerSaysBeatsTheWorkTree(t *testing.T) {
	tree := build{Version: "v0.0.0-2026", Commit: "aaaaaaaaaaaa+", Date: "2026-01-01T00:00:00Z"}
	for _, c := range []struct {
		version, commit, date string
		want                  build
	}{
		{"", "", "", tree},
		{"v1.2.3", "", "", build{Version: "v1.2.3", Commit: tree.Commit, Date: tree.Date}},
		{"v1.2.3", "0123456789abcdef0123", "2026-11-18T10:00:00Z", build{Version: "v1.2.3", Commit: "0123456789ab", Date: "2026-11-18T10:00:00Z"}},
		{"", "0123", "", build{Version: tree.Version, Commit: "0123", Date: tree.Date}},
	} {
		if diff := cmp.Diff(c.want, tree.stamped(c.version, c.commit, c.date)); diff != "" {
			t.Errorf("stamped %q %q %q (-want +got):\n%s", c.version, c.commit, c.date, diff)
		}
	}
}

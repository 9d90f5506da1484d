package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutGetcurrentTheRSSCarriesNewFilings(t *testing.T) {
	for _, c := range []struct{ configured, want []string }{
		{[]string{}, []string{"xbrlrss"}},
		{[]string{"xbrlrss"}, []string{"xbrlrss"}},
		{[]string{"getcurrent"}, []string{"getcurrent"}},
		{[]string{"xbrlrss", "getcurrent", "xbrlrss"}, []string{"getcurrent", "xbrlrss"}},
	} {
		if diff := cmp.Diff(c.want, liveFeeds(c.configured)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.configured, diff)
		}
	}
}

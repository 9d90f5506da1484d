package browsertest

import (
	"testing"
)

func TestJourneys(t *testing.T) {
	browser, s := newBrowser(t), newSite(t)
	for _, l := range []look{{}, {noScript: true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Run("a list is paged on and back", func(t *testing.T) {
				b := visit(t, browser, s, l)
				b.open("/")
				b.reads("Latest filings", "Glasswing Therapeutics")
				b.shot("latest")
				b.follow("Older")
				first := b.path()
				b.follow("Older")
				if b.path() == first {
					t.Errorf("the third page is the second: %s", first)
				}
				b.back(first)
				b.follow("Newest")
				if got := b.path(); got != "/" {
					t.Errorf("the newest are at %s, want /", got)
				}
			})
		})
	}
}

package main

import (
	"testing"

	"example.com/edgard/crawl"
)

func TestARepairSaysWhatIsLeftAndWhatHelps(t *testing.T) {
	left := crawl.Findings{Differences: 2}
	for _, tt := range []struct {
		what          string
		r             repair
		verdict, next string
	}{
		{"all is well", repair{}, "all of it is repaired", "crawler verify --repair"},
		{"nobody is named", repair{Missing: 2, Left: left}, "2 differences left:", `crawler verify --repair --user-agent "Name email"`},
		{"EDGAR has it no more", repair{Missing: 2, Left: left, asked: true}, "2 differences left:",
			"crawler verify --repair later; what EDGAR has no more: crawler import, from a copy of your own"},
		{"more than one repair takes", repair{Missing: 2, Fetched: 2, Beyond: 1, asked: true},
			"1 more submission with differences left for the next crawler verify --repair", "crawler verify --repair"},
	} {
		if got := (&verifyCommand{repair: true}).verdict(tt.r); got != tt.verdict {
			t.Errorf("%s: %q, want %q", tt.what, got, tt.verdict)
		}
		if got := tt.r.next(); got != tt.next {
			t.Errorf("%s: %q, want %q", tt.what, got, tt.next)
		}
	}
}

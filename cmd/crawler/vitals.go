package main

import (
	"fmt"
	"sync"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
)

// vitals shows how a daemon stands, in one line: at the foot of a terminal, and as
// the status of a service. It is safe for concurrent use.
type vitals struct {
	*app
	manager *manager
	cooling func() (crawl.Allowance, error) // how the request budget stands

	mu      sync.Mutex
	line    progressLine
	pass    crawl.Progress // where the pass or the backlog stands
	last    edgar.Accession
	at      time.Time // when last was recorded
	refused bool      // SEC says too fast
}

// progress takes a report of the daemon.
func (v *vitals) progress(p crawl.Progress) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if p.Stage != crawl.StageChecking && !p.Last.IsZero() && p.Last != v.last {
		v.last, v.at = p.Last, time.Now()
	}
	turned := false
	if p.Stage != crawl.StageLive {
		turned = p.Stage != v.pass.Stage || p.Paused != v.pass.Paused
		v.pass = p
	}
	if v.refused {
		return // alive will tell when that is over
	}
	v.show(v.text(), turned || p.Stage == crawl.StageLive)
}

// alive takes a sign of life, and looks whether SEC has us wait.
func (v *vitals) alive() {
	v.manager.living()
	a, err := v.cooling()
	if err != nil {
		return // whoever asks for something will say so
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	was := v.refused
	switch v.refused = !a.Until.IsZero(); {
	case v.refused:
		v.show(fmt.Sprintf("waiting until %s: %s says we ask too fast", stamp(a.Until), a.Host), true)
	case was:
		v.show(v.text(), true)
	}
}

// show draws a line, and tells the manager now or when it has not been told for a
// while.
func (v *vitals) show(text string, now bool) {
	v.manager.say(text, now)
	if !v.err.term.tty || v.quiet {
		return
	}
	switch v.pass.Stage {
	case crawl.StageListings, crawl.StageFilings, crawl.StageChecking:
		if !v.refused {
			v.line.show(v.pass)
			return
		}
	}
	v.err.progress(cut(text, v.err.term.columns(pageWidth)-1))
}

// text is the state of the daemon in words.
func (v *vitals) text() string {
	p := v.pass
	switch {
	case p.Paused != "":
		return "paused: " + harmless.Line(p.Paused)
	case p.Stage == crawl.StageListings:
		return fmt.Sprintf("reading listings: %s of %s, %s", count(p.Looked), count(p.Listings), harmless.Line(p.Listing))
	case p.Stage == crawl.StageFilings:
		return fmt.Sprintf("fetching filings: %s of %s, %s deferred", count(p.Recorded+p.Deferred+p.Rejected), count(p.Due), count(p.Deferred))
	case p.Stage == crawl.StageChecking:
		return fmt.Sprintf("reading a sample of the archive back: %s of %s", count(p.Looked), count(p.Listings))
	case v.last.IsZero():
		return "waiting for filings"
	}
	return fmt.Sprintf("waiting for filings; the last was %s at %s", v.last, stamp(v.at))
}

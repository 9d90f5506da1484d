package main

import (
	"fmt"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
)

// vitals shows how a daemon stands, in one line: at the foot of a terminal, and as
// the status of a service. It is not safe for concurrent use.
type vitals struct {
	*app
	manager *manager
	line    progressLine

	stage crawl.Stage
	last  edgar.Accession
	at    time.Time // when last came
}

func (v *vitals) progress(p crawl.Progress) {
	if !p.Last.IsZero() && p.Last != v.last {
		v.last, v.at = p.Last, time.Now()
	}
	v.manager.say(v.text(p), p.Stage != v.stage)
	v.stage = p.Stage
	if !v.err.term.tty || v.quiet {
		return
	}
	if p.Stage == crawl.StageDone {
		v.err.progress(cut(v.text(p), v.err.term.columns(pageWidth)-1))
		return
	}
	v.line.show(p)
}

// text is the state of the daemon in words.
func (v *vitals) text(p crawl.Progress) string {
	switch p.Stage {
	case crawl.StageListings:
		return fmt.Sprintf("reading listings: %s of %s, %s", count(p.Looked), count(p.Listings), cleanLine(p.Listing))
	case crawl.StageFilings:
		return fmt.Sprintf("fetching filings: %s of %s, %s deferred", count(p.Recorded+p.Deferred+p.Rejected), count(p.Due), count(p.Deferred))
	}
	if v.last.IsZero() {
		return "waiting for filings"
	}
	return fmt.Sprintf("waiting for filings; the last was %s at %s", v.last, stamp(v.at))
}

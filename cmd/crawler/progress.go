package main

import (
	"fmt"
	"strings"
	"time"

	"example.com/edgard/crawl"
)

// progressLine turns the reports of a pass into the line at the foot of a
// terminal. It is not safe for concurrent use.
type progressLine struct {
	out   *console
	drawn time.Time
	stage crawl.Stage
	base  int // requests made before the stage began
}

const redraw = 100 * time.Millisecond

func (l *progressLine) show(p crawl.Progress) {
	if p.Stage != l.stage {
		l.stage, l.base, l.drawn = p.Stage, p.Requests, time.Time{}
	}
	if p.Stage == crawl.StageDone {
		l.out.progress("")
		return
	}
	if now := time.Now(); now.Sub(l.drawn) >= redraw {
		l.drawn = now
		l.out.progress(progressText(p, p.Requests-l.base, now.Sub(p.Started), l.out.term))
	}
}

// progressText is the line for p, requests and elapsed being those of the stage.
// A narrow terminal loses the bar.
func progressText(p crawl.Progress, requests int, elapsed time.Duration, t *terminal) string {
	perSecond := 0.0
	if elapsed > time.Second/2 {
		perSecond = float64(requests) / elapsed.Seconds()
	}
	if p.Stage == crawl.StageListings {
		s := fmt.Sprintf("listings %s/%s  %s", count(p.Looked), count(p.Listings), cleanLine(p.Listing))
		return cut(s, t.columns(pageWidth)-1)
	}
	done := p.Recorded + p.Deferred + p.Rejected
	parts := []string{"filings " + count(done)}
	if p.Due > 0 {
		parts[0] += "/" + count(p.Due)
	}
	if p.Deferred > 0 {
		parts = append(parts, count(p.Deferred)+" deferred")
	}
	if p.Rejected > 0 {
		parts = append(parts, count(p.Rejected)+" rejected")
	}
	if p.Requests > 0 {
		parts = append(parts, fmt.Sprintf("%.1f/s", perSecond), size(p.Bytes))
	}
	if done > 0 && done < p.Due && elapsed > time.Second {
		left := time.Duration(float64(elapsed) / float64(done) * float64(p.Due-done))
		parts = append(parts, took(left.Round(time.Second))+" left")
	}
	s := strings.Join(parts, gap)
	if width := t.columns(pageWidth) - 1 - textWidth(s) - len(gap); width >= 10 && p.Due > 0 {
		width = min(width, 30)
		b := bar(float64(done)/float64(p.Due), width)
		return t.in(green, b) + t.in(dim, strings.Repeat("░", width-textWidth(b))) + gap + s
	}
	return cut(s, t.columns(pageWidth)-1)
}

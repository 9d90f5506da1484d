package main

import (
	"fmt"
	"strings"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/harmless"
)

// progressLine turns the reports of a pass into the line at the foot of a
// terminal. It is not safe for concurrent use.
type progressLine struct {
	out   *console
	drawn time.Time
	stage crawl.Stage
	base  int    // requests made before the stage began
	pause string // what the line said of a pause
}

const redraw = 100 * time.Millisecond

func (l *progressLine) show(p crawl.Progress) {
	if p.Stage != l.stage {
		l.stage, l.base, l.drawn = p.Stage, p.Requests, time.Time{}
	}
	if p.Paused != l.pause {
		l.pause, l.drawn = p.Paused, time.Time{}
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
	if p.Paused != "" {
		return cut("paused: "+harmless.Line(p.Paused), t.columns(pageWidth)-1)
	}
	done, total, parts := p.Looked, p.Listings, []string{"listings"}
	if p.Stage == crawl.StageFilings {
		done, total, parts = p.Recorded+p.Deferred+p.Rejected, p.Due, []string{"filings"}
	}
	if p.Stage == crawl.StageChecking {
		parts[0] = "checked"
	}
	if p.Stage == crawl.StageChecking && total > 0 {
		total = max(total, done)
	}
	parts[0] += " " + count(done)
	if total > 0 {
		parts[0] += "/" + count(total)
	}
	if p.Stage != crawl.StageFilings && p.Listing != "" {
		parts = append(parts, harmless.Line(p.Listing))
	}
	if p.Deferred > 0 {
		parts = append(parts, count(p.Deferred)+" deferred")
	}
	if p.Rejected > 0 {
		parts = append(parts, count(p.Rejected)+" rejected")
	}
	if p.Stage == crawl.StageChecking && p.Listing == "" && done > p.Earlier && elapsed > time.Second/2 {
		parts = append(parts, checkingRate(p, elapsed))
	}
	if requests > 0 && elapsed > time.Second/2 {
		parts = append(parts, fmt.Sprintf("%.1f/s", float64(requests)/elapsed.Seconds()), size(p.Bytes))
	}
	if requests == 0 && p.Stage == crawl.StageFilings && done > 0 && elapsed > time.Second/2 { // from the archive
		parts = append(parts, count(int(float64(done)/elapsed.Seconds()))+"/s")
	}
	if now := done - p.Earlier; now > 0 && done < total && elapsed > time.Second {
		left := time.Duration(float64(elapsed) / float64(now) * float64(total-done))
		parts = append(parts, took(left.Round(time.Second))+" left")
	}
	return withBar(strings.Join(parts, gap), done, total, t)
}

// checkingRate is how fast submissions are checked, and their bytes read.
func checkingRate(p crawl.Progress, elapsed time.Duration) string {
	rate := fmt.Sprintf("%s/s", count(int(float64(p.Looked-p.Earlier)/elapsed.Seconds())))
	if p.Bytes > 0 {
		rate += gap + size(int64(float64(p.Bytes)/elapsed.Seconds())) + "/s"
	}
	return rate
}

// withBar sets a bar before s where the line has room for one.
func withBar(s string, done, total int, t *terminal) string {
	room := t.columns(pageWidth) - 1
	width := min(room-textWidth(s)-len(gap), 30)
	if width < 10 || total == 0 {
		return cut(s, room)
	}
	b := bar(float64(done)/float64(total), width)
	return t.in(green, b) + t.in(dim, strings.Repeat("░", width-textWidth(b))) + gap + s
}

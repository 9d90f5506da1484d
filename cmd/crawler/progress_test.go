package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/edgard/crawl"
)

func TestTheProgressLineTellsRateCountsAndTimeLeft(t *testing.T) {
	out, _ := paper(100, false)
	p := crawl.Progress{Stage: crawl.StageFilings, Due: 1240, Recorded: 300, Deferred: 9, Rejected: 1, Bytes: 31e6, Requests: 310}
	got := progressText(p, 310, 40*time.Second, out)
	for _, want := range []string{"filings 310/1,240", "9 deferred", "1 rejected", "7.8/s", "31.0 MB", "2 m 00 s left", "░"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not hold %q", got, want)
		}
	}
	p = crawl.Progress{Stage: crawl.StageListings, Listings: 130, Looked: 12, Listing: "2016Q3"}
	if got, want := progressText(p, 12, time.Second, out), "listings 12/130  2016Q3  12.0/s  0 bytes"; !strings.Contains(got, want) {
		t.Errorf("%q does not hold %q", got, want)
	}
	p = crawl.Progress{Stage: crawl.StageChecking, Looked: 61234, Listing: "2016Q3"}
	if got, want := progressText(p, 0, time.Minute, out), "checked 61,234  2016Q3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheProgressLineOfAResumedVerificationCountsTimeFromItsResumption(t *testing.T) {
	out, _ := paper(100, false)
	p := crawl.Progress{Stage: crawl.StageChecking, Looked: 60_000, Earlier: 50_000, Listings: 100_000, Bytes: 3e9}
	if got, want := progressText(p, 0, 10*time.Second, out), "checked 60,000/100,000  1,000/s  300.0 MB/s  40 s left"; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheProgressLineTellsAPauseAndItsReason(t *testing.T) {
	out, b := paper(60, false)
	l := &progressLine{out: newConsole(out)}
	p := crawl.Progress{Stage: crawl.StageFilings, Due: 12, Recorded: 3}
	l.show(p)
	p.Paused = "the disk of /data is nearly full, with 1000 bytes (0.0 MB) free: make room there"
	l.show(p)
	p.Paused = ""
	l.show(p)
	lines := strings.Split(b.String(), eraseLine)
	if len(lines) != 4 || !strings.HasPrefix(lines[2], "paused: the disk of /data is nearly full") || textWidth(lines[2]) >= 60 || !strings.Contains(lines[3], "filings 3/12") {
		t.Errorf("drew %q, want the pause between two lines of counts", lines)
	}
}

func TestTheProgressLineNeverWraps(t *testing.T) {
	p := crawl.Progress{Stage: crawl.StageFilings, Due: 2_000_000, Recorded: 1_234_567, Deferred: 1234, Rejected: 99, Bytes: 31e9, Requests: 1_300_000}
	for width := 10; width < 200; width++ {
		out, _ := paper(width, false)
		if got := progressText(p, 1_300_000, 40*time.Hour, out); textWidth(got) >= width {
			t.Errorf("width %d: line of %d columns: %q", width, textWidth(got), got)
		}
	}
}

func TestMoreThanWasExpectedFillsTheBar(t *testing.T) {
	out, _ := paper(100, false)
	p := crawl.Progress{Stage: crawl.StageFilings, Due: 10, Recorded: 12}
	if got := progressText(p, 0, 0, out); strings.Contains(got, "░") || !strings.Contains(got, "filings 12/10") {
		t.Errorf("got %q", got)
	}
}

func TestLinesAppearAboveTheProgressLine(t *testing.T) {
	out, b := paper(80, false)
	c := newConsole(out)
	c.progress("half way")
	fmt.Fprintln(c, "a log line")
	c.progress("")
	c.progress("")
	if got, want := b.String(), eraseLine+"half way"+eraseLine+"a log line\nhalf way"+eraseLine; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestThereIsNoProgressLineInAPipe(t *testing.T) {
	out, b := paper(0, false)
	c := newConsole(out)
	c.progress("half way")
	fmt.Fprintln(c, "a log line")
	if got, want := b.String(), "a log line\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

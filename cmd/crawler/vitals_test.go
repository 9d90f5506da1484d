package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
)

func TestTheStatusOfADaemonTellsWhatItDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, told := managed(0)
		out, b := paper(80, false)
		until := time.Time{}
		v := &vitals{app: &app{err: newConsole(out)}, manager: m, line: progressLine{out: newConsole(out)},
			cooling: func() (crawl.Allowance, error) { return crawl.Allowance{Host: "sec.gov", Until: until}, nil }}
		acc, err := edgar.ParseAccession("0009000001-24-000007")
		if err != nil {
			t.Fatal(err)
		}
		v.progress(crawl.Progress{Stage: crawl.StageListings, Listing: "2024Q1", Listings: 130, Looked: 1})
		v.progress(crawl.Progress{Stage: crawl.StageListings, Listing: "2023Q4", Listings: 130, Looked: 2})
		v.progress(crawl.Progress{Stage: crawl.StageFilings, Due: 1200, Recorded: 3, Deferred: 1})
		v.progress(crawl.Progress{Stage: crawl.StageFilings, Due: 1200, Paused: "no space\x1b left"})
		until = time.Now().Add(crawl.CoolDown)
		v.alive()
		v.progress(crawl.Progress{Stage: crawl.StageFilings, Due: 1200, Recorded: 4})
		until = time.Time{}
		v.alive()
		v.progress(crawl.Progress{Stage: crawl.StageChecking, Looked: 1, Listings: 60, Last: acc})
		v.progress(crawl.Progress{Stage: crawl.StageDone})
		v.progress(crawl.Progress{Stage: crawl.StageLive, Last: acc})
		want := []string{
			"STATUS=reading listings: 1 of 130, 2024Q1",
			"STATUS=fetching filings: 4 of 1,200, 1 deferred",
			"STATUS=paused: no space␛ left",
			"STATUS=waiting until 2000-01-01 00:10:00 UTC: sec.gov says we ask too fast",
			"STATUS=fetching filings: 4 of 1,200, 0 deferred",
			"STATUS=reading a sample of the archive back: 1 of 60",
			"STATUS=waiting for filings",
			"STATUS=waiting for filings; the last was 0009000001-24-000007 at 2000-01-01 00:00:00 UTC",
		}
		if diff := cmp.Diff(want, *told); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if want := eraseLine + "waiting for filings; the last was 0009000001-24-000007"; !strings.Contains(b.String(), want) {
			t.Errorf("the terminal shows %q, want %q at the end", b.String(), want)
		}
	})
}

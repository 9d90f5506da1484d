package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
)

func asking(t *testing.T, dir string, yes bool) (*agreement, *bytes.Buffer) {
	t.Helper()
	errs, b := paper(0, false)
	return &agreement{app: &app{err: newConsole(errs)}, dir: dir, yes: yes, rate: 8}, b
}

func TestALargeCrawlIsAskedForOnceAfterItsFigures(t *testing.T) {
	dir := t.TempDir()
	large := crawl.Plan{Filings: 60_000, Requests: 60_000, WireBytes: 30e9, DiskBytes: 20e9, Hours: 2.083}
	ask, said := asking(t, dir, false)
	if ask.confirm(large) {
		t.Error("60,000 filings went ahead unasked")
	}
	if want := "60,000 filings to fetch: 60,000 requests, about 30.0 GB on the wire and 20.0 GB on disk, 2 h 04 m"; !strings.Contains(said.String(), want) {
		t.Errorf("said %q, want %q", said, want)
	}
	ask, _ = asking(t, dir, true)
	if !ask.confirm(large) {
		t.Error("--yes was not enough")
	}
	ask, _ = asking(t, dir, false)
	if !ask.confirm(crawl.Plan{Filings: 55_000}) {
		t.Error("what was agreed to is asked for again")
	}
	if ask.confirm(crawl.Plan{Filings: 2_000_000}) {
		t.Error("far more than was agreed to went ahead")
	}
}

func TestWhatWasAgreedToIsForgottenOnceAPassIsComplete(t *testing.T) {
	_, flags := madeEDGAR(t)
	dir := flags[len(flags)-1]
	ask, _ := asking(t, dir, true)
	for _, c := range []struct {
		args []string
		kept bool
	}{
		{[]string{"--dry-run"}, true},
		{[]string{"--cik", "9000407"}, true},
		{[]string{"--limit", "3"}, true},
		{nil, false},
	} {
		if !ask.confirm(crawl.Plan{Filings: 60_000}) {
			t.Fatal("--yes was not enough")
		}
		synced(t, flags, append(c.args, "--from", "1994Q1")...)
		if _, err := os.Stat(ask.path()); (err == nil) != c.kept {
			t.Errorf("%v: %v, want it kept: %v", c.args, err, c.kept)
		}
	}
	if left, err := filepath.Glob(ask.path() + "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestASmallCrawlGoesAheadUnasked(t *testing.T) {
	for _, n := range []int{0, 1, manyFilings} {
		ask, _ := asking(t, t.TempDir(), false)
		if !ask.confirm(crawl.Plan{Filings: n}) {
			t.Errorf("%d filings: asked", n)
		}
	}
}

func TestTheSummarySaysWhatWasNotDone(t *testing.T) {
	got := reportText(crawl.Report{
		Listed: 6512, New: 1240, Recorded: 1236, Deferred: 2, Rejected: 1, Withdrawn: 1, Left: 3, Requests: 1250, FilingRequests: 1240,
		Bytes: 412e6, Seconds: 156, BadLines: 1, Stopped: "EDGAR answers nothing", Gaps: []string{"2024Q2: EDGAR does not have it", "evil\x1b[2J", "c", "d", "e", "f", "g"},
	})
	want := `6,512 filings listed, 1,240 of them new
1,236 recorded, 2 deferred, 1 rejected, 1 withdrawn, 3 left for the next pass
1,250 requests, 1,240 of them for filings; 412.0 MB in 2 m 36 s
1 line of listings could not be read
listing 2024Q2: EDGAR does not have it
listing evil␛[2J
listing c
listing d
listing e
and 2 more
ended early: EDGAR answers nothing
crawler status says why
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

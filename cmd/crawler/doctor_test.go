package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
)

// diagnosed runs what look does of a doctor whose configuration is set by edit, and
// returns what it says and the exit code that follows.
func diagnosed(t *testing.T, edit func(*doctorCommand), look func(*doctorCommand)) (said string, code int) {
	t.Helper()
	out, b := paper(0, false)
	d := &doctorCommand{app: &app{out: out, getenv: os.Getenv, environ: os.Environ}, eff: &effective{config: defaultConfig()}}
	edit(d)
	look(d)
	return b.String(), worst(d.faults)
}

func TestAFindingIsLaidOutWithItsRemedyBelow(t *testing.T) {
	out, _ := paper(60, false)
	f := finding{"disk", "warn", "1.0 MB free at /srv/edgard, and 12,000 filings to fetch need about 3.1 GB", "make room, or begin later"}
	want := `warn   disk           1.0 MB free at /srv/edgard, and 12,000
                      filings to fetch need about 3.1 GB
                      → make room, or begin later
`
	if diff := cmp.Diff(want, f.text(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheWorstFaultGivesTheExitCode(t *testing.T) {
	for _, c := range []struct {
		faults []int
		want   int
	}{
		{nil, 0}, {[]int{2}, 2}, {[]int{2, 4}, 4}, {[]int{4, 1, 2}, 1},
	} {
		if got := worst(c.faults); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.faults, got, c.want)
		}
	}
}

func TestEveryReasonOfNotReachingEDGARHasItsRemedy(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   int
		remedy string
	}{
		{&crawl.ThrottledError{}, 4, "wait"},
		{&crawl.UndeclaredError{}, 4, "name and e-mail"},
		{&crawl.StatusError{Status: 503}, 1, "EDGAR's side"},
		{&net.DNSError{}, 1, "name servers"},
		{errors.New("x509: certificate has expired"), 1, "certificates"},
		{context.DeadlineExceeded, 1, "network"},
	} {
		code, remedy := unreached(fmt.Errorf("GET /robots.txt: %w", c.err))
		if code != c.code || !strings.Contains(remedy, c.remedy) {
			t.Errorf("%v: exit code %d, %q; want %d, %q", c.err, code, remedy, c.code, c.remedy)
		}
	}
}

func TestAClockThatIsOffIsSaidToBe(t *testing.T) {
	for _, c := range []struct {
		off  time.Duration
		want string
	}{
		{0, "ok     clock          within"},
		{-10 * time.Minute, "warn   clock          10 m 00 s ahead of EDGAR's"},
		{2 * time.Hour, "warn   clock          2 h 00 m behind EDGAR's"},
	} {
		said, code := diagnosed(t, func(*doctorCommand) {}, func(d *doctorCommand) { d.clock(crawl.Reached{Date: time.Now().Add(c.off)}) })
		if !strings.HasPrefix(said, c.want) || code != exitDone {
			t.Errorf("%v: %q, exit code %d; want %q and a warning at most", c.off, said, code, c.want)
		}
	}
}

func TestFilesOfATimeToComeAreAWarning(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "journal.jsonl")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	said, _ := diagnosed(t, func(*doctorCommand) {}, func(d *doctorCommand) { d.fileTimes(dir, "nowhere") })
	if said != "" {
		t.Errorf("said %q of a file of now", said)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(name, later, later); err != nil {
		t.Fatal(err)
	}
	said, _ = diagnosed(t, func(*doctorCommand) {}, func(d *doctorCommand) { d.fileTimes(dir, "nowhere") })
	if !strings.HasPrefix(said, "warn   clock") || !strings.Contains(said, "from now") {
		t.Errorf("said %q", said)
	}
}

func TestADoctorAsksOnceAndOnlyWhenNamed(t *testing.T) {
	var asked []string
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.Method+" "+r.URL.Path) }))
	defer srv.Close()
	look := func(d *doctorCommand) { d.reach(t.Context()) }
	for _, c := range []struct {
		agent   string
		offline bool
		want    []string
	}{
		{"", false, nil},
		{"Jane Doe jane@doe.example", true, nil},
		{"Jane Doe jane@doe.example", false, []string{"GET /robots.txt"}},
	} {
		asked = nil
		said, code := diagnosed(t, func(d *doctorCommand) {
			d.eff.BaseURL, d.eff.UserAgent, d.offline, d.state = srv.URL, c.agent, c.offline, t.TempDir()
		}, look)
		if diff := cmp.Diff(c.want, asked); diff != "" || code != exitDone {
			t.Errorf("it said %q, exit code %d (-want +got):\n%s", said, code, diff)
		}
	}
}

func TestADoctorSeesWhetherTheDiskHoldsWhatIsAhead(t *testing.T) {
	dir := recorded(t, 3)
	said, code := diagnosed(t, func(d *doctorCommand) { d.eff.Data, d.state, d.eff.From = dir, dir, "1993Q1" }, (*doctorCommand).space)
	said = strings.Join(strings.Fields(said), " ")
	if !strings.Contains(said, "all filings since 1993-01-01 need about ") || code != exitDone {
		t.Errorf("said %q, exit code %d", said, code)
	}
	d := &doctorCommand{eff: &effective{config: defaultConfig()}}
	d.eff.Data, d.eff.From = dir, "2015Q1"
	late, _ := d.ahead()
	d.eff.From = "1993Q1"
	if all, _ := d.ahead(); late <= 0 || all <= late {
		t.Errorf("%d bytes since 1993, %d since 2015", all, late)
	}
}

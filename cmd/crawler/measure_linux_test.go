package main

import (
	"bufio"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest/synthetic"
)

// BenchmarkLargeSubmissions is one sync of 600 filings, 24 of them of 60 MB and two
// at a time, by the program itself and with the rate lifted. It reports the most
// memory resident, apart for what is the program's own (anon) and for pages of files
// that the kernel may take back, which are those of the program and of index.db.
func BenchmarkLargeSubmissions(b *testing.B) {
	for b.Loop() {
		m := measure{b: b, dir: b.TempDir(), plan: synthetic.Plan{Reports: 600, Large: 60 << 20, LargeEvery: 25}}
		m.serve()
		m.report("", m.sync("2024Q1", "2024Q1"), 600)
	}
}

// BenchmarkListings is a sync over 130 quarters with 22,000,000 rows, 2,000,000 of
// them 8-Ks, of which it fetches the newest 20,000, of 62 KB each; and then another
// that fetches one.
func BenchmarkListings(b *testing.B) {
	for b.Loop() {
		first, last := quarter(b, "1993Q1"), quarter(b, "2025Q2")
		m := measure{b: b, dir: b.TempDir(), plan: synthetic.Plan{First: first, Last: last, Reports: 2_000_000, Others: 10, Size: 62_000}}
		m.serve()
		m.report("", m.sync("1993Q1", "2025Q2", "--limit", "20000"), 20_000)
		m.report("again-", m.sync("1993Q1", "2025Q2", "--limit", "1"), 1)
		for _, name := range []string{"index.db", "journal.jsonl"} {
			if fi, err := os.Stat(filepath.Join(m.dir, name)); err == nil {
				b.ReportMetric(float64(fi.Size())/1e6, name+"-MB")
			}
		}
	}
}

func quarter(b *testing.B, s string) edgar.Quarter {
	b.Helper()
	q, err := edgar.ParseQuarter(s)
	if err != nil {
		b.Fatal(err)
	}
	return q
}

// measure is the program at work on a synthetic EDGAR.
type measure struct {
	b    *testing.B
	dir  string
	plan synthetic.Plan
	url  string
}

func (m *measure) serve() {
	m.b.Helper()
	s, err := synthetic.New(m.plan)
	if err != nil {
		m.b.Fatal(err)
	}
	srv := httptest.NewServer(s)
	m.b.Cleanup(srv.Close)
	m.url = srv.URL
}

// spent is what one run of the program took.
type spent struct {
	time, cpu  time.Duration
	anon, file int // kilobytes at most
}

// sync runs the program to its end.
func (m *measure) sync(from, to string, more ...string) (s spent) {
	m.b.Helper()
	cmd := exec.Command("crawler", append([]string{"sync", "--from", from, "--to", to, "--base-url", m.url, "--rate", "0", "--yes", "--quiet", "--data", m.dir, "--user-agent", "Edgard Test ops@edgard.dev"}, more...)...)
	cmd.Env = append(os.Environ(), "EDGARD_STATE_DIR="+filepath.Join(m.dir, "state"))
	var said strings.Builder
	cmd.Stderr = &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		m.b.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil {
				m.b.Fatalf("crawler: %v: %s", err, said.String())
			}
			s.time, s.cpu = time.Since(start), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
			return s
		case <-tick.C:
			s.anon, s.file = max(s.anon, resident(cmd.Process.Pid, "RssAnon:")), max(s.file, resident(cmd.Process.Pid, "RssFile:"))
		}
	}
}

// resident returns a number of kilobytes from a process's status.
func resident(pid int, name string) int {
	f, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0 // it has ended
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) == 3 && words[0] == name {
			n, _ := strconv.Atoi(words[1])
			return n
		}
	}
	return 0
}

func (m *measure) report(prefix string, s spent, filings int) {
	m.b.ReportMetric(s.time.Seconds(), prefix+"s")
	m.b.ReportMetric(s.cpu.Seconds(), prefix+"cpu-s")
	m.b.ReportMetric(float64(s.anon)/1024, prefix+"anon-MB")
	m.b.ReportMetric(float64(s.file)/1024, prefix+"file-MB")
	m.b.ReportMetric(float64(filings)/s.time.Seconds(), prefix+"filings/s")
}

package crawl

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest/synthetic"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// serveReports names the variable that makes a test binary a server of so many
// synthetic reports.
const serveReports = "EDGARD_SERVE_REPORTS"

func TestMain(m *testing.M) {
	if n, err := strconv.Atoi(os.Getenv(serveReports)); err == nil {
		serveSynthetic(n)
		return
	}
	os.Exit(m.Run())
}

// serveSynthetic prints its address and what gzip makes of its submissions, and
// serves until standard input ends.
func serveSynthetic(reports int) {
	s, err := synthetic.New(synthetic.Plan{Reports: reports})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	srv := httptest.NewServer(s)
	fmt.Println(srv.URL, s.Ratio())
	io.Copy(io.Discard, os.Stdin)
}

// startSynthetic starts a server of so many reports in a process of its own.
func startSynthetic(b *testing.B, reports int) (url string, ratio float64) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", serveReports, reports))
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { stdin.Close(); cmd.Wait() })
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	if _, err := fmt.Sscan(line, &url, &ratio); err != nil {
		b.Fatalf("the server said %q: %v", line, err)
	}
	return url, ratio
}

// BenchmarkBulk crawls filings of 200 KB, served gzipped by another process on
// loopback, with the rate lifted and everything included: listing, fetch, gunzip,
// hash, compression, fsync, parse, index. One operation is one filing. Beside it, in
// the same run, a bare client fetches the same filings and writes each into a file
// with fsync and rename. CPU is that of this process alone.
func BenchmarkBulk(b *testing.B) {
	url, ratio := startSynthetic(b, b.N)
	first, last := day("2024-01-01"), day("2024-03-31")
	bare, bareCPU := measured(func() { bareClient(b, url) })
	dir := b.TempDir()
	ix, err := index.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	ar, err := archive.Open(dir + "/archive")
	if err != nil {
		b.Fatal(err)
	}
	defer ar.Close()
	c, err := New(Config{UserAgent: testAgent, BaseURL: url, StateDir: dir + "/state", ListingsDir: dir + "/listings", Index: ix, Archive: ar})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	took, cpu := measured(func() {
		if r, err := c.Sync(b.Context(), Scope{From: first, To: last}); err != nil || r.Recorded != b.N {
			b.Fatalf("recorded %d of %d: %v", r.Recorded, b.N, err)
		}
	})
	b.StopTimer()
	n := float64(b.N)
	b.ReportMetric(n/took.Seconds(), "filings/s")
	b.ReportMetric(cpu.Seconds()*1000/n, "cpu-ms/filing")
	b.ReportMetric(n/bare.Seconds(), "bare-filings/s")
	b.ReportMetric(bareCPU.Seconds()*1000/n, "bare-cpu-ms/filing")
	b.ReportMetric(bare.Seconds()/took.Seconds(), "of-bare")
	b.ReportMetric(ratio, "gzip-ratio")
}

// measured returns the time and the CPU time that f takes.
func measured(f func()) (took, cpu time.Duration) {
	start, before := time.Now(), cpuTime()
	f()
	return time.Since(start), cpuTime() - before
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// bareClient fetches what the listing of 2024Q1 names, as many at a time as a
// crawler does, and keeps it durably, with the standard library alone.
func bareClient(b *testing.B, url string) {
	b.Helper()
	dir := b.TempDir()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	res, err := client.Get(url + "/Archives/edgar/full-index/2024/QTR1/master.gz")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	paths := make(chan string)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for path := range paths {
				if err := keepBare(client, url+path, filepath.Join(dir, filepath.Base(path))); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for row, err := range parse.NewListing(res.Body, edgar.CurrentReports()...).Rows() {
		if err != nil {
			b.Error(err)
		}
		paths <- edgar.SubmissionPath(row.CIK, row.Accession)
	}
	close(paths)
	all.Wait()
}

func keepBare(client *http.Client, url, name string) error {
	res, err := client.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return writeBare(res.Body, name)
}

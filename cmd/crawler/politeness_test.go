//go:build unix

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgartest"
)

// sharing makes n households of one user: each has its own archive, and all of
// them share what is to be shared.
func sharing(t *testing.T, n int) []*household {
	t.Helper()
	hs := make([]*household, n)
	for i := range hs {
		hs[i] = newHousehold(t)
		hs[i].state = hs[0].state
	}
	return hs
}

// defaultPass is a pass at the rate that nobody chose.
func defaultPass(e *edgarServer) []string {
	return []string{"sync", "--json", "--from", "2023Q3", "--to", "2024Q1", "--base-url", e.url}
}

// Three processes at once, one of them killed and begun anew, redirects and
// retries among what they ask for: the arrivals at the server, which is another
// process, are all that counts.
func TestProcessesTogetherNeverAskMoreThanNineTimesInASecond(t *testing.T) {
	for try := range 3 {
		arrivals, stall := observePoliteness(t)
		most, first := busiest(arrivals)
		mean := arrivals[len(arrivals)-1].Sub(arrivals[0]) / time.Duration(len(arrivals)-1)
		t.Logf("%d requests, %v apart on average, at most %d in a second; this process was held up for %v at most", len(arrivals), mean, most, stall)
		if most <= crawl.MaxRate {
			return
		}
		if stall < 50*time.Millisecond || try == 2 {
			t.Fatalf("%d requests within a second, the %dth and those after it; want at most %d", most, first+1, crawl.MaxRate)
		}
	}
}

// observePoliteness returns when requests arrived, and the longest time for which
// the machine let this process, and so perhaps the others, not run.
func observePoliteness(t *testing.T) (arrivals []time.Time, stall time.Duration) {
	t.Helper()
	e := serveEDGAR(t, busyWorld(t, 60))
	e.Script("/Archives/edgar/full-index/2024/QTR1/master.gz", edgartest.Unavailable, edgartest.Unavailable)
	e.Script("/Archives/edgar/full-index/2023/QTR4/master.gz", edgartest.Redirect("/Archives/edgar/full-index/2023/QTR4/master.idx"))
	for i := range 10 {
		s := e.Submissions()[i*5]
		path := "/Archives/edgar/data/" + s.Filers[0].CIK.String() + "/" + s.Accession.String() + ".txt"
		e.Script(path, edgartest.Redirect("/Archives/edgar/data/"+s.Filers[0].CIK.String()+"/"+s.Accession.Digits()+"/"+s.Accession.String()+".txt"))
	}
	stop, watched := make(chan struct{}), make(chan time.Duration)
	go func() { watched <- longestGap(stop) }()
	hs := sharing(t, 3)
	anew, enough := e.after(24), e.after(64)
	var ps []*process
	for _, h := range hs {
		ps = append(ps, h.start(nil, defaultPass(e)...))
	}
	<-anew
	ps[0].kill()
	ps = append(ps, hs[0].start(nil, defaultPass(e)...))
	select {
	case <-enough:
	case <-time.After(time.Minute):
		t.Fatal("64 requests take more than a minute")
	}
	close(stop)
	stall = <-watched
	for _, p := range ps {
		p.kill()
		if strings.Contains(p.errs.String(), "too fast") {
			t.Errorf("a process was told so: %s", p.errs.String())
		}
	}
	return slices.SortedFunc(slices.Values(e.arrivals), time.Time.Compare), stall
}

func longestGap(stop <-chan struct{}) (longest time.Duration) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for last := time.Now(); ; {
		select {
		case <-tick.C:
			now := time.Now()
			longest, last = max(longest, now.Sub(last)), now
		case <-stop:
			return longest
		}
	}
}

// busiest returns the most arrivals in any sliding second, and where it begins.
func busiest(arrivals []time.Time) (most, first int) {
	for i, from := range arrivals {
		n := 0
		for _, at := range arrivals[i:] {
			if at.Sub(from) < time.Second {
				n++
			}
		}
		if n > most {
			most, first = n, i
		}
	}
	return most, first
}

func TestOneProcessThrottledSilencesAllOfThem(t *testing.T) {
	e := serveEDGAR(t, busyWorld(t, 60))
	hs := sharing(t, 3)
	some := e.after(8)
	p, q := hs[0].start(nil, defaultPass(e)...), hs[1].start(nil, defaultPass(e)...)
	<-some
	e.Script("*", edgartest.Throttled)
	for _, p := range []*process{p, q} {
		if code := p.code(); code != exitRefused || !strings.Contains(p.errs.String(), "says we ask too fast: no request before ") {
			t.Errorf("code %d, %q; want %d and until when", code, p.errs.String(), exitRefused)
		}
	}
	asked := e.Requests()
	refused := slices.IndexFunc(asked, func(r edgartest.Request) bool { return r.Answer == "Throttled" })
	if refused < 0 {
		t.Fatal("nobody was throttled")
	}
	for _, r := range asked[refused+1:] { // one of the other's may be on its way
		if late := r.At.Sub(asked[refused].At); late > 500*time.Millisecond {
			t.Errorf("a request for %s %v after the refusal", r.Path, late)
		}
	}
	for _, h := range []*household{hs[2], hs[0]} {
		late := h.start(nil, defaultPass(e)...)
		if code := late.code(); code != exitRefused || !strings.Contains(late.errs.String(), "no request before ") {
			t.Errorf("begun in the cool-down: code %d, %q; want %d and until when", code, late.errs.String(), exitRefused)
		}
	}
	if got := len(e.Requests()); got != len(asked) {
		t.Errorf("%d requests in the cool-down, want none", got-len(asked))
	}
	if out := hs[0].run("status", "--base-url", e.url); !strings.Contains(out, "too fast") && !strings.Contains(out, "until") {
		t.Errorf("status does not say that requests pause:\n%s", out)
	}
}

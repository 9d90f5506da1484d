package crawl

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

var updateFaults = flag.Bool("update-faults", false, "rewrite testdata/faults.md, the table of what each fault leads to")

// wrong is trouble that EDGAR can make, for requests of a kind if that has any
// such.
type wrong struct {
	name   string
	answer func(k kind) edgartest.Answer
	when   when
}

type when int

const (
	aboutIt  when = iota // whenever something of the kind is asked for
	aboutUs              // likewise, and it is about who asks
	aboutAll             // a refusal of everything, from the first answer on
)

func one(a edgartest.Answer) func(kind) edgartest.Answer {
	return func(kind) edgartest.Answer { return a }
}

func page(status int) func(kind) edgartest.Answer {
	return one(edgartest.Body(status, "text/html", []byte("<html><body>"+http.StatusText(status)+"</body></html>")))
}

var everyWrong = []wrong{
	{"304, unasked", page(304), aboutIt},
	{"403, no such object", one(edgartest.AccessDenied), aboutIt},
	{"404", one(edgartest.NoSuchKey), aboutIt},
	{"410", page(410), aboutIt},
	{"500", page(500), aboutIt},
	{"502", page(502), aboutIt},
	{"503", one(edgartest.Unavailable), aboutIt},
	{"redirect to itself", func(k kind) edgartest.Answer { return edgartest.Redirect(k.path) }, aboutIt},
	{"redirect to another host", one(edgartest.Redirect("https://elsewhere.example/")), aboutIt},
	{"200, an html page", page(200), aboutIt},
	{"200, another of its kind", func(k kind) edgartest.Answer { return k.another }, aboutIt},
	{"200, another form", func(k kind) edgartest.Answer { return k.form }, aboutIt},
	{"200, without end", func(kind) edgartest.Answer { return edgartest.Normal }, aboutIt},
	{"200, nothing", one(edgartest.Empty), aboutIt},
	{"200, half of it, by its length whole", one(edgartest.Truncated), aboutIt},
	{"200, half of it, then cut off", one(edgartest.CutOff), aboutIt},
	{"200, gzip with a wrong checksum", one(edgartest.CorruptGzip), aboutIt},
	{"half of it, then silence", one(edgartest.Stall), aboutIt},
	{"silence", one(edgartest.Hang), aboutIt},
	{"connection reset", one(edgartest.Reset), aboutIt},
	{"403, too fast", one(edgartest.Throttled), aboutUs},
	{"429", one(edgartest.TooMany), aboutUs},
	{"200, too fast", one(edgartest.ThrottledOK), aboutUs},
	{"403, too fast, from the first answer on", one(edgartest.Throttled), aboutAll},
	{"403, undeclared, after good answers", one(edgartest.Undeclared), aboutUs},
	{"403, undeclared, from the first answer on", one(edgartest.Undeclared), aboutAll},
}

const endless = "200, without end"

// kind is one kind of thing that EDGAR is asked for.
type kind struct {
	name    string
	about   string
	path    string           // one of them
	prefix  string           // of the paths of them all
	patient bool             // whoever asks waits a pause out, and so is refused but once
	another edgartest.Answer // nil: has no meaning here
	form    edgartest.Answer
	meet    func(t *testing.T, h *house, c *Crawler) effect
}

// effect is what a fault leads to.
type effect struct{ remains, next, pause, exit string }

const lately, longAgo = "0000900001-24-000011", "0000900001-24-000001"

func kinds(w *edgartest.World) []kind {
	text := func(s string) edgartest.Answer { return edgartest.Body(200, "text/plain", []byte(s)) }
	filing := func(a string) string { return "/Archives/edgar/data/900001/" + a + ".txt" }
	inForm := func(a string) edgartest.Answer {
		return text(strings.ReplaceAll(string(must(w.Body(acc(a)))), "8-K", "10-Q"))
	}
	return []kind{
		{
			name: "A quarterly listing", about: "Asked for by `sync`; all its formats answer alike",
			path: "/Archives/edgar/full-index/2024/QTR1/master.gz", prefix: "/Archives/edgar/full-index/2024/QTR1/",
			another: text("<SEC-DOCUMENT>0000900001-24-000011.txt\n"), meet: meetListing,
		},
		{
			name: "A filing of today", about: "Asked for by `sync`",
			path: filing(lately), prefix: filing(lately), another: edgartest.Other(acc(longAgo)), form: inForm(lately), meet: meetFiling(lately),
		},
		{
			name: "A filing of four months ago", about: "Asked for by `sync`",
			path: filing(longAgo), prefix: filing(longAgo), another: edgartest.Other(acc(lately)), form: inForm(longAgo), meet: meetFiling(longAgo),
		},
		{
			name: "The live feed", about: "Polled by `run`, which waits a pause out",
			path: "/cgi-bin/browse-edgar?action=getcurrent", prefix: "/cgi-bin/", patient: true,
			another: text("CIK|Company Name|Form Type|Date Filed|Filename\n"), meet: meetFeed,
		},
		{
			name: "An issuer's own listing", about: "Asked for by `issuer`",
			path: "/submissions/CIK0000900001.json", prefix: "/submissions/",
			another: text(served(w, "/submissions/CIK0000900003.json")), meet: meetIssuer,
		},
	}
}

// served is what a world serves under a path.
func served(w *edgartest.World, path string) string {
	req := must(http.NewRequest(http.MethodGet, "http://127.0.0.1:1"+path, nil))
	req.Header.Set("User-Agent", testAgent)
	res := must(w.RoundTrip(req))
	defer res.Body.Close()
	return string(must(io.ReadAll(res.Body)))
}

// watched is the way to a world on which requests of a kind are counted, and can
// be answered without end.
type watched struct {
	*edgartest.World
	prefix  string
	endless bool
	asked   *atomic.Int64
}

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Path, w.prefix) {
		return w.World.RoundTrip(r)
	}
	w.asked.Add(1)
	if !w.endless {
		return w.World.RoundTrip(r)
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: 2 << 30, Body: io.NopCloser(zeros{}), Request: r}, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// meetListing, and its like below, make a pass into the fault and tell what comes
// of it.
func meetListing(t *testing.T, h *house, c *Crawler) effect {
	r, err := c.Sync(t.Context(), all2024())
	next := "by the next pass"
	if l, had, err := h.ix.Listing("2024Q1"); err != nil || had && l.Absent {
		next = "after the next Saturday"
	}
	return effect{remains: remainder(r, err), next: next, exit: exitOf(r, err)}
}

func meetIssuer(t *testing.T, h *house, c *Crawler) effect {
	r, err := c.Issuer(t.Context(), issuer("900001"))
	return effect{remains: remainder(r, err), next: "by the next pass", exit: exitOf(r, err)}
}

// remainder says what a pass without some listing leaves.
func remainder(r Report, err error) string {
	var misuse *MisuseError
	switch {
	case errors.As(err, &misuse):
		return "not read: " + misuse.Error()
	case err != nil:
		return "not read: the pass ended"
	case r.Stopped != "":
		return "not read: the pass ended, " + r.Stopped
	case len(r.Gaps) > 0:
		return "gap: " + strings.Join(r.Gaps, "; ")
	}
	return "all recorded"
}

func meetFiling(a string) func(*testing.T, *house, *Crawler) effect {
	return func(t *testing.T, h *house, c *Crawler) effect {
		r, err := c.Sync(t.Context(), all2024())
		x := effect{exit: exitOf(r, err), next: "by the next pass"}
		e, got := h.ix.Entry(acc(a))
		switch {
		case errors.Is(got, index.ErrNotFound):
			x.remains = "not known yet: the pass ended"
		case e.State == index.Deferred:
			x.next = window(time.Until(e.Next), 30*time.Second, 150*time.Second)
			fallthrough
		default:
			x.remains = string(e.State)
			if e.Reason != "" {
				x.remains += ": " + e.Reason
			}
		}
		if e.State == index.Rejected {
			x.next = "`--retry-rejected`"
		}
		return x
	}
}

func meetFeed(t *testing.T, h *house, c *Crawler) effect {
	c.Patient, c.door.patient = true, true
	d := &daemon{Crawler: c, rate: c.Rate, news: newBell(), older: newBell()}
	if err := d.adopt(since2024()); err != nil {
		t.Fatal(err)
	}
	p, start := d.newPoller(feedCurrent), time.Now()
	_, err := p.turn(withClass(t.Context(), live))
	x := effect{remains: "watermark where it was", exit: "goes on"}
	if err != nil {
		x.exit = exitOf(Report{}, err)
	}
	if waited := time.Since(start); waited >= CoolDown {
		x.pause = waited.String()
	}
	switch now := time.Now(); {
	case !p.good.IsZero():
		x.remains, x.next = "nothing: read after the pause", "a minute later"
	case p.again.After(now):
		x.next = window(p.again.Sub(now), 30*time.Second, time.Minute)
	}
	return x
}

// window is a window in words, if d lies in it.
func window(d, from, to time.Duration) string {
	if d < from || d > to {
		return d.String()
	}
	return fmt.Sprintf("in %v to %v", from, to)
}

// exitOf is the exit code that a command ends with.
func exitOf(r Report, err error) string {
	var throttled *ThrottledError
	var undeclared *UndeclaredError
	var misuse *MisuseError
	switch {
	case errors.As(err, &throttled):
		return "4, throttled"
	case errors.As(err, &undeclared):
		return "4, undeclared"
	case errors.As(err, &misuse):
		return "2"
	case err != nil:
		return "1: " + err.Error()
	case r.Differs():
		return "3"
	}
	return "0"
}

// TestEveryFaultLeadsToWhatItsTableSays makes every kind of answer go wrong in
// every way, and holds testdata/faults.md equal to what comes of it. Whatever the
// fault, nothing wrong is archived, nobody asks during a cool-down, and once EDGAR
// tells the truth the archive becomes complete.
func TestEveryFaultLeadsToWhatItsTableSays(t *testing.T) {
	var table bytes.Buffer
	table.WriteString(faultsHead)
	for _, k := range kinds(faultWorld(t)) {
		fmt.Fprintf(&table, "\n## %s\n\n%s.\n\n| EDGAR answers | requests | what remains | tried again | pause of all | exit code |\n|---|---|---|---|---|---|\n", k.name, k.about)
		for _, w := range everyWrong {
			if answer := w.answer(k); answer != nil {
				x, asked := meet(t, k, w, answer)
				x.remains = strings.NewReplacer(k.path, "PATH", k.prefix+"master.idx", "PATH").Replace(x.remains)
				fmt.Fprintf(&table, "| %s | %d | %s | %s | %s | %s |\n", w.name, asked, x.remains, x.next, x.pause, x.exit)
			}
		}
	}
	const golden = "testdata/faults.md"
	if *updateFaults {
		if err := os.WriteFile(golden, table.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(table.String(), "\n")); diff != "" {
		t.Errorf("%s (-want +got), rewritten by -update-faults:\n%s", golden, diff)
	}
}

const faultsHead = `# What each fault of EDGAR leads to

Written and checked by TestEveryFaultLeadsToWhatItsTableSays: each line was
observed. "Requests" are those of the kind, retries and hops included. In a pause
no process of the user makes any request. Whatever the fault, the archive took
nothing wrong, and was complete when EDGAR told the truth again.
`

func faultWorld(t *testing.T) *edgartest.World {
	t.Helper()
	w := edgartest.New()
	err := w.Add(made(longAgo, "8-K", "2024-02-05", "900001"), made(lately, "8-K", "2024-06-20", "900001"), made("0000900003-24-000001", "8-K", "2024-05-02", "900003"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// meet lets a new house meet a fault, and afterwards the truth.
func meet(t *testing.T, k kind, w wrong, answer edgartest.Answer) (x effect, asked int64) {
	t.Helper()
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := houseIn(t, faultWorld(t))
		var count atomic.Int64
		way := watched{h.world, k.prefix, w.name == endless, &count}
		path := k.prefix + "*"
		if w.when == aboutAll {
			path = "*"
		}
		if w.when == aboutIt || !k.patient {
			answer = edgartest.Always(answer)
		}
		c := h.crawler(func(c *Config) { c.Transport = way })
		if w.when != aboutAll {
			_ = must(c.pages.get(t.Context(), "/Archives/edgar/full-index/2024/QTR2/master.idx", nil, io.Discard, maxListing))
		}
		h.world.Script(path, answer)
		x = k.meet(t, h, c)
		asked = count.Load()
		if x.pause == "" {
			x.pause = h.pause(k)
		}
		h.world.ClearScript()
		h.recovers(k, w, x)
	})
	return x, asked
}

// pause says how long nobody may ask, and fails when somebody does.
func (h *house) pause(k kind) string {
	h.t.Helper()
	a, err := ReadAllowance(h.dir+"/state", "http://127.0.0.1:1")
	if err != nil {
		h.t.Fatal(err)
	}
	if a.Until.IsZero() {
		return "none"
	}
	before, pause := len(h.world.Requests()), time.Until(a.Until)
	time.Sleep(pause - time.Second)
	var throttled *ThrottledError
	if _, err := h.crawler().Sync(h.t.Context(), all2024()); !errors.As(err, &throttled) || !throttled.Until.Equal(a.Until) {
		h.t.Errorf("%s: a pass in the pause: %v, want it throttled until %v", k.name, err, a.Until)
	}
	if n := len(h.world.Requests()) - before; n > 0 {
		h.t.Errorf("%s: %d requests in the pause", k.name, n)
	}
	time.Sleep(time.Second)
	return pause.String()
}

// recovers fails when the archive is not complete after one pass at the truth,
// or holds anything else.
func (h *house) recovers(k kind, w wrong, x effect) {
	h.t.Helper()
	time.Sleep(3 * time.Minute)
	s := all2024()
	s.RetryRejected = true
	if x.next == "after the next Saturday" {
		time.Sleep(4 * 24 * time.Hour)
	}
	h.sync(s)
	for _, a := range []string{longAgo, lately, "0000900003-24-000001"} {
		info, err := h.ar.Stat(acc(a))
		if want := sha256.Sum256(must(h.world.Body(acc(a)))); err != nil || info.Revision != 1 || info.SHA256 != want {
			h.t.Errorf("%s, %s: %s archived as %+v, %v; want its own bytes, once", k.name, w.name, a, info, err)
		}
	}
	if n := len(h.filings()); n != 3 {
		h.t.Errorf("%s, %s: %d filings recorded in the end, want 3", k.name, w.name, n)
	}
}

//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

var (
	kills    = flag.Int("kills", 20, "how often TestKilledAnywhere kills the program")
	killSeed = flag.Uint64("kill-seed", 0, "repeat the moments of an earlier TestKilledAnywhere; 0 for new ones")
)

// busyPass is a pass over all of a busy world, as far as the clock has nothing to
// say in it; currentPass goes on to today.
func busyPass(e *edgarServer) []string {
	return append(currentPass(e), "--to", "2024Q1")
}

func currentPass(e *edgarServer) []string {
	return []string{"sync", "--json", "--rate", "0", "--from", "2023Q3", "--base-url", e.url}
}

// busyWorld is n reports, at most 300, of three quarters and three issuers, one in
// seven of another form and one in sixty of several megabytes.
func busyWorld(t *testing.T, n int) *edgartest.World {
	t.Helper()
	from, err := edgar.ParseQuarter("2023Q3")
	if err != nil {
		t.Fatal(err)
	}
	w := edgartest.New(edgartest.WithFrom(from))
	for i := range n {
		i += 300 - n
		s := busySubmission(t, i)
		if err := w.Add(s); err != nil {
			t.Fatal(err)
		}
		if i%60 != 7 {
			continue
		}
		body, err := w.Body(s.Accession)
		if err != nil {
			t.Fatal(err)
		}
		s.Body = withPicture(body, (1+i%4)<<20)
		if err := w.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func busySubmission(t *testing.T, i int) edgartest.Submission {
	t.Helper()
	s := edgartest.Submission{Items: []string{"2.02", "9.01"}}
	var err [4]error
	form := "8-K"
	if i%7 == 3 {
		form = "8-K/A"
	}
	s.Form, err[0] = edgar.ParseForm(form)
	s.Accession, err[1] = edgar.ParseAccession(fmt.Sprintf("00009%05d-24-%06d", 10+i%3, i+1))
	s.Filed, err[2] = edgar.ParseDate("2023-07-05")
	s.Filed = s.Filed.AddDays(i * 9 / 10)
	for n := range 1 + i%2 { // every other one has co-registrants
		var c edgar.CIK
		c, err[3] = edgar.CIKFromInt(int64(900010 + (i+n)%3))
		s.Filers = append(s.Filers, edgartest.Filer{CIK: c, Name: fmt.Sprintf("Tidewater Lens Works %d", (i+n)%3)})
	}
	for _, err := range err {
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// withPicture adds a uuencoded document of about size bytes to a submission.
func withPicture(body []byte, size int) []byte {
	var b bytes.Buffer
	b.WriteString("<DOCUMENT>\n<TYPE>GRAPHIC\n<SEQUENCE>9\n<FILENAME>plant.jpg\n<TEXT>\nbegin 644 plant.jpg\n")
	noise := rand.New(rand.NewPCG(uint64(size), 1))
	for b.Len() < size {
		b.WriteByte('M')
		for range 60 {
			b.WriteByte(byte('!' + noise.IntN(64)))
		}
		b.WriteByte('\n')
	}
	b.WriteString("`\nend\n</TEXT>\n</DOCUMENT>\n")
	mark := bytes.LastIndex(body, []byte("</SEC-DOCUMENT>"))
	return append(append(bytes.Clone(body[:mark]), b.Bytes()...), body[mark:]...)
}

// remains is all that two complete archives of the same filings have in common.
type remains struct {
	Archive map[string]string
	Index   map[string]string
}

func (h *household) remains() remains { return remains{h.archived(), h.timeless()} }

// undisturbed is what a pass leaves that nobody kills. Every submission of the
// world is in it.
func undisturbed(t *testing.T, e *edgarServer, pass []string) remains {
	t.Helper()
	h := newHousehold(t)
	h.run(pass...)
	s := h.remains()
	served := map[string]string{}
	for _, sub := range e.Submissions() {
		body, err := e.Body(sub.Accession)
		if err != nil {
			t.Fatal(err)
		}
		served[sub.Accession.String()] = fmt.Sprintf("1: %d bytes %x", len(body), sha256.Sum256(body))
	}
	if diff := cmp.Diff(served, s.Archive); diff != "" {
		t.Fatalf("an undisturbed pass (-served +archived):\n%s", diff)
	}
	return s
}

// Twenty kills, or more:
//
//	go test ./cmd/crawler -run TestKilledAnywhere -kills 200 -v
func TestKilledAnywhereTheNextPassMakesTheArchiveWhole(t *testing.T) {
	moments := randomMoments(t)
	e := serveEDGAR(t, busyWorld(t, 300))
	want := undisturbed(t, e, busyPass(e))
	for killed, houses := 0, 0; killed < *kills; houses++ {
		h := newHousehold(t)
		again := 0
		for killed < *kills {
			if !h.cutShort(e, moments, busyPass(e)) {
				break
			}
			killed, again = killed+1, again+1
		}
		t.Logf("household %d: killed %d times, %d submissions archived when the last pass began", houses, again, len(h.archived()))
		h.completes(e, busyPass(e), want)
		if t.Failed() {
			t.Fatalf("after %d kills", killed)
		}
	}
}

func TestKilledDaemonsAreMadeUpForByTheNextPass(t *testing.T) {
	moments := randomMoments(t)
	e := serveEDGAR(t, busyWorld(t, 150))
	today, want := edgar.DateOf(time.Now()), undisturbed(t, e, currentPass(e))
	daemon := []string{"run", "--rate", "0", "--from", "2023Q3", "--base-url", e.url}
	for done := 0; done < max(1, *kills/20); {
		h := newHousehold(t)
		for range 4 {
			h.cutShort(e, moments, daemon)
		}
		if now := edgar.DateOf(time.Now()); now != today { // the day ended in the middle: once more
			today, want = now, undisturbed(t, e, currentPass(e))
			continue
		}
		h.completes(e, currentPass(e), want)
		done++
	}
}

func TestKilledWhileReindexingTheOldIndexStaysUntilTheNewOneIsThere(t *testing.T) {
	killedWhileRenewing(t, "reindex")
}

func TestKilledWhileCompactingTheOldIndexStaysUntilTheNewOneIsThere(t *testing.T) {
	killedWhileRenewing(t, "compact")
}

// killedWhileRenewing kills a command that puts a new index, of the same content, in
// the place of the old one.
func killedWhileRenewing(t *testing.T, command string) {
	moments := randomMoments(t)
	e := serveEDGAR(t, busyWorld(t, 60))
	h := newHousehold(t)
	h.run(busyPass(e)...)
	want := h.dump()
	for range max(4, *kills/10) {
		p := h.start(nil, command)
		select {
		case <-p.ended:
		case <-time.After(time.Duration(moments.Int64N(int64(100 * time.Millisecond)))):
		}
		p.kill()
		if diff := cmp.Diff(want, h.dump()); diff != "" {
			t.Fatalf("the index after a kill (-before +after):\n%s", diff)
		}
	}
	h.run(command)
	if diff := cmp.Diff(want, h.dump()); diff != "" {
		t.Errorf("the index after %s (-before +after):\n%s", command, diff)
	}
	h.hasNoLeftovers()
}

// randomMoments are told by a seed that is logged.
func randomMoments(t *testing.T) *rand.Rand {
	t.Helper()
	seed := *killSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("moments of -kill-seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// cutShort begins a command and kills it: a moment after a number of requests, or
// in one of eight soon after its start. It reports whether the command was not
// faster.
func (h *household) cutShort(e *edgarServer, moments *rand.Rand, command []string) (killed bool) {
	h.t.Helper()
	requests, moment := 1+moments.IntN(80), time.Duration(moments.Int64N(int64(10*time.Millisecond)))
	if moments.IntN(8) == 0 {
		requests, moment = 0, moment*6
	}
	h.refetchesNothing(e, func() {
		come := e.after(requests)
		p := h.start(nil, command...)
		select {
		case <-come:
			select {
			case <-p.ended:
			case <-time.After(moment):
			}
		case <-time.After(5 * time.Second): // a daemon with nothing left to ask for
		case <-p.ended:
		}
		p.kill()
		killed = p.cmd.ProcessState.ExitCode() == -1
		if !killed && p.cmd.ProcessState.ExitCode() != exitDone {
			h.t.Fatalf("crawler %s, after a kill, ended with code %d: %s", p.commandLine, p.cmd.ProcessState.ExitCode(), p.errs.String())
		}
	})
	return killed
}

// completes makes a pass that nobody kills, and compares what there is then with
// what an undisturbed one leaves.
func (h *household) completes(e *edgarServer, pass []string, want remains) {
	h.t.Helper()
	h.refetchesNothing(e, func() { h.run(pass...) })
	h.check(want)
}

// refetchesNothing fails when EDGAR is asked, while pass runs, for a submission
// that was in the archive before, or twice. No process of earlier may still run, or
// of pass when it returns.
func (h *household) refetchesNothing(e *edgarServer, pass func()) {
	h.t.Helper()
	e.settle(h.t)
	durable := h.archived()
	e.Reset()
	pass()
	e.settle(h.t)
	asked := map[string]int{}
	for _, q := range e.FilingRequests() {
		a := q.Accession.String()
		asked[a]++
		if _, had := durable[a]; had || asked[a] > 1 {
			h.t.Errorf("asked for %s %d times, in the archive before: %t", a, asked[a], had)
		}
	}
}

// check compares a data directory after a complete pass with what an undisturbed
// one leaves.
func (h *household) check(want remains) {
	h.t.Helper()
	if diff := cmp.Diff(want, h.remains()); diff != "" {
		h.t.Errorf("archive and index (-undisturbed +killed):\n%s", diff)
	}
	h.hasNoLeftovers()
	h.withIndex(func(ix *index.Store) {
		for _, err := range ix.Journal() {
			if err != nil {
				h.t.Errorf("the journal: %v", err)
			}
		}
	})
	var status struct{ States map[string]int }
	if err := json.Unmarshal([]byte(h.run("status", "--json")), &status); err != nil || status.States["recorded"] != len(want.Archive) {
		h.t.Errorf("status says %v, %v; want %d recorded", status.States, err, len(want.Archive))
	}
	if got := strings.Count(h.run("list", "--json", "--limit", "0"), "\n"); got != len(want.Archive) {
		h.t.Errorf("list has %d filings, want %d", got, len(want.Archive))
	}
	before := h.dump()
	h.run("reindex")
	if diff := cmp.Diff(before, h.dump()); diff != "" {
		h.t.Errorf("the index rebuilt (-before +after):\n%s", diff)
	}
}

// hasNoLeftovers fails for files that only an unfinished write needs.
func (h *household) hasNoLeftovers() {
	h.t.Helper()
	for _, dir := range []string{h.data, h.state} {
		err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (strings.Contains(d.Name(), "tmp") || filepath.Base(filepath.Dir(name)) == "tmp" || strings.HasSuffix(name, ".rebuild") || strings.HasSuffix(name, ".compact")) {
				h.t.Errorf("left behind: %s", name)
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			h.t.Error(err)
		}
	}
}

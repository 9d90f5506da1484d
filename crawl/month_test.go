package crawl

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// et is a moment of 2024 by Eastern clocks, as "03-08 14:30".
func et(s string) time.Time {
	return must(time.ParseInLocation("2006-01-02 15:04", "2024-"+s, edgar.Eastern()))
}

// span is a time in which something was wrong, or nobody there.
type span struct{ from, to time.Time }

func (s span) overlaps(from, to time.Time) bool { return from.Before(s.to) && s.from.Before(to) }

// month is the filings of some weeks, what goes wrong in them, and the daemon
// that lives through it.
type month struct {
	*house
	t     *testing.T
	subs  []edgartest.Submission
	gaps  []span // outages and downtimes: what became public then may be seen later
	serve func() error
	pace  pace
}

// press makes filings of every business day from one day to another, a few at any
// time of the day, most public a minute or two after their acceptance, those after
// 17:30 at six on the next business day.
func press(from, to edgar.Date) (subs []edgartest.Submission) {
	r := rand.New(rand.NewPCG(7, 11))
	n := 0
	add := func(form string, accepted time.Time) *edgartest.Submission {
		n++
		s := made(fmt.Sprintf("00009%05d-24-%06d", 1+n%7, n), form, edgar.DateOf(accepted).String(), fmt.Sprintf("9%05d", 1+n%7))
		s.Accepted = accepted.Truncate(time.Second)
		s.Public = s.Accepted.Add(time.Minute + time.Duration(r.IntN(90))*time.Second)
		subs = append(subs, s)
		return &subs[len(subs)-1]
	}
	for d := from; !to.Before(d); d = d.AddDays(1) {
		if !edgar.IsBusinessDay(d) {
			continue
		}
		open := dayOpens.on(d)
		add("8-K", open.Add(time.Duration(r.IntN(11*60))*time.Minute))
		if d.Day()%3 == 0 {
			next := d.AddDays(1)
			for !edgar.IsBusinessDay(next) {
				next = next.AddDays(1)
			}
			s := add("8-K/A", open.Add(12*time.Hour+time.Duration(r.IntN(180))*time.Minute))
			s.Filed, s.Public = next, dayOpens.on(next)
		}
		if d.Day()%5 == 0 {
			add("10-Q", open.Add(time.Duration(r.IntN(11*60))*time.Minute))
		}
		if d.Day()%7 == 0 { // late: three days after it was accepted
			s := add("8-K", open.Add(5*time.Hour))
			late := d.AddDays(3)
			for !edgar.IsBusinessDay(late) {
				late = late.AddDays(1)
			}
			s.Public = dayOpens.on(late).Add(5 * time.Hour)
		}
	}
	return subs
}

func (m *month) until(t time.Time) {
	m.t.Helper()
	if time.Now().After(t) {
		m.t.Fatalf("it is %v already, after %v", time.Now(), t)
	}
	time.Sleep(time.Until(t))
}

// slowly polls every ten minutes, so that a month takes seconds.
func slowly() pace { return pace{10 * time.Minute, 10 * time.Minute, 2 * time.Hour} }

func (m *month) start() {
	c := m.crawler(func(c *Config) { c.Rate = 8 })
	c.pace = m.pace
	m.serve = m.runWith(c, Daemon{Settings: Settings{Scope: Scope{From: day("2024-02-01")}}})
}

// stop ends the daemon and closes the stores.
func (m *month) stop() {
	m.t.Helper()
	if err := m.serve(); err != nil {
		m.t.Errorf("Run ended with %v, want nil", err)
	}
	m.close()
}

// broken makes every request go wrong in a way for a while.
func (m *month) broken(from, to time.Time, a edgartest.Answer) {
	m.until(from)
	m.world.Script("*", edgartest.Always(a))
	m.until(to)
	m.world.ClearScript()
	m.gaps = append(m.gaps, span{from, to.Add(16 * time.Minute)}) // and the longest pause after
}

func TestAMonthOfTheDaemonsLife(t *testing.T) {
	if testing.Short() {
		t.Skip("a month, where the tests of days run the same activities")
	}
	at(t, "2024-02-16 09:00", func(t *testing.T) {
		m := &month{t: t, pace: slowly(), subs: press(day("2024-02-08"), day("2024-04-02"))}
		p := made("0000900001-24-900001", "8-K", "2024-01-10", "900001")
		p.PrivateToPublic, p.Public = true, et("03-16 02:00")
		m.subs = append(m.subs, p)
		m.house = houseOn(t, inMemory(t), edgartest.New(edgartest.WithNightlyListings(), edgartest.WithLatency(150*time.Millisecond)))
		if err := m.world.Add(m.subs...); err != nil {
			t.Fatal(err)
		}
		m.live(t)
		m.checkFilings()
		m.checkRequests()
		m.checkPasses()
	})
}

// live is the timeline: a holiday on 19 February, clocks put forward on 10 March,
// the end of a quarter, and trouble.
func (m *month) live(t *testing.T) {
	started := time.Now()
	m.gaps = append(m.gaps, span{time.Time{}, started})
	m.start()
	m.broken(et("02-22 13:00"), et("02-22 17:00"), edgartest.Unavailable)
	m.broken(et("02-27 11:00"), et("02-27 11:20"), edgartest.Reset)
	m.broken(et("02-29 20:00"), et("03-01 08:00"), edgartest.Unavailable) // over a mark
	m.until(et("03-05 15:00"))
	m.world.Script("*", edgartest.Throttled)
	m.gaps = append(m.gaps, span{et("03-05 15:00"), et("03-05 15:12")})
	m.broken(et("03-07 10:00"), et("03-07 16:00"), edgartest.Body(200, "text/html", []byte("<!DOCTYPE html><html><body>Our site is being looked after.</body></html>")))
	m.until(et("03-20 12:34"))
	m.stop()
	m.until(et("03-25 07:00"))
	m.gaps = append(m.gaps, span{et("03-20 12:34"), et("03-25 07:05")})
	m.open()
	m.start()
	m.until(et("04-03 12:00"))
	if err := m.serve(); err != nil {
		t.Errorf("Run ended with %v, want nil", err)
	}
}

func (m *month) checkFilings() {
	m.t.Helper()
	var slowest time.Duration
	for _, s := range m.subs {
		if !s.Form.IsCurrentReport() || s.Filed.Before(day("2024-02-01")) {
			continue
		}
		f, err := m.ix.Filing(s.Accession)
		if err != nil {
			e, _ := m.ix.Entry(s.Accession)
			m.t.Errorf("%s, public %v: %v (%+v)", s.Accession, s.Public, err, e)
			continue
		}
		late := f.Seen.Sub(s.Public)
		excused := false
		for _, g := range m.gaps {
			excused = excused || g.overlaps(s.Public, f.Recorded)
		}
		if late < -time.Second || !excused && (late > m.pace.current+time.Minute || f.Recorded.Sub(f.Seen) > time.Minute || f.Recorded.Before(f.Seen)) {
			m.t.Errorf("%s: public %v, seen %v, recorded %v", s.Accession, s.Public.In(edgar.Eastern()), f.Seen.In(edgar.Eastern()), f.Recorded.In(edgar.Eastern()))
		}
		if !excused {
			slowest = max(slowest, late)
		}
	}
	m.t.Logf("the last to be seen was public for %v", slowest)
}

func (m *month) checkRequests() {
	m.t.Helper()
	served := map[edgar.Accession]int{}
	var blocked time.Time
	for _, q := range m.world.Requests() {
		if !q.Accession.IsZero() && q.Answer == "" {
			served[q.Accession]++
		}
		if d := q.At.Sub(blocked); !blocked.IsZero() && d < CoolDown && d > 0 {
			m.t.Errorf("a request %v after the throttle page", d)
		}
		if q.Answer == "Throttled" {
			blocked = q.At
		}
	}
	for _, s := range m.subs {
		want := 0
		if s.Form.IsCurrentReport() && !s.Filed.Before(day("2024-02-01")) {
			want = 1
		}
		if served[s.Accession] != want {
			m.t.Errorf("%s (%s) served %d times, want %d", s.Accession, s.Form, served[s.Accession], want)
		}
	}
	if n := m.world.MaxPerSecond(); n > 9 {
		m.t.Errorf("%d requests in a second, want 9 at most", n)
	}
	m.t.Logf("%d requests", len(m.world.Requests()))
}

// checkPasses looks for one complete pass after each mark, and for no others.
func (m *month) checkPasses() {
	m.t.Helper()
	ps, err := m.ix.Passes(1000)
	if err != nil {
		m.t.Fatal(err)
	}
	after, verified := map[time.Time][]index.Pass{}, map[time.Time]int{}
	for _, p := range ps {
		switch {
		case p.Command == "verify":
			verified[lastSunday(p.Start)]++
		case p.Command != "run":
			m.t.Errorf("a report of %q", p.Command)
		case p.Complete:
			mark := lastMark(p.Start)
			after[mark] = append(after[mark], p)
		}
	}
	down := span{et("03-20 12:34"), et("03-25 07:05")}
	for sunday := lastSunday(et("02-16 09:00")); sunday.Before(et("04-03 12:00")); sunday = lastSunday(sunday.Add(8 * 24 * time.Hour)) {
		if verified[sunday] != 1 {
			m.t.Errorf("%d samples verified in the week of %v, want one", verified[sunday], sunday)
		}
	}
	for mark := lastMark(et("02-16 09:00")); mark.Before(et("04-03 12:00")); mark = nextMark(mark) {
		got := after[mark]
		if down.overlaps(mark, nextMark(mark).Add(-time.Second)) && mark.After(down.from) && nextMark(mark).Before(down.to) {
			continue // nobody was there
		}
		if len(got) != 1 {
			m.t.Errorf("%d complete passes after the mark of %v, want one", len(got), mark)
			continue
		}
		if late := got[0].Start.Sub(mark); late > time.Minute && !m.excused(mark) {
			m.t.Errorf("the pass for the mark of %v began %v later", mark, late)
		}
	}
}

func (m *month) excused(t time.Time) bool {
	for _, g := range m.gaps {
		if g.overlaps(t, t.Add(time.Second)) {
			return true
		}
	}
	return false
}

package main

import (
	"cmp"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
)

// What doctor sees of this machine.

// environment looks for variables that get in the way, and says which proxy is
// used.
func (d *doctorCommand) environment() {
	for _, kv := range d.environ() {
		if name, _, _ := strings.Cut(kv, "="); strings.HasPrefix(name, "COLLY_") {
			d.fault(exitMisuse, "environment", "unset it", "%s would change how requests are made, so that nothing starts with it", name)
		}
	}
	if d.eff == nil {
		return
	}
	req, err := http.NewRequest(http.MethodGet, cmp.Or(d.eff.BaseURL, "https://www.sec.gov"), nil)
	if err != nil {
		return // the configuration's check has spoken
	}
	proxy, err := http.ProxyFromEnvironment(req)
	switch {
	case err != nil:
		d.fault(exitMisuse, "proxy", "correct HTTPS_PROXY and HTTP_PROXY, or unset them", "%v", err)
	case proxy != nil:
		d.ok("proxy", "requests to %s go through %s", req.URL.Host, proxy.Redacted())
	default:
		d.ok("proxy", "none: requests to %s go directly", req.URL.Host)
	}
}

// timeZone compares the rules of Eastern time with what is known of them.
func (d *doctorCommand) timeZone() {
	for month, hours := range map[time.Month]int{time.January: -5, time.July: -4} {
		_, offset := time.Date(2024, month, 15, 12, 0, 0, 0, edgar.Eastern()).Zone()
		if offset != hours*3600 {
			d.fault(exitOurs, "time zone", "unset ZONEINFO, or put right the zone files of this machine", "America/New_York is %d hours from UTC in %s, not %d", offset/3600, month, hours)
			return
		}
	}
	d.ok("time zone", "at EDGAR it is %s", time.Now().In(edgar.Eastern()).Format("Monday 2006-01-02 15:04 MST"))
}

const (
	maxSkew  = time.Minute
	maxFiles = 1000
)

// clock compares with what EDGAR says the time is.
func (d *doctorCommand) clock(r crawl.Reached) {
	if r.Date.IsZero() {
		return
	}
	skew := time.Since(r.Date) - r.Took/2
	if skew.Abs() > maxSkew {
		way := "ahead of"
		if skew < 0 {
			way = "behind"
		}
		d.warn("clock", "set the clock, best by NTP: days are counted in Eastern time and pauses by the clock", "%s %s EDGAR's", took(skew.Abs().Round(time.Second)), way)
		return
	}
	d.ok("clock", "within %s of EDGAR's", took(max(skew.Abs().Round(time.Second), time.Second)))
}

// fileTimes finds out whether files were written at a time to come.
func (d *doctorCommand) fileTimes(dirs ...string) {
	for _, dir := range dirs {
		entries, _ := os.ReadDir(dir) // what cannot be read is told of elsewhere
		for _, e := range entries[:min(len(entries), maxFiles)] {
			info, err := e.Info()
			if err == nil && time.Until(info.ModTime()) > maxSkew {
				d.warn("clock", "set the clock, best by NTP", "%s was written %s from now: the clock was ahead, or is behind", filepath.Join(dir, e.Name()), took(time.Until(info.ModTime())))
				return
			}
		}
	}
}

// stateDirectory looks at where the processes of the user share their budget.
func (d *doctorCommand) stateDirectory() {
	dir, err := stateDir(d.getenv)
	if err != nil {
		d.fault(exitMisuse, "state", "set EDGARD_STATE_DIR", "%v", err)
		return
	}
	d.state = dir
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		d.creatable("state", dir)
		return
	}
	if err := writable(dir); err != nil {
		d.fault(exitOurs, "state", "let this user write there, or name another place with EDGARD_STATE_DIR", "%v", err)
		return
	}
	d.ok("state", "%s", dir)
}

// creatable says whether a directory that is not there can be made.
func (d *doctorCommand) creatable(check, dir string) bool {
	parent := dir
	for {
		up := filepath.Dir(parent)
		if _, err := os.Stat(up); err == nil || up == parent {
			parent = up
			break
		}
		parent = up
	}
	if err := writable(parent); err != nil {
		d.fault(exitOurs, check, "make "+dir+" and let this user write there, or name another place", "%s is not there and cannot be made: %v", dir, err)
		return false
	}
	d.ok(check, "%s is not there yet and will be made", dir)
	return true
}

// writable tries whether files can be made in a directory.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".edgard-doctor-*")
	if err != nil {
		return err
	}
	return cmp.Or(f.Close(), os.Remove(f.Name()))
}

// others looks for crawlers of other users: each keeps to a budget of its own,
// while SEC sees one address.
func (d *doctorCommand) others() {
	name, err := os.Executable()
	if err != nil {
		return
	}
	own := 0
	for _, p := range processes(filepath.Base(name)) {
		if p.uid == os.Getuid() {
			own++
			continue
		}
		d.warn("processes", "have them run as one user, or share one EDGARD_STATE_DIR: SEC counts what comes from one address",
			"process %d of user %d is a %s, too, with a budget of its own", p.pid, p.uid, filepath.Base(name))
	}
	if own > 0 {
		d.ok("processes", "%s of this user at work; all share the budget of their EDGARD_STATE_DIR", plural(own, "other crawler"))
	}
}

// running is a process of this machine.
type running struct{ pid, uid int }

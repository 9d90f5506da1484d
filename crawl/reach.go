package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"example.com/edgard/edgar"
)

// Reached is what one request to EDGAR told.
type Reached struct {
	URL    string
	Status int
	Date   time.Time // EDGAR's clock, to the second; zero when it did not say
	Took   time.Duration
}

// Reach makes one request, for robots.txt, under the same budget and with the same
// headers as every other. The errors are those of Sync, and a *StatusError for an
// answer that is neither the file nor a word that there is none.
func (c *Crawler) Reach(ctx context.Context) (Reached, error) {
	start := time.Now()
	v, err := c.pages.ask(ctx, robotsPath, nil, io.Discard, maxRobots)
	r := Reached{URL: c.pages.www.JoinPath(robotsPath).String(), Status: v.Status, Took: time.Since(start)}
	if date, err := http.ParseTime(v.Header.Get("Date")); err == nil {
		r.Date = date
	}
	if status := (*StatusError)(nil); errors.As(err, &status) && status.Absent {
		return r, nil
	}
	return r, err
}

// Allowance is how the request budget of a host stands.
type Allowance struct {
	Host  string
	File  string    // what the processes of the user share
	Last  time.Time // about when the latest request was or will be made; zero when none is known
	Until time.Time // no request before, zero when there is no cool-down
	Why   string    // there is one
}

// ReadAllowance looks at a budget without taking part in it.
func ReadAllowance(stateDir, baseURL string) (Allowance, error) {
	www, _, err := roots(baseURL)
	if err != nil {
		return Allowance{}, err
	}
	host := budgetHost(www)
	a := Allowance{Host: host, File: ledgerPath(stateDir, host)}
	data, err := os.ReadFile(a.File)
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("request budget: %w", err)
	}
	now := time.Now()
	l, _ := readLedger(data, now)
	a.Last = l.Next
	if now.Before(l.CoolDown) {
		a.Until, a.Why = l.CoolDown, l.Why
	}
	return a, nil
}

// Space returns the bytes free for this user at dir, or at the nearest folder above
// that there is, and how many must be for a crawl not to pause. The error is
// errors.ErrUnsupported where nobody can tell.
func Space(dir string) (free, reserve int64, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return 0, 0, err
	}
	free, total, err := (&disk{look: freeSpace}).lookAbove(dir)
	if err == nil && total == 0 {
		err = errors.ErrUnsupported
	}
	return free, min(diskReserve, total/20), err
}

// filingsPerDay is about how many current reports are filed, on an average of all
// days of the last years: 70,000 a year.
const filingsPerDay = 192

// Foresee estimates what the filings of the days from first to last take, without
// knowing any of them. Hours is for the given requests a second.
func Foresee(first, last edgar.Date, rate float64) (p Plan) {
	days := Plan{}
	for d := first; !last.Before(d); d = d.AddDays(1) {
		days.add(1, d.Year(), false)
	}
	p = Plan{Filings: days.Filings * filingsPerDay, Requests: days.Requests * filingsPerDay,
		WireBytes: days.WireBytes * filingsPerDay, DiskBytes: days.DiskBytes * filingsPerDay}
	if rate > 0 {
		p.Hours = float64(p.Requests) / rate / 3600
	}
	return p
}

// Weigh estimates the bytes on disk of n filings of that day.
func Weigh(filed edgar.Date, n int) int64 {
	var p Plan
	p.add(n, filed.Year(), false)
	return p.DiskBytes
}

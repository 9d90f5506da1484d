package crawl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"go.uber.org/zap"
)

const (
	robotsPath    = "/robots.txt"
	maxRobots     = 500 << 10 // what RFC 9309 wants read; SEC's has 3 KB
	robotsFresh   = 24 * time.Hour
	robotsStale   = 30 * 24 * time.Hour // a copy older than this says nothing any more
	robotsTries   = 3
	robotsRespite = time.Hour // how long a copy stands in before the file is asked for again
)

// robots knows what the robots.txt of EDGAR's web host forbids. The file is kept
// in the state directory, for every process of the user, and asked for again,
// with its validators, when the copy is a day old.
//
// No file (404) forbids nothing. A file that cannot be had, or is none, leaves
// the copy in force until it is thirty days old; without one nothing may be asked
// for, which is an outage.
type robots struct {
	host  string
	agent string
	kept  string
	ask   func(ctx context.Context, hdr http.Header, w io.Writer) (visited, error)
	log   *zap.Logger

	turn  chan struct{} // held by the one goroutine that looks at what follows
	rules robotsRules
	until time.Time // when to look again
}

// robotsCopy is the kept file.
type robotsCopy struct {
	Fetched      time.Time `json:"fetched"`
	Checked      time.Time `json:"checked"` // the last time EDGAR said that it still holds
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Absent       bool      `json:"absent,omitempty"`
	Body         string    `json:"body"`
}

func newRobots(dir, agent string, pages *collector, log *zap.Logger) *robots {
	host := pages.www.Host
	return &robots{
		host: host, agent: agent, kept: statePath(dir, "robots", host), log: log, turn: make(chan struct{}, 1),
		ask: func(ctx context.Context, hdr http.Header, w io.Writer) (visited, error) {
			return pages.ask(ctx, robotsPath, hdr, w, maxRobots)
		},
	}
}

// permits returns a ForbiddenError when u may not be asked for. An
// outageError says that this cannot be known.
//
// Two things are asked for whatever the file says: data.sec.gov, which is another
// host and has none, and the getcurrent feed, which SEC publishes for
// subscription although its robots.txt closes /cgi-bin.
func (r *robots) permits(ctx context.Context, u *url.URL) error {
	if u.Host != r.host || isCurrentFeed(u) {
		return nil
	}
	rules, err := r.current(ctx)
	if err != nil {
		return err
	}
	if rule, forbidden := rules.forbids(u); forbidden {
		return &ForbiddenError{Host: r.host, Path: u.Path, Rule: rule.String()}
	}
	return nil
}

func isCurrentFeed(u *url.URL) bool {
	return strings.HasSuffix(u.Path, "/cgi-bin/browse-edgar") && u.Query().Get("action") == "getcurrent"
}

// current returns the rules, after looking at the kept copy or asking EDGAR when
// it is time to.
func (r *robots) current(ctx context.Context) (robotsRules, error) {
	if err := await(ctx, r.turn); err != nil {
		return nil, err
	}
	defer func() { <-r.turn }()
	now := wall()
	if pending(r.until, now, robotsFresh) {
		return r.rules, nil
	}
	c := readRobots(r.kept, now)
	until := c.Checked.Add(robotsFresh)
	if !now.Before(until) {
		var err error
		if c, until, err = r.renew(ctx, c); err != nil {
			return nil, err
		}
	}
	r.rules, r.until = parseRobots(c.Body, r.agent), until
	return r.rules, nil
}

// readRobots reads the kept copy. One that is not there, cannot be read, or is of
// a time to come counts as none.
func readRobots(name string, now time.Time) (c robotsCopy) {
	data, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(data, &c) != nil || c.Checked.After(now) {
		return robotsCopy{}
	}
	return c
}

// renew asks for the file and keeps it. When it cannot be had, the old copy
// stands in for a while, if it is not too old.
func (r *robots) renew(ctx context.Context, old robotsCopy) (c robotsCopy, until time.Time, err error) {
	c, err = r.fetch(ctx, old)
	now := wall()
	switch {
	case err == nil:
		r.log.Info("robots.txt read", zap.String("host", r.host), zap.Bool("absent", c.Absent), zap.Int("bytes", len(c.Body)))
		return c, now.Add(robotsFresh), r.keep(c)
	case endsPass(ctx, err):
		return c, now, err
	case now.Before(old.Checked.Add(robotsStale)):
		r.log.Warn("robots.txt not read: the kept copy stands", zap.String("host", r.host), zap.Time("of", old.Checked), zap.Error(err))
		return old, now.Add(robotsRespite), nil
	case unreachable(err):
		return c, now, &outageError{1, err.Error()}
	}
	return c, now, &outageError{0, fmt.Sprintf("what %s forbids is not known, so nothing is asked for: %v", r.host, err)}
}

func (r *robots) fetch(ctx context.Context, old robotsCopy) (robotsCopy, error) {
	for try := 1; ; try++ {
		c, err := r.try(ctx, old)
		if err == nil || endsPass(ctx, err) || unreachable(err) || try == robotsTries {
			return c, err
		}
		if err := breathe(ctx, try); err != nil {
			return c, err
		}
	}
}

// try makes one request for the file.
func (r *robots) try(ctx context.Context, old robotsCopy) (robotsCopy, error) {
	hdr := validators(old.ETag, old.LastModified)
	var body bytes.Buffer
	v, err := r.ask(ctx, hdr, &body)
	now := wall()
	var status *StatusError
	switch {
	case errors.As(err, &status) && status.Absent:
		return robotsCopy{Fetched: now, Checked: now, Absent: true}, nil
	case err != nil:
		return robotsCopy{}, err
	case v.Status == http.StatusNotModified && len(hdr) > 0:
		old.Checked = now
		return old, nil
	case v.Status == http.StatusNotModified:
		return robotsCopy{}, errors.New(robotsPath + " answered 304, unasked")
	case isHTML(body.Bytes()):
		return robotsCopy{}, errors.New(robotsPath + " answered an html page")
	}
	return robotsCopy{
		Fetched: now, Checked: now, Body: strings.ToValidUTF8(body.String(), "?"),
		ETag: v.Header.Get("ETag"), LastModified: v.Header.Get("Last-Modified"),
	}, nil
}

// keep writes the copy, whole or not at all, one process at a time. What a killed
// one leaves half written the next one overwrites.
func (r *robots) keep(c robotsCopy) error {
	data, err := json.MarshalIndent(c, "", "  ")
	if err == nil {
		err = writeLocked(r.kept, data)
	}
	if err != nil {
		return &sinkError{fmt.Errorf("kept robots.txt: %w", err)}
	}
	return nil
}

func writeLocked(name string, data []byte) error {
	lock := flock.New(name+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Close()
	if err := os.WriteFile(name+".tmp", data, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".tmp", name)
}

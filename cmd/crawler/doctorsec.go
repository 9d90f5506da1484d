package main

import (
	"context"
	"errors"
	"net"
	"time"

	"example.com/edgard/crawl"
)

// What doctor sees of sec.gov.

const sayWho = `give your name and e-mail address: --user-agent "Jane Doe jane@doe.org", EDGARD_USER_AGENT, or user_agent in edgard.yaml`

func (d *doctorCommand) userAgent() {
	ua := d.eff.UserAgent
	if ua == "" {
		d.fault(exitMisuse, "user agent", sayWho, "none given, and sec.gov refuses whoever does not say who asks")
		return
	}
	if err := crawl.CheckUserAgent(ua, isLoopback(d.eff.BaseURL)); err != nil {
		d.fault(exitMisuse, "user agent", sayWho, "%v", err)
		return
	}
	d.ok("user agent", "%s", ua)
}

// budget says how fast requests may go, and reports whether one may go now.
func (d *doctorCommand) budget() bool {
	if d.state == "" {
		return false
	}
	a, err := crawl.ReadAllowance(d.state, d.eff.BaseURL)
	if err != nil {
		d.fault(exitOurs, "budget", "let this user read it", "%v", err)
		return false
	}
	if !a.Until.IsZero() {
		d.fault(exitRefused, "budget", "wait: run and sync --wait do so by themselves, and half the rate (rate: in the configuration) keeps clear of it next time",
			"%s said too fast (%s): no request by any process before %s", a.Host, a.Why, stamp(a.Until))
		return false
	}
	text := "none was made yet"
	if !a.Last.IsZero() {
		text = "the latest was " + took(max(time.Since(a.Last), 0)) + " ago"
	}
	d.ok("budget", "%s: %s, all processes of this user together; %s", a.Host, rateText(d.eff.Rate), text)
	return true
}

const reachTimeout = time.Minute

// reach asks EDGAR for robots.txt.
func (d *doctorCommand) reach(ctx context.Context) {
	if d.offline {
		d.ok("edgar", "not asked (--offline)")
		return
	}
	if crawl.CheckUserAgent(d.eff.UserAgent, isLoopback(d.eff.BaseURL)) != nil {
		d.ok("edgar", "not asked, as nobody is named who asks")
		return
	}
	var c *crawl.Crawler
	token, err := baseToken(d.eff)
	if err == nil {
		c, err = crawl.New(crawl.Config{UserAgent: d.eff.UserAgent, BaseURL: d.eff.BaseURL, Token: token, Rate: d.eff.Rate, StateDir: d.state})
	}
	if err != nil {
		d.fault(kindOf(err), "edgar", "mend what stands above", "%v", err)
		return
	}
	ctx, cancel := context.WithTimeoutCause(ctx, reachTimeout, errNoAnswer)
	defer cancel()
	r, err := c.Reach(ctx)
	if err != nil {
		code, remedy := unreached(err)
		d.fault(code, "edgar", remedy, "%v", err)
		return
	}
	d.ok("edgar", "%s answers in %s", r.URL, took(r.Took))
	d.clock(r)
}

var errNoAnswer = errors.New("no answer within a minute")

// unreached says whose fault it is that EDGAR gave no answer, and what helps.
func unreached(err error) (code int, remedy string) {
	var (
		throttled  *crawl.ThrottledError
		undeclared *crawl.UndeclaredError
		status     *crawl.StatusError
		dns        *net.DNSError
	)
	switch {
	case errors.As(err, &throttled):
		return exitRefused, "wait until then; when this was the first request ever, look at the User-Agent as well, and ask whether others behind your address crawl"
	case errors.As(err, &undeclared):
		return exitRefused, sayWho
	case errors.As(err, &status):
		return exitOurs, "a fault on EDGAR's side, or of a proxy between: try again in a while"
	case errors.As(err, &dns):
		return exitOurs, "look at the network and the name servers, or set HTTPS_PROXY where a proxy is the way out"
	}
	return exitOurs, "look at the network, at HTTPS_PROXY, and, when it speaks of a certificate, at the clock and the certificates of this machine"
}

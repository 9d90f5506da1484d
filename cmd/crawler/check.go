package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index/filter"
	"example.com/edgard/near"
	"example.com/edgard/serve/guard"
)

// What a value must look like, key by key. Each message names the remedy.

func anyText(s string) (string, error) { return s, nil }

func directory(s string) (string, error) {
	if s == "" {
		return "", errors.New("must not be empty: name a directory")
	}
	if s == "~" || strings.HasPrefix(s, "~/") {
		return "", fmt.Errorf("%q: only a shell knows what ~ is: write the path in full", s)
	}
	return s, nil
}

func oneOf(choices ...string) func(string) (string, error) {
	return func(s string) (string, error) {
		if slices.Contains(choices, s) {
			return s, nil
		}
		return "", fmt.Errorf("%q is not one of %s%s", s, strings.Join(choices, ", "), near.DidYouMean(s, choices, ""))
	}
}

func baseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("%q is no address of an EDGAR server: want a URL as http://127.0.0.1:8080", s)
	}
	return strings.TrimRight(s, "/"), nil
}

// isLoopback reports whether the server at base is one of this machine: only such
// a one may be asked without limit.
func isLoopback(base string) bool { return crawl.CheckRate(0, base) == nil }

func dayOrNone(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	_, err := filter.FirstDay(s, time.Now())
	return s, err
}

func listenAddress(s string) (string, error) {
	if s == "off" {
		return s, nil
	}
	if err := guard.CheckAddress(s, true); err != nil {
		return "", fmt.Errorf("%w, or off", err)
	}
	return s, nil
}

func setHosts(c *config, v value) error {
	names, err := v.list()
	if err != nil {
		return err
	}
	for _, n := range names {
		if err := guard.CheckHost(n); err != nil {
			return err
		}
	}
	c.Hosts = names
	return nil
}

// fileName is directory for a file, which may be none.
func fileName(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	return directory(s)
}

func setRate(c *config, v value) error {
	s, err := v.text()
	if err != nil {
		return err
	}
	r, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return fmt.Errorf("%q is no number of requests a second: want a number up to %d", s, crawl.MaxRate)
	}
	c.Rate = r
	return nil
}

func setSearch(c *config, v value) error {
	s, err := v.text()
	if err != nil {
		return err
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		c.Search.Enabled = true
	case "false", "no", "off":
		c.Search.Enabled = false
	default:
		return fmt.Errorf("%q is not one of true, false", s)
	}
	return nil
}

func setForms(c *config, v value) error {
	words, err := v.list()
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return errors.New("is empty: name at least one form type, or leave the key out for all eight types of 8-K")
	}
	c.Forms, err = filter.Forms(words)
	return err
}

func setIssuers(c *config, v value) error {
	words, err := v.list()
	if err != nil {
		return err
	}
	for _, w := range words {
		if err := checkIssuer(w); err != nil {
			return err
		}
	}
	c.Issuers = words
	return nil
}

// checkIssuer accepts a CIK or what may be a ticker.
func checkIssuer(w string) error {
	if _, err := edgar.ParseCIK(w); err == nil || isTicker(w) {
		return nil
	}
	return fmt.Errorf("%q is neither a CIK (1 to 10 digits) nor a ticker", w)
}

// isTicker reports whether w has the shape of a ticker: at most ten letters and
// digits, a letter first, with dots or dashes between classes.
func isTicker(w string) bool {
	for i, r := range w {
		letter := r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '.' || r == '-')) {
			return false
		}
	}
	return w != "" && len(w) <= 10
}

package main

import "testing"

func TestValuesAreCheckedBeforeAnythingIsDone(t *testing.T) {
	ok := func(f func(string) (string, error)) func(string) bool {
		return func(s string) bool { _, err := f(s); return err == nil }
	}
	for _, c := range []struct {
		name      string
		accepts   func(string) bool
		good, bad []string
	}{
		{"base URL", ok(baseURL), []string{"", "http://127.0.0.1:8080", "https://mirror.doe.org/edgar/"}, []string{"sec.gov", "ftp://sec.gov", "http://", "http://u:p@h", "http://h?x=1", "://"}},
		{"listen", ok(listenAddress), []string{"off", "127.0.0.1:8080", "0.0.0.0:0", "[::1]:80"}, []string{"", ":8080", "8080", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000", "h:-1"}},
		{"directory", ok(directory), []string{".", "/srv/x", "~x"}, []string{"", "~", "~/edgard"}},
		{"day", ok(dayOrNone), []string{"", "2024Q1", "7d"}, []string{"now"}},
		{"ticker", isTicker, []string{"A", "AAPL", "brk.b", "BRK-B", "T1"}, []string{"", "1A", ".A", "A B", "ABCDEFGHIJK", "Ä"}},
		{"issuer", func(s string) bool { return checkIssuer(s) == nil }, []string{"320193", "0000320193", "AAPL"}, []string{"", "0", "12345678901", "A/B"}},
		{"loopback", isLoopback, []string{"http://127.0.0.1:1", "http://localhost", "http://[::1]:9/x", "http://127.8.8.8"}, []string{"", "http://10.0.0.1", "https://www.sec.gov", "http://localhost.doe.org", "\x7f://"}},
	} {
		for _, s := range c.good {
			if !c.accepts(s) {
				t.Errorf("%s: %q is refused", c.name, s)
			}
		}
		for _, s := range c.bad {
			if c.accepts(s) {
				t.Errorf("%s: %q is accepted", c.name, s)
			}
		}
	}
}

func TestABaseURLLosesItsLastSlash(t *testing.T) {
	if got, err := baseURL("http://127.0.0.1:8080/"); err != nil || got != "http://127.0.0.1:8080" {
		t.Errorf("got %q, %v", got, err)
	}
}

package crawl

import (
	"net/url"
	"strings"
	"testing"
)

// secRobots has the shape of sec.gov's own file: rules of the site's software,
// then, after a blank line and a comment, those for EDGAR.
const secRobots = `# robots.txt
# of the site's software
User-agent: *
# CSS, JS, images
Allow: /core/*.css$
Disallow: /core/
Disallow: /search/

# Files
Disallow: /README.md

# EDGAR
Allow: /Archives/edgar/data
Disallow: /cgi-bin
Disallow: /Archives/edgar/vprr/bin
Disallow: /Archives/bin
`

func ask(t *testing.T, text, agent, target string) bool {
	t.Helper()
	u, err := url.Parse("https://www.sec.gov" + target)
	if err != nil {
		t.Fatal(err)
	}
	_, forbidden := parseRobots(text, agent).forbids(u)
	return !forbidden
}

func TestRulesAfterABlankLineAndACommentBelongToTheGroup(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n", "\r"} {
		text := strings.ReplaceAll(secRobots, "\n", eol)
		for target, want := range map[string]bool{
			"/Archives/edgar/data/1/0000900001-24-000001.txt":    true,
			"/Archives/edgar/full-index/2024/QTR1/master.gz":     true,
			"/files/company_tickers.json":                        true,
			"/cgi-bin/browse-edgar?action=getcompany&CIK=320193": false,
			"/Archives/edgar/vprr/bin/x":                         false,
			"/Archives/bin":                                      false,
			"/core/a.css":                                        true,
			"/core/a.css?v=1":                                    false,
			"/README.md":                                         false,
			"/":                                                  true,
		} {
			if got := ask(t, text, testAgent, target); got != want {
				t.Errorf("lines ending in %q: %s allowed: %v, want %v", eol, target, got, want)
			}
		}
	}
}

func TestTheLongestMatchingRuleDecides(t *testing.T) {
	for _, c := range []struct {
		rules, target string
		want          bool
	}{
		{"Disallow: /", "/a", false},
		{"Disallow:", "/a", true},
		{"", "/a", true},
		{"Disallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"Allow: /a/b\nDisallow: /a", "/a/b/c", true},
		{"Allow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"Disallow: /a\nAllow: /a", "/a", true},
		{"Allow: /a\nDisallow: /a", "/a", true},
		{"Disallow: /a", "/A", true},
		{"Disallow: a", "/a", false},
		{"Disallow: /*.gz", "/x/y.gz", false},
		{"Disallow: /*.gz$", "/x/y.gz?z", true},
		{"Disallow: /*.gz$", "/x.gz/y.gz", false},
		{"Disallow: /$", "/", false},
		{"Disallow: /$", "/a", true},
		{"Disallow: /a*b*c", "/axxbxx", true},
		{"Disallow: /a*b*c", "/axxbxxcxx", false},
		{"Disallow: /a*$", "/abc", false},
		{"Disallow: *x", "/abx", false},
		{"Disallow: /a**b$", "/ab", false},
		{"Disallow: /*?", "/a", true},
		{"Disallow: /*?", "/a?b", false},
		{"Disallow: /%7ejoe", "/~joe/x", false},
		{"Disallow: /~joe", "/%7Ejoe/x", false},
		{"Disallow: /a%3cb", "/a%3Cb", false},
		{"Disallow: /a%2Fb", "/a/b", true},
		{"Disallow: /\u00e9", "/%C3%A9", false},
		{"disallow : /a # all of it", "/a", false},
	} {
		if got := ask(t, "User-agent: *\n"+c.rules, testAgent, c.target); got != c.want {
			t.Errorf("%q: %s allowed: %v, want %v", c.rules, c.target, got, c.want)
		}
	}
}

func TestOurOwnGroupsBindUsAndElseThoseForEverybody(t *testing.T) {
	for _, c := range []struct {
		name, text, agent string
		want              bool
	}{
		{"our own instead of everybody's", "User-agent: *\nDisallow: /\n\nUser-agent: edgard\nDisallow: /b", "edgard/1.0 ops@edgard.dev", true},
		{"in whatever case", "User-agent: EDGARD/9\nDisallow: /", "edgard ops@edgard.dev", false},
		{"our own without rules", "User-agent: *\nDisallow: /\nUser-agent: edgard\n", "Edgard ops@edgard.dev", true},
		{"everybody's when none is ours", "User-agent: googlebot\nAllow: /\nUser-agent: *\nDisallow: /", "Edgard ops@edgard.dev", false},
		{"not that of a longer name", "User-agent: edgardbot\nDisallow: /", "edgard ops@edgard.dev", true},
		{"several names of one group", "User-agent: edgard\nUser-agent: b\nDisallow: /", "edgard ops@edgard.dev", false},
		{"records of other kinds do not part them", "User-agent: edgard\nSitemap: https://x/y\nCrawl-delay: 3\n\nUser-agent: b\nDisallow: /", "edgard ops@edgard.dev", false},
		{"a name after rules begins a group", "User-agent: edgard\nDisallow: /b\nUser-agent: c\nDisallow: /", "edgard ops@edgard.dev", true},
		{"all groups of one name", "User-agent: *\nDisallow: /b\nUser-agent: c\nDisallow: /c\nUser-agent: *\nDisallow: /a", "edgard ops@edgard.dev", false},
		{"rules before any name bind nobody", "Disallow: /\nUser-agent: *\nDisallow: /b", "edgard ops@edgard.dev", true},
		{"an agent that has no token", "User-agent: *\nDisallow: /", "3M ops@edgard.dev", false},
		{"a mark before the first byte", "\ufeffUser-agent: *\nDisallow: /", "edgard ops@edgard.dev", false},
	} {
		if got := ask(t, c.text, c.agent, "/a"); got != c.want {
			t.Errorf("%s: allowed: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTheRuleThatForbidsIsNamedWithItsLine(t *testing.T) {
	u := &url.URL{Path: "/cgi-bin/srqsb"}
	rule, forbidden := parseRobots(secRobots, testAgent).forbids(u)
	if got, want := rule.String(), "Disallow: /cgi-bin (line 14)"; !forbidden || got != want {
		t.Errorf("got %q, %v; want %q", got, forbidden, want)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add(secRobots, "/Archives/edgar/data/1")
	f.Add("User-agent:*\nDisallow:/*%*$\rAllow:%2%zz**", "/%2/%")
	f.Fuzz(func(t *testing.T, text, path string) {
		rules := parseRobots(text, testAgent)
		u := &url.URL{Path: path}
		rule, forbidden := rules.forbids(u)
		if forbidden && (rule.allow || !matchesRobots(rule.pattern, escapePath(u.RequestURI()))) {
			t.Errorf("%q is closed by %s, which does not match it", path, rule)
		}
		for _, r := range rules {
			if again := escapePath(r.pattern); again != r.pattern {
				t.Errorf("pattern %q is spelt %q the second time", r.pattern, again)
			}
		}
	})
}

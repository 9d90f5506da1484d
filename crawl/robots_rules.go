package crawl

import (
	"fmt"
	"net/url"
	"strings"
)

// A robotsRule is one Allow or Disallow line of a robots.txt.
type robotsRule struct {
	allow   bool
	pattern string // as escapePath leaves it
	line    int
}

func (r robotsRule) String() string {
	kind := "Disallow"
	if r.allow {
		kind = "Allow"
	}
	return fmt.Sprintf("%s: %s (line %d)", kind, r.pattern, r.line)
}

// robotsRules are the rules that bind one program.
type robotsRules []robotsRule

// parseRobots returns the rules of a robots.txt (RFC 9309) for a program that
// calls itself agent: those of the groups that name its product token, else those
// of the groups for everybody. A group begins with user-agent lines and ends
// where the next one begins: blank lines, comments and records of other kinds are
// part of it.
func parseRobots(text, agent string) robotsRules {
	var ours, everybodys robotsRules
	var forUs, forEverybody, named, inRules bool
	us := productToken(agent)
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff"))
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		key, value := robotsRecord(line)
		switch key {
		case "user-agent":
			if inRules {
				forUs, forEverybody, inRules = false, false, false
			}
			forEverybody = forEverybody || value == "*"
			forUs = forUs || us != "" && productToken(value) == us
			named = named || forUs
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue
			}
			r := robotsRule{allow: key == "allow", pattern: robotsPattern(value), line: n}
			if forUs {
				ours = append(ours, r)
			}
			if forEverybody {
				everybodys = append(everybodys, r)
			}
		}
	}
	if named {
		return ours
	}
	return everybodys
}

// robotsRecord splits a line into its key, in lower case, and its value.
func robotsRecord(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, _ = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// productToken returns the letters, hyphens and underscores that s begins with,
// in lower case: what a robots.txt can know a program by.
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !isLetter(r) && r != '-' && r != '_' })
	if end >= 0 {
		s = s[:end]
	}
	return strings.ToLower(s)
}

func robotsPattern(value string) string {
	if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "*") {
		value = "/" + value
	}
	return escapePath(value)
}

// forbids returns the rule that closes an address: the longest that matches its
// path and query, when that is no Allow. Of two that are equally long Allow wins.
func (rs robotsRules) forbids(u *url.URL) (robotsRule, bool) {
	path := escapePath(u.RequestURI())
	best, found := robotsRule{allow: true}, false
	for _, r := range rs {
		longer := len(r.pattern) - len(best.pattern)
		if (!found || longer > 0 || longer == 0 && r.allow) && matchesRobots(r.pattern, path) {
			best, found = r, true
		}
	}
	return best, !best.allow
}

// matchesRobots reports whether path begins with pattern, in which * is any run
// of bytes and a $ at the end the end of the path.
func matchesRobots(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, pieces[0])
	if !ok || len(pieces) == 1 {
		return ok && (!whole || rest == "")
	}
	last := len(pieces) - 1
	for _, piece := range pieces[1:last] {
		if _, rest, ok = strings.Cut(rest, piece); !ok {
			return false
		}
	}
	if whole {
		return strings.HasSuffix(rest, pieces[last])
	}
	return strings.Contains(rest, pieces[last])
}

// escapePath spells a path or pattern in the one way in which they are compared:
// unreserved characters bare, other escapes in upper case, and what is not
// printable ASCII escaped.
func escapePath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := c <= ' ' || c > '~'
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			escaped = !isUnreserved(c)
			i += 2
		}
		if escaped {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			c = hex[c&15]
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return isLetter(rune(c)) || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

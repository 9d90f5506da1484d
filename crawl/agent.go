package crawl

import (
	"net/mail"
	"regexp"
	"strings"
)

var emailInAgent = regexp.MustCompile(`[^\s<>(),;]+@[^\s<>(),;]+`)

// CheckUserAgent reports what is wrong with a User-Agent that SEC would refuse:
// it must name who is asking and an e-mail address to reach them, must hold no
// URL, and must not be a placeholder. Domains reserved for examples pass only
// when local is set, that is, when the server asked is not SEC's.
func CheckUserAgent(ua string, local bool) error {
	const remedy = `give your name and e-mail address, as in --user-agent "Jane Doe jane@doe.org"`
	trimmed := strings.TrimSpace(ua)
	if trimmed == "" {
		return misusef("no User-Agent: SEC refuses anonymous programs; %s", remedy)
	}
	if len(ua) > 200 || strings.ContainsFunc(ua, func(r rune) bool { return r < ' ' || r > '~' }) {
		return misusef("User-Agent %q: want at most 200 printable ASCII characters; %s", ua, remedy)
	}
	lower := strings.ToLower(trimmed)
	if strings.Contains(lower, "://") || strings.Contains(" "+lower, " www.") {
		return misusef("User-Agent %q: SEC refuses a URL in it; %s", ua, remedy)
	}
	email := emailInAgent.FindString(trimmed)
	addr, err := mail.ParseAddress(email)
	if err != nil || !strings.Contains(email[strings.LastIndexByte(email, '@'):], ".") {
		return misusef("User-Agent %q: no e-mail address in it; %s", ua, remedy)
	}
	name := strings.Trim(strings.Replace(trimmed, email, "", 1), " <>(),;/-")
	if !strings.ContainsFunc(name, isLetter) {
		return misusef("User-Agent %q: no name beside the e-mail address; %s", ua, remedy)
	}
	if isPlaceholder(lower) || !local && isReservedDomain(addr.Address) {
		return misusef("User-Agent %q is a placeholder; %s", ua, remedy)
	}
	return nil
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isPlaceholder(lower string) bool {
	for _, p := range []string{"sample company", "admincontact@", "yourname", "your name", "your.name", "your-name", "youremail",
		"your.email", "your-email", "your_email", "@domain.com", "@yourdomain", "@company.com", "@email.com", "<name>", " user@"} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return false
}

// isReservedDomain knows the names that RFC 2606 and RFC 6761 set aside.
func isReservedDomain(addr string) bool {
	domain := strings.ToLower(addr[strings.LastIndexByte(addr, '@')+1:])
	top := domain[strings.LastIndexByte(domain, '.')+1:]
	switch top {
	case "example", "test", "invalid", "localhost":
		return true
	}
	for _, d := range []string{"example.com", "example.org", "example.net"} {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

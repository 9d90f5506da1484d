package crawl

import (
	"errors"
	"strings"
	"testing"
)

func TestUserAgentMustNameSomebodyWhoCanBeReached(t *testing.T) {
	for ua, want := range map[string]string{
		"":                                          "no User-Agent",
		"Jane Doe":                                  "no e-mail address",
		"jane@doe.org":                              "no name",
		"<jane@doe.org>":                            "no name",
		"Jane jane@localhost":                       "no e-mail address",
		"Jane https://doe.org jane@doe.org":         "URL",
		"Jane www.doe.org jane@doe.org":             "URL",
		"Jane Doe jane@doe.org\r\nX-Evil: 1":        "printable",
		"Jane Doe jane@doe.org \u202e":              "printable",
		strings.Repeat("x", 200) + " j@doe.org":     "at most 200",
		"Sample Company Name AdminContact@acme.com": "placeholder",
		"Your Name your.email@acme.com":             "placeholder",
		"Jane Doe jane@example.com":                 "placeholder",
		"Jane Doe jane@mail.example.org":            "placeholder",
		"Jane Doe jane@box.test":                    "placeholder",
	} {
		err := CheckUserAgent(ua, false)
		var misuse *MisuseError
		if !errors.As(err, &misuse) || !strings.Contains(err.Error(), want) {
			t.Errorf("CheckUserAgent(%q) = %v, want a MisuseError with %q", ua, err, want)
		}
	}
	for _, ua := range []string{"Jane Doe jane@doe.org", "Acme Research LLC (ops@acme.io)", "edgard-user j.d+sec@mail.acme.co.uk", "Jane poweruser@awww.org"} {
		if err := CheckUserAgent(ua, false); err != nil {
			t.Errorf("CheckUserAgent(%q) = %v, want nil", ua, err)
		}
	}
	if err := CheckUserAgent("Jane Doe jane@example.com", true); err != nil {
		t.Errorf("against loopback: %v, want nil", err)
	}
}

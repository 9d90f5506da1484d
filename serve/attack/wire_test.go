package attack

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/edgard/serve/guard"
)

// smuggled is a request that must not be answered: a proxy in front would take it for
// another's.
const smuggled = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"

func TestWhatTwoCouldReadInTwoWaysIsAnsweredOnceAtMost(t *testing.T) {
	h := newHouse(t, guard.Config{Stall: time.Second})
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(smuggled), smuggled)
	for name, fields := range map[string]string{
		"two lengths":                 "Content-Length: 0\r\nContent-Length: " + fmt.Sprint(len(smuggled)),
		"two lengths in one":          "Content-Length: 0, " + fmt.Sprint(len(smuggled)),
		"a length and chunks":         "Content-Length: " + fmt.Sprint(len(smuggled)) + "\r\nTransfer-Encoding: chunked",
		"chunks and a length":         "Transfer-Encoding: chunked\r\nContent-Length: 5",
		"chunks twice":                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
		"chunks of another coding":    "Transfer-Encoding: gzip, chunked",
		"a coding nobody knows":       "Transfer-Encoding: xchunked",
		"chunks behind a blank":       "Transfer-Encoding : chunked\r\nContent-Length: 5",
		"chunks behind a tab":         "Transfer-Encoding:\tchunked\r\nContent-Length: 5",
		"chunks on a folded line":     "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5",
		"a length with a sign":        "Content-Length: +" + fmt.Sprint(len(smuggled)),
		"a length below zero":         "Content-Length: -1",
		"a length in hex":             "Content-Length: 0x10",
		"a length beyond all numbers": "Content-Length: 99999999999999999999",
		"an empty length":             "Content-Length: ",
		"a body of some length":       "Content-Length: " + fmt.Sprint(len(smuggled)),
		"a body in chunks":            "Transfer-Encoding: chunked",
		"a NUL in a name":             "Content\x00-Length: 5",
		"a NUL in a value":            "X: a\x00b",
		"a return in a value":         "X: a\rContent-Length: 5",
		"a name with a blank":         "X Y: z",
		"a line without a name":       ": z",
		"a line without a colon":      "xyz",
		"two hosts":                   "Host: localhost",
		"a body that is announced":    "Expect: 100-continue\r\nContent-Length: " + fmt.Sprint(len(smuggled)),
	} {
		for _, body := range []string{smuggled, chunked, "0\r\n\r\n" + smuggled} {
			said := h.send(t, "GET /static/style.css HTTP/1.1\r\nHost: "+h.addr+"\r\n"+fields+"\r\n\r\n"+body)
			status, answers := 0, strings.Count(said, "HTTP/1.1 ")
			fmt.Sscanf(said, "HTTP/1.1 %d", &status)
			if answers != 1 || status < 400 || status >= 600 || strings.Contains(said, "alive") {
				t.Errorf("%s: %d answers, %.300q", name, answers, said)
			}
		}
	}
}

func TestWhatIsNoRequestOfThisServerIsRefused(t *testing.T) {
	h := newHouse(t, guard.Config{Stall: time.Second})
	host := "Connection: close\r\nHost: " + h.addr + "\r\n"
	for raw, want := range map[string]string{
		"GET /\r\n\r\n":                                                                           "400",
		"GET / HTTP/0.9\r\n" + host + "\r\n":                                                      "505",
		"GET / HTTP/3.0\r\n" + host + "\r\n":                                                      "505",
		"GET / HTTP/1.12\r\n" + host + "\r\n":                                                     "400",
		"GET  / HTTP/1.1\r\n" + host + "\r\n":                                                     "400",
		"GET / HTTP/1.1\r\n\r\n":                                                                  "400",
		"GET / HTTP/1.1\r\nHost: a b\r\n\r\n":                                                     "400",
		"GET / HTTP/1.1\r\nHost: \x00\r\n\r\n":                                                    "400",
		"GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n":                                   "421",
		"GET http://u:p@evil.example/ HTTP/1.1\r\n" + host + "\r\n":                               "421",
		"GET //evil.example/ HTTP/1.1\r\nConnection: close\r\nHost: evil.example\r\n\r\n":         "421",
		"GET evil HTTP/1.1\r\n" + host + "\r\n":                                                   "400",
		"CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n":                                   "405",
		"TRACE / HTTP/1.1\r\n" + host + "\r\n":                                                    "405",
		"DEBUG / HTTP/1.1\r\n" + host + "\r\n":                                                    "405",
		"G(ET / HTTP/1.1\r\n" + host + "\r\n":                                                     "400",
		"POST / HTTP/1.1\r\n" + host + "Content-Length: 1000000000\r\n\r\n":                       "405",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n":                                                        "405",
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x00", 200) + "\r\n\r\n": "400",
		"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("a", 64<<10) + "\r\n\r\n":            "431",
		"GET / HTTP/1.1\r\n" + host + strings.Repeat("X: a\r\n", 8<<10) + "\r\n":                  "431",
		"GET /" + strings.Repeat("a", 9<<10) + " HTTP/1.1\r\n" + host + "\r\n":                    "414",
		"GET /" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\n" + host + "\r\n":                    "431",
		"GET /?" + strings.Repeat("a=b&", 3000) + " HTTP/1.1\r\n" + host + "\r\n":                 "414",
	} {
		said := h.send(t, raw)
		if got, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(said, "HTTP/1.1 "), "HTTP/1.0 "), " "); got != want || strings.Contains(said, "evil") {
			t.Errorf("%.60q: %.300q, want %s", raw, said, want)
		}
	}
}

func TestRequestsInARowAreAnsweredInTheirOrder(t *testing.T) {
	h := newHouse(t, guard.Config{})
	conn := h.dial(t)
	defer conn.Close()
	var all bytes.Buffer
	paths := []string{"/livez", "/nowhere", "/static/icon.svg", "/api/v1/filings?limit=1", "/filings/" + names, "/livez"}
	for _, p := range paths {
		fmt.Fprintf(&all, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", p, h.addr)
	}
	if _, err := conn.Write(all.Bytes()); err != nil {
		t.Fatal(err)
	}
	br := bufio.NewReader(conn)
	for i, want := range []string{"application/json", "application/problem+json", "image/svg+xml", "application/json", "text/html; charset=utf-8", "application/json"} {
		res, err := http.ReadResponse(br, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil || res.Header.Get("Content-Type") != want {
			t.Errorf("%s: %s, %v; want %s", paths[i], res.Header.Get("Content-Type"), err, want)
		}
	}
}

func TestAClientOfThe1990sIsAnswered(t *testing.T) {
	h := newHouse(t, guard.Config{})
	said := h.send(t, "GET /filings/"+names+" HTTP/1.0\r\nHost: "+h.addr+"\r\n\r\n")
	a := read(t, "HTTP/1.0", said)
	if a.StatusCode != http.StatusOK || a.Header.Get("Transfer-Encoding") != "" || len(a.body) == 0 {
		t.Errorf("%s, %v", a.Status, a.Header)
	}
	if said := h.send(t, "GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(said, "HTTP/1.0 421 ") {
		t.Errorf("without a Host: %.100q", said)
	}
	if said := h.send(t, "GET /livez HTTP/1.0\r\n\r\n"); !strings.HasPrefix(said, "HTTP/1.0 200 ") {
		t.Errorf("a health check without a Host: %.100q", said)
	}
}

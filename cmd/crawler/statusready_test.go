package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// asked runs the check against a server that answers /readyz so, beside a process of
// the given command.
func askedReady(t *testing.T, command, listen, token, answer string) (err error, auth string) {
	t.Helper()
	dir := t.TempDir()
	release, err := claim(dir, command)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		auth = r.Header.Get("Authorization")
		if r.URL.Path != "/readyz" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(answer))
	}))
	defer srv.Close()
	at := strings.TrimPrefix(srv.URL, "http://")
	if listen == "" {
		listen = at
	}
	if listen == "every" {
		listen = strings.Replace(at, "127.0.0.1", "0.0.0.0", 1)
	}
	a := &app{getenv: func(key string) string { return map[string]string{tokenVariable: token}[key] }}
	eff := &effective{config: config{Data: dir, Listen: listen}, origin: map[string]string{}}
	return a.checkReady(t.Context(), eff), auth
}

func TestTheCheckAsksTheDaemonWhetherItIsReady(t *testing.T) {
	const not = `{"ready":false,"reasons":["the archive is gone","the crawl is stuck"]}`
	for _, c := range []struct{ name, command, listen, token, answer, want string }{
		{"not ready", "run", "", "", not, "is not ready: the archive is gone; the crawl is stuck"},
		{"not ready, on every address", "run", "every", "0123456789abcdef", not, "is not ready"},
		{"ready", "run", "", "", `{"ready":true}`, ""},
		{"no daemon", "sync", "", "", not, ""},
		{"no pages", "run", "off", "", not, ""},
		{"nobody there", "run", "127.0.0.1:1", "", not, ""},
		{"somebody else there", "run", "", "", "<html>not ready", ""},
		{"a token that is none", "run", "", "short", not, "too easy to guess"},
	} {
		err, auth := askedReady(t, c.command, c.listen, c.token, c.answer)
		if got := errorText(err); (c.want == "") != (err == nil) || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if c.listen == "every" && auth != "Bearer "+c.token {
			t.Errorf("%s: authorization %q", c.name, auth)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWhatListensEverywhereIsFoundOnThisMachine(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:8080": "127.0.0.1:8080", "[::]:8080": "[::1]:8080", "10.1.2.3:80": "10.1.2.3:80", "localhost:1": "localhost:1",
	} {
		if got := reachable(address); got != want {
			t.Errorf("reachable(%s) = %s, want %s", address, got, want)
		}
	}
}

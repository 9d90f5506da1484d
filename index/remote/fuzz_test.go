//go:build unix

package remote

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// local is a server that is asked without a socket.
func local(t testing.TB) *Server {
	t.Helper()
	ix, err := index.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return &Server{ix: ix, version: identity("v1"), working: make(chan struct{}, maxWorking), copying: make(chan struct{}, 1)}
}

func post(s *Server, method string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/"+method, body)
	if method == "hello" {
		r.Method = http.MethodGet
	}
	r.Header.Set(versionHeader, s.version)
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, r)
	return w
}

func TestQuestionsAreBounded(t *testing.T) {
	s := local(t)
	for name, body := range map[string]string{
		"too long": `{"name": "` + strings.Repeat("x", maxQuestion) + `"}`,
		"none":     "", "no JSON": "{", "another type": `{"limit": "all"}`,
	} {
		w := post(s, "find", strings.NewReader(body))
		f := new(fault)
		if err := json.Unmarshal(w.Body.Bytes(), f); err != nil || w.Code != http.StatusBadRequest || f.Message == "" {
			t.Errorf("%s: status %d, %v, %q; want 400 and a reason", name, w.Code, err, f.Message)
		}
	}
	if w := post(s, "drop", strings.NewReader("{}")); w.Code != http.StatusNotFound {
		t.Errorf("a method that is none: status %d, want 404", w.Code)
	}
}

func TestErrorsKeepTheirIdentityAndTheirWords(t *testing.T) {
	for _, k := range kinds() {
		err := errors.Join(errors.New("while reading"), k.err)
		data, jsonErr := json.Marshal(faultOf(err))
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		got := new(Client).fault(&http.Response{}, bytes.NewReader(data))
		if !errors.Is(got, k.err) || got.Error() != err.Error() {
			t.Errorf("%s: got %q, want %q, the same error", k.code, got, err)
		}
	}
	got := new(Client).fault(&http.Response{}, strings.NewReader(`{"code":"unheard of","message":"no"}`))
	if got.Error() != "no" || errors.Unwrap(got) != nil {
		t.Errorf("got %v, want the words alone", got)
	}
}

func FuzzQuestion(f *testing.F) {
	s := local(f)
	questions := []struct{ method, body string }{
		{"hello", `{}`},
		{"entry", `"0009000001-24-000001"`},
		{"filing", `"0009000001-24-000001"`},
		{"find", `{"ciks":[1],"name":"made of","sics":["3"],"exhibits":["99"],"amendment":false,"accepted_from":"2024-01-01T00:00:00Z","period_to":"2024-01-01","limit":3}`},
		{"entries", `{"states":["deferred"],"from":"2024-01-01","oldest_first":true}`},
		{"ticker", `"KELP"`},
		{"symbols", `"KELP"`},
		{"status", `"2024-02-02T12:00:00Z"`},
		{"passes", `10`},
		{"listing", `"2024Q1"`},
		{"listings", `{}`},
		{"coverage", `{}`},
		{"standings", `{"after":"0009000001-24-000001","count":2}`},
		{"amendments", `"0009000001-24-000001"`},
		{"edition", `{}`},
		{"issuer", `9000001`},
		{"suggest", `{"words":"made of","count":3}`},
		{"tally", `{"from":"2024-01-01","after":"AAA="}`},
		{"keys", `{"part":"there","after":"AAA="}`},
	}
	for i, q := range questions {
		f.Add(uint8(i), []byte(q.body))
	}
	f.Fuzz(func(t *testing.T, method uint8, body []byte) {
		w := post(s, questions[int(method)%len(questions)].method, bytes.NewReader(body))
		if !json.Valid(w.Body.Bytes()) {
			t.Errorf("status %d with %q, which is no JSON", w.Code, w.Body)
		}
		if len(s.working) != 0 {
			t.Errorf("%d slots are not given back", len(s.working))
		}
	})
}

func FuzzAnswer(f *testing.F) {
	good, err := json.Marshal(enclose(index.Page{Filings: []*parse.Filing{{Size: 7, Items: []parse.Item{{Number: "2.02"}}}}, Next: "x"}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"filings":[null]}`))
	f.Add([]byte(`{"filings":["AAAA"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var a found
		if err := json.Unmarshal(data, &a); err != nil {
			return
		}
		p, err := a.page()
		if err != nil {
			return
		}
		for _, x := range p.Filings {
			if x == nil {
				t.Error("a page has a filing that is none")
			}
		}
	})
}

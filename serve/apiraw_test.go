package serve_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const rawPath = "/api/v1/filings/0009900041-26-000402/raw"

// archived is the bytes that the archive has.
func (h *house) archived(t *testing.T, a string) []byte {
	t.Helper()
	r, _, err := h.ar.Open(accession(t, a), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRawBytesAreThoseOfTheArchiveAndNoPage(t *testing.T) {
	h := newHouse(t)
	want := h.archived(t, "0009900041-26-000402")
	w := h.ask(rawPath)
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), want) {
		t.Errorf("%d, %d bytes of %d", w.Code, w.Body.Len(), len(want))
	}
	for name, value := range map[string]string{
		"Content-Type": "text/plain", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Content-Length": fmt.Sprint(len(want)), "Cache-Control": "private, no-cache", "Accept-Ranges": "bytes",
	} {
		if got := w.Header().Get(name); got != value {
			t.Errorf("%s: %s, want %s", name, got, value)
		}
	}
	if got := h.ask(rawPath + "?revision=0").Header().Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("whichever revision is the newest: %s", got)
	}
	w = h.ask(rawPath + "?revision=1")
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") || !bytes.Equal(w.Body.Bytes(), want) {
		t.Errorf("a revision: %s, %d bytes", got, w.Body.Len())
	}
}

func TestRangesOfRawBytes(t *testing.T) {
	h := newHouse(t)
	want := h.archived(t, "0009900041-26-000402")
	n := len(want)
	for given, part := range map[string][]byte{
		"bytes=0-9": want[:10], "bytes=100-199": want[100:200], "bytes=-7": want[n-7:], fmt.Sprintf("bytes=%d-", n-1): want[n-1:],
	} {
		if w := h.ask(rawPath, "Range", given); w.Code != http.StatusPartialContent || !bytes.Equal(w.Body.Bytes(), part) {
			t.Errorf("%s: %d, %q, want %q", given, w.Code, w.Body, part)
		}
	}
	if w := h.ask(rawPath, "Range", "bytes=20-29,5-9"); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), want) {
		t.Errorf("two ranges: %d, %d bytes; want the whole, %d", w.Code, w.Body.Len(), n)
	}
	if w := h.ask(rawPath, "Range", fmt.Sprintf("bytes=%d-", n)); w.Code != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("behind the end: %d", w.Code)
	}
	if w := h.ask(rawPath, "Range", "bytes=0-9", "If-Range", `"x"`); w.Code != http.StatusOK {
		t.Errorf("of other bytes: %d", w.Code)
	}
}

func TestDamagedBytesAreCutOffBeforeTheirEnd(t *testing.T) {
	h := newHouse(t)
	var damaged int
	err := filepath.WalkDir(filepath.Join(h.dir, "archive", "submissions"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(filepath.Base(path), "0009900041-26-000402") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b[len(b)/2] ^= 0x55
		damaged++
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o600)
	})
	if err != nil || damaged == 0 {
		t.Fatalf("%d files damaged, %v", damaged, err)
	}
	srv := httptest.NewServer(h)
	defer srv.Close()
	resp, err := http.Get(srv.URL + rawPath)
	if err != nil {
		return // cut off before the first byte
	}
	defer resp.Body.Close()
	if b, err := io.ReadAll(resp.Body); resp.StatusCode == http.StatusOK && err == nil {
		t.Errorf("%d bytes came as if they were whole", len(b))
	}
}

func TestHeadersComeWithoutTheirBody(t *testing.T) {
	h := newHouse(t)
	srv := httptest.NewServer(h)
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, path := range append(everyAnswer(), "/api/v1/filings?limit=1") {
		get, err := client.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		get.Body.Close()
		head, err := client.Head(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(head.Body)
		head.Body.Close()
		for _, name := range []string{"Etag", "Content-Type", "Link"} {
			if head.StatusCode != get.StatusCode || len(body) > 0 || head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("%s: HEAD %d %s, %d bytes; GET %d %s", path, head.StatusCode, head.Header, len(body), get.StatusCode, get.Header)
			}
		}
	}
}

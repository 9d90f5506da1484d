//go:build unix

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/edgard/edgartest"
)

// secServer serves a world over TLS as www.sec.gov and data.sec.gov, and returns
// its address and a file with the certificate of who vouches for it.
func secServer(t *testing.T, w http.Handler) (addr, caFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Tidewater test authority"},
		DNSNames: []string{"www.sec.gov", "data.sec.gov"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, &cert, &cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(w)
	srv.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv.Listener.Addr().String(), caFile
}

// connectProxy leads whoever says CONNECT to addr, whatever host was meant, and
// nobody anywhere else. It wants these credentials if any are given.
type connectProxy struct {
	addr, user, password string

	mu  sync.Mutex
	led []string // hosts, once each
}

func (p *connectProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.user+":"+p.password))
	switch {
	case r.Method != http.MethodConnect:
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
	case p.user != "" && r.Header.Get("Proxy-Authorization") != want:
		w.Header().Set("Proxy-Authenticate", `Basic realm="the way out"`)
		http.Error(w, "who are you?", http.StatusProxyAuthRequired)
	case p.addr == "":
		http.Error(w, "not from here", http.StatusForbidden)
	default:
		p.lead(w, r)
	}
}

// throughProxy makes a household that asks sec.gov itself, by way of a proxy.
func throughProxy(t *testing.T, proxy, caFile string) *household {
	h := newHousehold(t)
	h.env = []string{"HTTPS_PROXY=" + proxy, "SSL_CERT_FILE=" + caFile, "EDGARD_USER_AGENT=Edgard Test ops@edgard.dev"}
	return h
}

func (p *connectProxy) lead(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	if !slices.Contains(p.led, r.Host) {
		p.led = append(p.led, r.Host)
	}
	p.mu.Unlock()
	there, err := net.Dial("tcp", p.addr)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer there.Close()
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	var both sync.WaitGroup
	both.Go(func() { io.Copy(there, here); there.Close() })
	both.Go(func() { io.Copy(here, there); here.Close() })
	both.Wait()
}

// protocols remembers by which HTTP a world was asked.
type protocols struct {
	*edgartest.World
	mu   sync.Mutex
	seen map[string]int
}

func (p *protocols) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.seen[r.Proto+" "+r.Host]++
	p.mu.Unlock()
	p.World.ServeHTTP(w, r)
}

func TestAPassGoesThroughTheProxyOfTheEnvironment(t *testing.T) {
	w := &protocols{World: busyWorld(t, 6), seen: map[string]int{}}
	w.SetTicker("TIDE", busySubmission(t, 299).Filers[0].CIK, "Tidewater Lens Works", "NYSE")
	addr, ca := secServer(t, w)
	proxy := &connectProxy{addr: addr, user: "jane", password: "secret"}
	srv := httptest.NewServer(proxy)
	defer srv.Close()
	h := throughProxy(t, "http://jane:secret@"+srv.Listener.Addr().String(), ca)
	h.run("sync", "--from", "2024Q1", "--to", "2024Q1")
	if got := len(h.archived()); got != 6 {
		t.Errorf("%d submissions archived, want 6", got)
	}
	if len(w.seen) != 1 || w.seen["HTTP/2.0 www.sec.gov"] != len(w.Requests()) {
		t.Errorf("asked by %v, want %d requests to www.sec.gov by HTTP/2.0", w.seen, len(w.Requests()))
	}
	if want := []string{"www.sec.gov:443"}; !slices.Equal(proxy.led, want) {
		t.Errorf("the proxy led to %q, want %q", proxy.led, want)
	}
}

func TestAProxyThatLeadsNowhereIsNamed(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	for name, c := range map[string]struct {
		proxy *connectProxy
		says  string
	}{
		"refuses":             {&connectProxy{}, "403 Forbidden"},
		"wants a password":    {&connectProxy{user: "jane", password: "secret"}, "407 Proxy Authentication Required"},
		"leads into the void": {&connectProxy{addr: closed.Listener.Addr().String()}, "502 Bad Gateway"},
		"is down":             {nil, "connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(c.proxy)
			defer srv.Close()
			if c.proxy == nil {
				srv.Close()
			}
			addr := srv.Listener.Addr().String()
			h := throughProxy(t, "http://jim:hush@"+addr, "")
			start := time.Now()
			p := h.start(nil, "sync", "--from", "2024Q1", "--to", "2024Q1")
			if code := p.code(); code != exitDiffers || !strings.Contains(p.errs.String()+p.out.String(), "proxy http://"+addr) || !strings.Contains(p.errs.String(), c.says) {
				t.Errorf("code %d, it said %q %q; want %d, the proxy's address and %q", code, p.out.String(), p.errs.String(), exitDiffers, c.says)
			}
			if strings.Contains(p.errs.String(), "hush") {
				t.Errorf("the password is told: %s", p.errs.String())
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

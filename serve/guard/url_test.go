package guard

import (
	"net"
	"testing"
)

// bound is a listener of an address.
type bound struct {
	net.Listener
	addr net.TCPAddr
}

func (b bound) Addr() net.Addr { return &b.addr }

func TestWhereAServerIsFound(t *testing.T) {
	for ip, want := range map[string]string{
		"127.0.0.1": "http://127.0.0.1:8080/", "::1": "http://[::1]:8080/", "0.0.0.0": "http://localhost:8080/", "::": "http://localhost:8080/", "192.0.2.1": "http://192.0.2.1:8080/",
	} {
		s := Server{listener: bound{addr: net.TCPAddr{IP: net.ParseIP(ip), Port: 8080}}}
		if got := s.URL(); got != want {
			t.Errorf("%s: %s, want %s", ip, got, want)
		}
	}
}

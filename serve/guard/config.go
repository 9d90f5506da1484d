package guard

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"
)

// MinToken is how many characters a token has at least.
const MinToken = 16

// Config says who and how much is admitted. The zero value guards a server on loopback.
type Config struct {
	Token string   // required of every request; "" admits everybody who can connect
	Hosts []string // names under which browsers may ask, beside localhost and IP addresses
	Open  []string // paths that need neither token nor Host: health checks, which reveal nothing

	Requests    int           // answered at once; 0 for 128
	Connections int           // open at once; 0 for 512
	Stall       time.Duration // that a reader may take for each 32 KiB, and a client to state its request; 0 for 10 s

	// Refuse writes what a request that is turned away gets: a status from 400 up and
	// a sentence for people that repeats nothing of the request. Header fields that
	// belong to the status are set. nil for plain text.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, detail string)

	Log *zap.Logger // nil for none
}

func (c Config) complete() Config {
	c.Requests = cmp.Or(c.Requests, 128)
	c.Connections = cmp.Or(c.Connections, 512)
	c.Stall = cmp.Or(c.Stall, 10*time.Second)
	if c.Refuse == nil {
		c.Refuse = plainly
	}
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
	return c
}

// plainly refuses in plain text.
func plainly(w http.ResponseWriter, _ *http.Request, status int, detail string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "%d %s: %s\n", status, http.StatusText(status), detail)
}

// CheckAddress says what is wrong with an address to listen on: host:port, whose host
// is stated. One that other machines can reach needs a token; whether a name is such
// a one shows when it is looked up ([Listen]).
func CheckAddress(address string, token bool) error {
	host, port, err := net.SplitHostPort(address)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || n == 0 && port != "0" {
		return fmt.Errorf("%q is no address to listen on: want host:port, such as 127.0.0.1:8080", address)
	}
	if host == "" {
		return fmt.Errorf("%q names no host: want 127.0.0.1:%s for this machine alone, or 0.0.0.0:%s, with a token, for every network", address, port, port)
	}
	if ip, err := netip.ParseAddr(host); err == nil && !ip.Unmap().IsLoopback() && !token {
		return &OpenError{address}
	}
	return nil
}

// OpenError says that other machines could reach a server that asks for no token.
type OpenError struct{ Address string }

func (e *OpenError) Error() string {
	return fmt.Sprintf("%s can be reached by other machines: that needs a token, of at least %d characters", e.Address, MinToken)
}

// CheckToken says what is wrong with a token: it has at least [MinToken] characters,
// printable ASCII without blanks, so that it fits a header.
func CheckToken(token string) error {
	if len(token) < MinToken {
		return fmt.Errorf("a token of %d characters is too easy to guess: want at least %d", len(token), MinToken)
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("a token consists of printable ASCII characters without blanks")
	}
	return nil
}

// CheckHost says what is wrong with a name for Config.Hosts.
func CheckHost(name string) error {
	if name == "" || hostName(name) != strings.ToLower(name) || strings.ContainsAny(name, "/@? \t*") {
		return fmt.Errorf("%q is no host name: want one such as edgard.example.com, without scheme, port or path", name)
	}
	return nil
}

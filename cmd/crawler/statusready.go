package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"
)

// readyTime is how long a daemon may take to say whether it is ready.
const readyTime = 10 * time.Second

// checkReady asks the daemon that holds the data directory of eff, on this machine,
// whether it is ready. It finds nothing wrong where no daemon is at work, or something
// else, or nothing, answers where one would listen.
func (a *app) checkReady(ctx context.Context, eff *effective) error {
	by, ok := holderOf(eff.Data)
	if here, _ := os.Hostname(); !ok || by.Command != "run" || by.Host != here || eff.Listen == "off" {
		return nil
	}
	secret, err := a.token(eff)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(eff.Listen)+"/readyz", nil)
	if err != nil {
		return err
	}
	if secret != "" {
		req.Header.Set("Authorization", "Bearer "+secret)
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req) // no proxy
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s does not say within %v whether it is ready", by, readyTime)
	}
	if err != nil {
		return nil // it listens elsewhere, or not at all
	}
	defer res.Body.Close()
	var told struct {
		Ready   *bool    `json:"ready"`
		Reasons []string `json:"reasons"`
	}
	err = json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&told)
	if err != nil || told.Ready == nil || *told.Ready {
		return nil
	}
	return fmt.Errorf("%s is not ready: %s", by, strings.Join(told.Reasons, "; "))
}

// reachable is where this machine finds what listens at address.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	ip, bad := netip.ParseAddr(host)
	switch {
	case err != nil || bad != nil || !ip.IsUnspecified():
		return address
	case ip.Is4():
		return net.JoinHostPort("127.0.0.1", port)
	}
	return net.JoinHostPort("::1", port)
}

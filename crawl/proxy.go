package crawl

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

// proxyError says that the way to EDGAR ends at the proxy that HTTPS_PROXY names.
type proxyError struct {
	proxy string // scheme and address, no credentials
	err   error
}

func (e *proxyError) Error() string {
	return fmt.Sprintf("proxy %s, as the environment names it: %v", e.proxy, e.err)
}
func (e *proxyError) Unwrap() error { return e.err }

// viaProxy tells a proxy that cannot be had, and one that refuses, from an EDGAR
// that does: net/http says of the one only where it dialled, of the other only
// the words of its status.
type viaProxy struct{ *http.Transport }

func (v viaProxy) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := v.Transport.RoundTrip(req)
	var op *net.OpError
	if err == nil || !errors.As(err, &op) || op.Op != "proxyconnect" && op.Op != "socks connect" {
		return res, err
	}
	if proxy, _ := v.Proxy(req); proxy != nil {
		err = &proxyError{nameOf(proxy), op.Err}
	}
	return nil, err
}

// refusal is the error of a proxy's answer to CONNECT, nil when it leads on.
func refusal(_ context.Context, proxy *url.URL, _ *http.Request, res *http.Response) error {
	switch res.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return &proxyError{nameOf(proxy), fmt.Errorf("it answers %d %s: give HTTPS_PROXY a user and a password it knows, as in http://user:password@%s", res.StatusCode, http.StatusText(res.StatusCode), proxy.Host)}
	}
	return &proxyError{nameOf(proxy), fmt.Errorf("it answers %d %s", res.StatusCode, http.StatusText(res.StatusCode))}
}

func nameOf(proxy *url.URL) string { return proxy.Scheme + "://" + proxy.Host }

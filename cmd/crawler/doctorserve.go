package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"example.com/edgard/serve/guard"
)

// listening looks whether run and serve could listen where they are to.
func (d *doctorCommand) listening() {
	addr := d.eff.Listen
	if addr == "off" {
		d.ok("listen", "off: no pages, no API")
		return
	}
	secret, err := d.token(d.eff)
	if err != nil {
		d.fault(exitMisuse, "token", "put at least 16 characters there, as openssl rand -hex 16 makes, for this user to read", "%v", err)
		return
	}
	if info, err := os.Stat(d.eff.TokenFile); err == nil && info.Mode().Perm()&0o077 != 0 && info.Mode().IsRegular() {
		d.warn("token", "chmod go= "+d.eff.TokenFile, "others may read %s", d.eff.TokenFile)
	}
	if err := guard.CheckAddress(addr, secret != ""); err != nil {
		d.fault(exitMisuse, "listen", "name a --token-file, or set "+tokenVariable+"; or listen at 127.0.0.1", "%v", err)
		return
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		_ = l.Close()
		d.ok("listen", "%s is free", addr)
	case errors.Is(err, syscall.EADDRINUSE) && alive(addr):
		d.ok("listen", "a crawler answers at %s", addr)
	case errors.Is(err, syscall.EADDRINUSE):
		d.warn("listen", "stop it, or choose another port with --listen", "another program listens at %s: run and serve cannot", addr)
	default:
		d.fault(exitOurs, "listen", "choose another address with --listen", "%v", err)
	}
}

// alive reports whether a crawler serves at addr.
func alive(addr string) bool {
	c := http.Client{Timeout: time.Second}
	res, err := c.Get("http://" + addr + "/livez")
	if err != nil {
		return false
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	return res.StatusCode == http.StatusOK && res.Header.Get("X-Content-Type-Options") == "nosniff"
}

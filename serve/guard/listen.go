package guard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/netutil"
)

const (
	maxHeader  = 16 << 10 // bytes of request line and header; net/http adds 4 KiB
	idleTime   = time.Minute
	finishTime = 2 * time.Second // that requests under way get when the server ends
)

// Server listens, and serves once it is told what.
type Server struct {
	config   Config
	listener net.Listener
}

// Listen binds address, as [CheckAddress] wants it. A port in use is
// syscall.EADDRINUSE. Nothing is answered before Serve.
func Listen(ctx context.Context, address string, c Config) (*Server, error) {
	if err := CheckAddress(address, c.Token != ""); err != nil {
		return nil, err
	}
	if c.Token != "" {
		if err := CheckToken(c.Token); err != nil {
			return nil, err
		}
	}
	to, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", address, err)
	}
	if !to.IP.IsLoopback() && c.Token == "" {
		return nil, &OpenError{address}
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", to.String())
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", address, err)
	}
	c = c.complete()
	return &Server{c, netutil.LimitListener(l, c.Connections)}, nil
}

// URL is where the server is found: http://127.0.0.1:8080/. For a server that listens
// on every address it names the one of this machine.
func (s *Server) URL() string {
	addr := s.listener.Addr().(*net.TCPAddr)
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d/", addr.Port)
	}
	return "http://" + addr.String() + "/"
}

// Close lets go of the address without having served.
func (s *Server) Close() error { return s.listener.Close() }

// Serve answers by h until ctx ends, and then until what is under way has ended, two
// seconds at most. The contexts of requests end with ctx: streams are to end then. It
// returns nil when it was ctx that ended it. 1 accept ⇒ n connections, all of which it
// waits for.
func (s *Server) Serve(ctx context.Context, h http.Handler) error {
	var open sync.WaitGroup
	srv := &http.Server{
		Handler:                      Handler(s.config, h),
		ReadHeaderTimeout:            s.config.Stall,
		WriteTimeout:                 s.config.Stall, // of each write: see patience
		IdleTimeout:                  idleTime,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		ErrorLog:                     quiet(s.config.Log),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
			case http.StateClosed, http.StateHijacked:
				open.Done()
			}
		},
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(s.listener) }()
	select {
	case err := <-ended:
		err = errors.Join(fmt.Errorf("serving: %w", err), srv.Close())
		open.Wait()
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	if srv.Shutdown(last) != nil {
		_ = srv.Close() // cuts off who is still reading
	}
	<-ended
	open.Wait()
	return nil
}

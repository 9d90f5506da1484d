package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"golang.org/x/sys/unix"
)

// connKey is the key of a request's connection in its context.
type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// arrivedAt is when the kernel received the last bytes of a request, however late
// it let this process look at them.
func arrivedAt(r *http.Request) time.Time {
	now := time.Now()
	conn, ok := r.Context().Value(connKey{}).(*net.TCPConn)
	if !ok {
		return now
	}
	raw, err := conn.SyscallConn()
	if err != nil {
		return now
	}
	var ago time.Duration
	_ = raw.Control(func(fd uintptr) {
		if info, err := unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO); err == nil {
			ago = time.Duration(info.Last_data_recv) * time.Millisecond
		}
	})
	return now.Add(-ago)
}

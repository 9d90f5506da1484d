package remote

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
)

const maxConns = 64

// listen binds the socket in dir. The caller holds the lock of the index there.
func listen(dir string) (l net.Listener, err error) {
	if err := unlink(dir); err != nil {
		return nil, err
	}
	err = withAddress(dir, func(path string) error {
		config := net.ListenConfig{Control: private}
		l, err = config.Listen(context.Background(), "unix", path)
		return err
	})
	if err != nil {
		return nil, err
	}
	if u, ok := l.(*net.UnixListener); ok {
		u.SetUnlinkOnClose(false) // the path may be that of a descriptor
	}
	if err := os.Chmod(filepath.Join(dir, socketName), 0o600); err != nil {
		return nil, errors.Join(err, l.Close(), unlink(dir))
	}
	return &limited{Listener: l, slots: make(chan struct{}, maxConns), closed: make(chan struct{})}, nil
}

// limited is a listener with at most so many connections open as there are slots.
type limited struct {
	net.Listener
	slots  chan struct{}
	once   sync.Once
	closed chan struct{}
}

func (l *limited) Accept() (net.Conn, error) {
	select {
	case l.slots <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &counted{Conn: c, release: sync.OnceFunc(func() { <-l.slots })}, nil
}

func (l *limited) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// counted is a connection that has a slot until it is closed.
type counted struct {
	net.Conn
	release func()
}

func (c *counted) Close() error {
	defer c.release()
	return c.Conn.Close()
}

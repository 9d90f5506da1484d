//go:build unix

package remote

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
)

// hold opens the index of dir and shares it until the test ends.
func hold(t *testing.T, dir, version string, fill func(*index.Store) error) (*index.Store, *Server) {
	t.Helper()
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if fill != nil {
		if err := fill(ix); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Serve(dir, ix, version, log.New(io.Discard, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return ix, s
}

func dial(t *testing.T, dir string) *Client {
	t.Helper()
	c, err := Dial(dir, "v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestAnIndexReadFromItsHolderIsAReader(t *testing.T) {
	indextest.Run(t, func(t *testing.T, fill func(*index.Store) error) index.Reader {
		dir := t.TempDir()
		hold(t, dir, "v1", fill)
		return dial(t, dir)
	})
}

func TestTheSocketIsForItsOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	hold(t, dir, "v1", nil)
	info, err := os.Lstat(filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := info.Mode(), fs.ModeSocket|0o600; got != want {
		t.Errorf("mode %v, want %v", got, want)
	}
}

func TestOnLinuxTheSocketIsNeverForOthersNotEvenAtFirst(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the folder's permissions must do until the socket has its own")
	}
	path := filepath.Join(t.TempDir(), socketName)
	config := net.ListenConfig{Control: private}
	l, err := config.Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got&0o077 != 0 {
		t.Errorf("mode %v before it is changed, want nothing for others", got)
	}
}

func TestAProgramOfAnotherVersionIsRefusedInWords(t *testing.T) {
	dir := t.TempDir()
	hold(t, dir, "v2", nil)
	_, err := Dial(dir, "v1")
	var other *VersionError
	if !errors.As(err, &other) || *other != (VersionError{Theirs: "v2", Ours: "v1"}) || !errors.Is(err, index.ErrLocked) {
		t.Fatalf("got %v, want a VersionError that is an ErrLocked", err)
	}
	if want := "in use by crawler v2, and this is crawler v1"; !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, want %q in it", err, want)
	}
}

func TestAnAnswerWithoutAVersionIsOfAnotherOne(t *testing.T) {
	dir := t.TempDir()
	l, err := listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.NotFoundHandler()}
	go srv.Serve(l)
	defer srv.Close()
	var other *VersionError
	if _, err := Dial(dir, "v1"); !errors.As(err, &other) || other.Theirs != "of an unknown version" {
		t.Errorf("got %v, want a VersionError", err)
	}
}

func TestWhereNobodyListensThereIsNobody(t *testing.T) {
	empty, stale, file := t.TempDir(), t.TempDir(), t.TempDir()
	l, err := listen(stale)
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // its socket stays, as that of a killed process does
	if err := os.WriteFile(filepath.Join(file, socketName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"no socket": empty, "a stale one": stale, "a file": file, "no folder": empty + "/none"} {
		if _, err := Dial(dir, "v1"); !errors.Is(err, ErrGone) {
			t.Errorf("%s: %v, want %v", name, err, ErrGone)
		}
	}
}

func TestAStaleSocketIsReplaced(t *testing.T) {
	dir := t.TempDir()
	l, err := listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	hold(t, dir, "v1", nil)
	dial(t, dir)
}

func TestAFileInThePlaceOfTheSocketIsNotRemoved(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, socketName)
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Serve(dir, nil, "v1", nil); err == nil || !strings.Contains(err.Error(), "is no socket") {
		t.Errorf("got %v, want that it is no socket", err)
	}
	if data, err := os.ReadFile(path); string(data) != "mine" {
		t.Errorf("the file holds %q, %v", data, err)
	}
}

func TestAPathTooLongForASocketIsReachedNevertheless(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux reaches a folder through its descriptor")
	}
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 25), strings.Repeat("longer", 25))
	_, s := hold(t, dir, "v1", nil)
	if _, err := dial(t, dir).Status(time.Now()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, socketName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after Close the socket is there: %v", err)
	}
}

func TestWhenTheHolderEndsThatIsTold(t *testing.T) {
	dir := t.TempDir()
	_, s := hold(t, dir, "v1", nil)
	c := dial(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Passes(1); !errors.Is(err, ErrGone) {
		t.Errorf("got %v, want %v", err, ErrGone)
	}
}

func TestWritingGoesOnWhileOthersRead(t *testing.T) {
	dir := t.TempDir()
	ix, _ := hold(t, dir, "v1", nil)
	c := dial(t, dir)
	for n := range 20 {
		if err := ix.AddPass(index.Pass{Command: "sync", Listed: n}); err != nil {
			t.Fatal(err)
		}
		ps, err := c.Passes(1)
		if err != nil || len(ps) != 1 || ps[0].Listed != n {
			t.Fatalf("got %+v, %v; want the pass just written, %d", ps, err, n)
		}
	}
}

// slow is an index whose Passes waits for release, and says that it has begun.
type slow struct {
	index.Reader
	begun, release chan struct{}
}

func (s *slow) Passes(int) ([]index.Pass, error) {
	s.begun <- struct{}{}
	<-s.release
	return nil, nil
}

func serveSlow(t *testing.T) (dir string, ix *slow, s *Server) {
	t.Helper()
	dir, ix = t.TempDir(), &slow{begun: make(chan struct{}, 100), release: make(chan struct{})}
	s, err := Serve(dir, ix, "v1", log.New(io.Discard, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return dir, ix, s
}

func TestOnlySoManyQuestionsAreWithTheIndexAtATime(t *testing.T) {
	dir, ix, s := serveSlow(t)
	c := dial(t, dir)
	answers := make(chan error)
	for range 3 * maxWorking {
		go func() { _, err := c.Passes(1); answers <- err }()
	}
	for range maxWorking {
		<-ix.begun
	}
	dial(t, dir) // others still see that there is somebody
	if len(ix.begun) > 0 || len(s.working) != maxWorking {
		t.Errorf("%d questions are with the index, want %d", maxWorking+len(ix.begun), maxWorking)
	}
	close(ix.release)
	for range 3 * maxWorking {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
}

func TestClosingWaitsForAQuestionAndLetsNoOtherIn(t *testing.T) {
	dir, ix, s := serveSlow(t)
	c := dial(t, dir)
	answered := make(chan error, 1)
	go func() { _, err := c.Passes(1); answered <- err }()
	<-ix.begun
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	close(ix.release)
	if err := errors.Join(<-answered, <-closed); err != nil {
		t.Error(err)
	}
	if len(s.working) != maxWorking {
		t.Errorf("%d slots are taken after Close, want all %d", len(s.working), maxWorking)
	}
}

func TestClosingDoesNotWaitForEver(t *testing.T) {
	dir, ix, s := serveSlow(t)
	defer close(ix.release)
	var said bytes.Buffer
	s.faults = log.New(&said, "", 0)
	c := dial(t, dir)
	answered := make(chan error, 1)
	go func() { _, err := c.Passes(1); answered <- err }()
	<-ix.begun
	if err := s.Close(); err != nil || !strings.Contains(said.String(), "a question is still with it") {
		t.Errorf("got %v and %q, want to be told of the question", err, said.String())
	}
	if err := <-answered; !errors.Is(err, ErrGone) {
		t.Errorf("who waited got %v, want %v", err, ErrGone)
	}
}

func TestAClientThatVanishesLeavesNothing(t *testing.T) {
	dir, ix, s := serveSlow(t)
	for range maxWorking {
		ctx, cancel := context.WithCancel(t.Context())
		conn, err := connect(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, "POST /passes HTTP/1.1\r\nHost: index\r\nEdgard-Version: "+identity("v1")+"\r\nContent-Length: 1\r\n\r\n1")
		<-ix.begun
		conn.Close()
		cancel()
	}
	close(ix.release)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestAPanicOverAQuestionIsNotTheHoldersEnd(t *testing.T) {
	dir := t.TempDir()
	s, err := Serve(dir, panicking{}, "v1", log.New(io.Discard, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, dir)
	for range 2 * maxWorking {
		if _, err := c.Entry(edgar.Accession{}); !errors.Is(err, ErrGone) {
			t.Errorf("got %v, want %v", err, ErrGone)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

type panicking struct{ index.Reader }

func (panicking) Entry(edgar.Accession) (index.Entry, error) { panic("a page that is none") }

// long is an index with more to say than a connection takes at once.
type long struct{ index.Reader }

func (long) Listings() ([]index.Listing, error) {
	return []index.Listing{{Key: strings.Repeat("long", 1<<20)}}, nil
}

func TestClientsThatDoNotReadTheirAnswersKeepNobodyWaiting(t *testing.T) {
	dir := t.TempDir()
	s, err := Serve(dir, long{}, "v1", log.New(io.Discard, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 * maxWorking {
		conn, err := connect(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "POST /listings HTTP/1.1\r\nHost: index\r\nEdgard-Version: "+identity("v1")+"\r\nContent-Length: 2\r\n\r\n{}")
		if _, err := conn.Read(make([]byte, 1)); err != nil { // and no more
			t.Fatal(err)
		}
	}
	if ls, err := dial(t, dir).Listings(); err != nil || len(ls) != 1 {
		t.Errorf("another client got %d listings, %v", len(ls), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestAListenerOpensNoMoreConnectionsThanItHasSlots(t *testing.T) {
	inner, err := listen(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	l := &limited{Listener: inner, slots: make(chan struct{}, 1), closed: make(chan struct{})}
	accepted, ended := make(chan net.Conn), make(chan error, 1)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				ended <- err
				return
			}
			accepted <- c
		}
	}()
	for range 2 {
		c, err := net.Dial("unix", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	first := <-accepted
	select {
	case <-accepted:
		t.Error("a second connection while the first has the only slot")
	default:
	}
	first.Close()
	first.Close() // gives back one slot, not two
	<-accepted
	if len(l.slots) != 1 {
		t.Errorf("%d slots taken, want 1", len(l.slots))
	}
	l.Close()
	if err := <-ended; !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close got %v, want %v", err, net.ErrClosed)
	}
}

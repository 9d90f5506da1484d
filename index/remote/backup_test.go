package remote

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/edgard/index"
)

// copying is an index that is copied as give does.
type copying struct {
	index.Reader
	size int64
	give func(w io.Writer) error
}

func (c *copying) Backup(begin func(index.Snapshot) (io.Writer, error)) error {
	w, err := begin(index.Snapshot{Identity: "made", Bytes: c.size})
	if err == nil {
		err = c.give(w)
	}
	return err
}

// taken is what a client gets of a copy.
func taken(t *testing.T, ix *copying) ([]byte, error) {
	t.Helper()
	dir := t.TempDir()
	s, err := Serve(dir, ix, "v1", log.New(io.Discard, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var got bytes.Buffer
	err = dial(t, dir).Backup(func(index.Snapshot) (io.Writer, error) { return &got, nil })
	return got.Bytes(), err
}

func TestACopyComesWholeOrNotAtAll(t *testing.T) {
	content := bytes.Repeat([]byte("edgard"), 100_000)
	whole := &copying{size: int64(len(content)), give: func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(content))
		return err
	}}
	if got, err := taken(t, whole); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v; want all %d", len(got), err, len(content))
	}
	damaged := fmt.Errorf("page 17: %w", index.ErrDamaged)
	half := &copying{size: int64(len(content)), give: func(w io.Writer) error {
		_, err := w.Write(content[:1000])
		return errors.Join(err, damaged)
	}}
	if _, err := taken(t, half); !errors.Is(err, index.ErrDamaged) || !strings.Contains(err.Error(), "page 17") {
		t.Errorf("%v, want the error of the one who copies", err)
	}
	short := &copying{size: int64(len(content)) + 1, give: whole.give}
	if _, err := taken(t, short); !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "600000 bytes of 600001") {
		t.Errorf("%v, want it cut off", err)
	}
	long := &copying{size: 5, give: whole.give}
	if got, err := taken(t, long); !errors.Is(err, ErrGone) || len(got) > 6 {
		t.Errorf("%d bytes, %v; want no more than promised", len(got), err)
	}
}

func TestAPanicInCopyingCutsItOff(t *testing.T) {
	_, err := taken(t, &copying{size: 10, give: func(w io.Writer) error {
		_, _ = w.Write([]byte("12345"))
		panic(http.ErrAbortHandler)
	}})
	if !errors.Is(err, ErrGone) {
		t.Errorf("%v, want it cut off", err)
	}
}

func TestWhoTakesACopyTooSlowlyGetsNoMoreOfIt(t *testing.T) {
	var got bytes.Buffer
	p := &paced{w: &got, control: http.NewResponseController(httptest.NewRecorder()), end: time.Now().Add(time.Hour)}
	if _, err := p.Write([]byte("in time")); err != nil || got.String() != "in time" {
		t.Errorf("%q, %v; want it written", got.String(), err)
	}
	p.end = time.Now().Add(-time.Second)
	if _, err := p.Write([]byte("too late")); !errors.Is(err, errSlow) {
		t.Errorf("%v, want %v", err, errSlow)
	}
}

package crawl

import (
	"errors"
	"io"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// A copying brings the bytes of one submission into the archive: all of them, or
// with text its text alone. It is a writer, ended by commit or abort.
type copying struct {
	w   *archive.Writer
	cut *cutting // nil when all is kept
}

func newCopying(store *archive.Store, a edgar.Accession, text bool) (*copying, error) {
	w, err := store.Create(a)
	if err != nil {
		return nil, err
	}
	c := &copying{w: w}
	if text {
		c.cut = newCutting(w)
	}
	return c, nil
}

func (c *copying) Write(p []byte) (int, error) {
	if c.cut != nil {
		return c.cut.in.Write(p)
	}
	return c.w.Write(p)
}

// commit makes the copy durable. The error is parse.ErrNotSubmission when nothing
// could be cut, for that is none.
func (c *copying) commit() (archive.Info, error) {
	if c.cut != nil {
		o, err := c.cut.end()
		if err != nil {
			return archive.Info{}, errors.Join(err, c.w.Abort())
		}
		if o.Documents > 0 {
			c.w.Cut(o.Size, o.SHA256)
		}
	}
	return c.w.Commit(time.Now())
}

// abort drops what was not committed.
func (c *copying) abort() {
	if c.cut != nil {
		c.cut.in.CloseWithError(io.ErrUnexpectedEOF)
		<-c.cut.done
	}
	c.w.Abort()
}

// A cutting runs parse.KeepText over what is written to it.
type cutting struct {
	in       *io.PipeWriter
	done     chan struct{} // closed when the following stand
	original parse.Original
	err      error
}

func newCutting(w io.Writer) *cutting {
	out, in := io.Pipe()
	c := &cutting{in: in, done: make(chan struct{})}
	go func() {
		defer close(c.done)
		c.original, c.err = parse.KeepText(w, out)
		if errors.Is(c.err, parse.ErrNotSubmission) {
			io.Copy(io.Discard, out) // whoever writes is to go on and judge by itself
		}
		out.CloseWithError(c.err)
	}()
	return c
}

// end waits for the last bytes to be through.
func (c *cutting) end() (parse.Original, error) {
	c.in.Close()
	<-c.done
	return c.original, c.err
}

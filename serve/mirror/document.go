package mirror

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
)

// maxInMemory is the size up to which a document is kept from being measured to
// being served.
const maxInMemory = 1 << 20

// errMoving says that a cut copy has just given way to the whole, of which the index
// does not know the places yet.
var errMoving = errors.New("copy completed a moment ago")

func (h *held) settled() error {
	if !h.info.Cut && !whole(h.Filing) {
		return errMoving
	}
	return nil
}

// document is a document of a submission under the name that its filer gave it,
// as EDGAR serves it: out of its wrapping, and decoded. One whose encoding is broken
// comes as it stands in the submission.
func (m *Mirror) document(h *held, name string) (*resource, error) {
	d := named(h.Filing, name)
	if d == nil {
		return nil, errNoKey
	}
	if err := h.settled(); err != nil {
		return nil, err
	}
	res := &resource{kind: kindOfFile(d), etag: h.tag("/" + strconv.FormatInt(d.Offset, 10)), modified: h.info.Stored, foreign: true}
	open := func() (io.ReadCloser, error) { return m.read(h) }
	kept, size, err := measure(open, d, true)
	read := decoded
	if errors.Is(err, content.ErrEncoding) {
		res.kind, read = "text/plain", undecoded
		kept, size, err = measure(open, d, false)
	}
	if err != nil {
		return nil, fmt.Errorf("document %s of %s: %w", strconv.Quote(name), h.Accession, err)
	}
	if kept != nil {
		res.body = bytes.NewReader(kept)
		return res, nil
	}
	res.body = &stream{size: size, open: func() (io.ReadCloser, error) { return pipe(open, d, read) }}
	return res, nil
}

// named returns the document that has a name, nil when none that is kept has it.
func named(f *parse.Filing, name string) *parse.Document {
	for i := range f.Documents {
		if d := &f.Documents[i]; name != "" && d.Filename == name && d.Cut == nil && d.Length > 0 {
			return d
		}
	}
	return nil
}

// kindOfFile is the content type of a document, which like EDGAR's says nothing
// of the charset. What would do as a script or a style sheet of this host's own pages,
// if anybody got one to name it, is plain text.
func kindOfFile(d *parse.Document) string {
	switch ext := strings.ToLower(path.Ext(d.Filename)); {
	case ext == ".txt", d.Media == "text/javascript", d.Media == "text/css":
		return "text/plain"
	case d.Media == "":
		return "application/octet-stream"
	}
	return d.Media
}

// reading writes one document of the submission that r gives.
type reading func(w io.Writer, r io.Reader, d *parse.Document) error

func decoded(w io.Writer, r io.Reader, d *parse.Document) error { return content.Copy(w, r, d) }

// undecoded writes an encoded document as it stands, its first line made anew.
func undecoded(w io.Writer, r io.Reader, d *parse.Document) error {
	b, err := content.NewReader(r).Open(d)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "begin 644 %s\n", b.Name); err != nil {
		return err
	}
	return b.Undecoded(w)
}

// measure reads a document and the rest of its submission, and returns how long it
// is, and the bytes themselves if they are few.
func measure(open func() (io.ReadCloser, error), d *parse.Document, decode bool) (kept []byte, size int64, err error) {
	in, err := open()
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	read := undecoded
	if decode {
		read = decoded
	}
	var m meter
	if err := read(&m, in, d); err != nil {
		return nil, 0, err
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return nil, 0, err
	}
	return m.bytes(), m.n, nil
}

// meter counts what is written to it, and keeps it as long as it is little.
type meter struct {
	n    int64
	kept []byte
}

// Write implements io.Writer.
func (m *meter) Write(p []byte) (int, error) {
	if m.n += int64(len(p)); m.n <= maxInMemory {
		m.kept = append(m.kept, p...)
	} else {
		m.kept = nil
	}
	return len(p), nil
}

// bytes returns all that was written, nil if it is too much.
func (m *meter) bytes() []byte {
	if m.n == 0 {
		return []byte{}
	}
	return m.kept
}

// pipe returns a reader of one document, which at its end has read the whole
// submission.
func pipe(open func() (io.ReadCloser, error), d *parse.Document, read reading) (io.ReadCloser, error) {
	in, err := open()
	if err != nil {
		return nil, err
	}
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer in.Close()
		err := read(w, in, d)
		if err == nil {
			_, err = io.Copy(io.Discard, in)
		}
		w.CloseWithError(err)
	}()
	return &piped{r, done}, nil
}

// piped is the reading end of a pipe whose writer it waits for.
type piped struct {
	*io.PipeReader
	done chan struct{}
}

// Close ends the writer, and waits until it has.
func (p *piped) Close() error {
	err := p.PipeReader.Close()
	<-p.done
	return err
}

package serve

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
)

// getRaw answers with the archived bytes of a submission, which no browser is to take
// for a page.
func (s *Server) getRaw(w http.ResponseWriter, r *http.Request) error {
	v, err := versionOf(r)
	if err != nil {
		return err
	}
	f, err := s.known(v)
	if err != nil {
		return err
	}
	asked := v.revision
	if asked == 0 {
		v.revision = f.Revision
	}
	b, err := openRaw(s.Archive, v.accession, v.revision)
	if err != nil {
		return fmt.Errorf("reading %s from the archive: %w", v.accession, err)
	}
	defer b.Close()
	h := w.Header()
	h.Set("Content-Type", "text/plain")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Disposition", fmt.Sprintf(`inline; filename="%s.txt"`, v.accession))
	h.Set("ETag", fmt.Sprintf(`"%x"`, b.info.SHA256))
	h.Set("Cache-Control", "private, no-cache")
	if asked > 0 && !b.info.Cut {
		h.Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	http.ServeContent(w, oneRange(r), "", time.Time{}, b)
	if b.err != nil {
		s.Log.Error("submission cut off", zap.Stringer("accession", v.accession), zap.Error(b.err))
		panic(http.ErrAbortHandler)
	}
	return nil
}

// oneRange is a request without its Range when that names several: each that goes back
// would have the submission unpacked from its beginning. The whole is an answer, too
// (RFC 9110, section 14.2).
func oneRange(r *http.Request) *http.Request {
	if !strings.Contains(r.Header.Get("Range"), ",") {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("Range")
	return r
}

// raw reads the bytes of a revision from any place; going back begins anew.
type raw struct {
	ar   *archive.Store
	info archive.Info

	r     io.ReadCloser
	at    int64 // of r
	where int64 // of the next Read
	err   error // what ended it, io.EOF left aside
}

func openRaw(ar *archive.Store, a edgar.Accession, revision int) (*raw, error) {
	r, info, err := ar.Open(a, revision)
	if err != nil {
		return nil, err
	}
	return &raw{ar: ar, info: info, r: r}, nil
}

// Seek implements io.Seeker.
func (b *raw) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.where
	case io.SeekEnd:
		offset += b.info.Size
	}
	if offset < 0 {
		return 0, errors.New("seek before the beginning")
	}
	b.where = offset
	return offset, nil
}

// Read implements io.Reader. The last bytes come only when the whole is known to be
// as it was written.
func (b *raw) Read(p []byte) (int, error) {
	if b.where >= b.info.Size {
		return 0, io.EOF
	}
	if b.err == nil {
		b.err = b.move()
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.r.Read(p)
	b.at += int64(n)
	b.where = b.at
	if b.at >= b.info.Size && err == nil {
		_, err = io.ReadFull(b.r, make([]byte, 1))
	}
	if err != nil && err != io.EOF {
		b.err = err
		return 0, err
	}
	return n, nil
}

// move brings the reader to where the next byte is wanted.
func (b *raw) move() error {
	if b.where < b.at {
		anew, _, err := b.ar.Open(b.info.Accession, b.info.Revision)
		if err != nil {
			return err
		}
		before := b.r
		b.r, b.at = anew, 0
		if err := before.Close(); err != nil {
			return err
		}
	}
	n, err := io.CopyN(io.Discard, b.r, b.where-b.at)
	b.at += n
	return err
}

// Close implements io.Closer.
func (b *raw) Close() error { return b.r.Close() }

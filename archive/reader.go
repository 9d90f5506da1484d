package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zstd"

	"example.com/edgard/edgar"
)

// Open returns the bytes of a revision, 0 for the newest, and what Stat tells of
// it; fs.ErrNotExist when there is none. The reader streams: what it has
// returned is known to be good only once it has returned io.EOF. Damage found on
// the way or at the end is ErrCorrupt. Close it.
func (s *Store) Open(a edgar.Accession, revision int) (io.ReadCloser, Info, error) {
	if revision == 0 {
		info, err := s.Stat(a)
		if err != nil {
			return nil, info, err
		}
		revision = info.Revision
	}
	f, t, err := s.openFile(a, revision)
	if err != nil {
		return nil, t.Info, err
	}
	r := &reader{store: s, want: t, file: f, hash: sha256.New(), dec: s.decoders.Get().(*zstd.Decoder)}
	if err := r.dec.Reset(frameReader{r}); err != nil {
		return nil, t.Info, errors.Join(corrupt(a, revision, err), r.Close())
	}
	return r, t.Info, nil
}

// Verify reads a revision whole, 0 for the newest, and returns nil when every
// byte of it is as it was written, else what Open and its reader return.
func (s *Store) Verify(a edgar.Accession, revision int) error {
	r, _, err := s.Open(a, revision)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err
}

type reader struct {
	store    *Store
	want     trailer
	file     *os.File
	dec      *zstd.Decoder
	hash     hash.Hash
	size     int64
	frameLen int64
	frameSum uint32
	err      error
}

func (r *reader) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.dec.Read(p)
	r.size += int64(n)
	if r.size > r.want.Size {
		n, err = 0, fmt.Errorf("more than its %d bytes", r.want.Size)
	}
	r.hash.Write(p[:n])
	if err == io.EOF {
		err = r.check()
	}
	r.err = r.explain(err)
	return n, r.err
}

// check compares the whole of what was read with the trailer; io.EOF is success.
func (r *reader) check() error {
	switch {
	case r.frameLen != r.want.frameLen || r.frameSum != r.want.frameSum:
		return errors.New("frame checksum differs")
	case r.size != r.want.Size:
		return fmt.Errorf("%d bytes, want %d", r.size, r.want.Size)
	case [32]byte(r.hash.Sum(nil)) != r.want.SHA256:
		return errors.New("sha256 differs")
	}
	return io.EOF
}

// explain tells damage from a disk that does not answer.
func (r *reader) explain(err error) error {
	var disk *fs.PathError
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.As(err, &disk):
		return fmt.Errorf("submission %s: %w", r.want.Accession, err)
	}
	return corrupt(r.want.Accession, r.want.Revision, err)
}

// Close may be called again.
func (r *reader) Close() error {
	if r.file == nil {
		return nil
	}
	r.err = fmt.Errorf("submission %s: %w", r.want.Accession, fs.ErrClosed)
	if r.dec.Reset(nil) == nil {
		r.store.decoders.Put(r.dec)
	}
	f := r.file
	r.dec, r.file = nil, nil
	return f.Close()
}

// A frameReader feeds the decoder from the file, as far as the trailer.
type frameReader struct{ r *reader }

func (f frameReader) Read(p []byte) (int, error) {
	r := f.r
	if left := r.want.frameLen - r.frameLen; left == 0 {
		return 0, io.EOF
	} else if int64(len(p)) > left {
		p = p[:left]
	}
	n, err := r.file.Read(p)
	r.frameLen += int64(n)
	r.frameSum = crc32.Update(r.frameSum, castagnoli, p[:n])
	return n, err
}

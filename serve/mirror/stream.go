package mirror

import (
	"errors"
	"fmt"
	"io"
)

// A stream is bytes of known length that come from the archive, read anew from the
// front whenever they are read from elsewhere. Their last ones come only when all
// before them have proved to be as they were archived, so that whoever has read as
// many as there are has read the right ones.
type stream struct {
	size int64
	open func() (io.ReadCloser, error)

	at  int64 // where to read next
	in  io.ReadCloser
	pos int64 // how far in is
	err error // of reading
}

// Seek implements io.Seeker.
func (s *stream) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.at
	case io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return 0, errors.New("before the beginning")
	}
	s.at = offset
	return offset, nil
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.at >= s.size {
		return 0, io.EOF
	}
	n, err := s.read(p)
	if err != nil {
		s.err = err
		return 0, err
	}
	return n, nil
}

func (s *stream) read(p []byte) (int, error) {
	if err := s.move(); err != nil {
		return 0, err
	}
	n, err := s.in.Read(p[:min(int64(len(p)), s.size-s.at)])
	if err == io.EOF && int64(n) == s.size-s.at {
		err = nil
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return 0, err
	}
	s.at += int64(n)
	s.pos = s.at
	if s.at == s.size {
		return n, s.end()
	}
	return n, nil
}

// move brings in to where to read next.
func (s *stream) move() error {
	if s.in != nil && s.pos > s.at {
		if err := s.Close(); err != nil {
			return err
		}
	}
	if s.in == nil {
		in, err := s.open()
		if err != nil {
			return err
		}
		s.in, s.pos = in, 0
	}
	n, err := io.CopyN(io.Discard, s.in, s.at-s.pos)
	s.pos += n
	return err
}

// end reads on to find nothing more, which is when damage would tell.
func (s *stream) end() error {
	n, err := io.Copy(io.Discard, s.in)
	if err == nil && n > 0 {
		err = fmt.Errorf("%d bytes more than %d", n, s.size)
	}
	return err
}

// verify reads everything once.
func (s *stream) verify() error {
	in, err := s.open()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return errors.Join(err, in.Close())
}

// Close may be called again.
func (s *stream) Close() error {
	if s.in == nil {
		return nil
	}
	in := s.in
	s.in = nil
	return in.Close()
}

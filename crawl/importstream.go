package crawl

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	maxPacked     = 4        // packings around a submission: a tar.gz of .gz files has three
	maxZstdWindow = 32 << 20 // of memory, each; "zstd --ultra" and --long take more
)

const maxPadding = 16 << 20 // bytes after the end of a tar that are looked at

// memberError says in which member of a file reading came to its end.
type memberError struct {
	from origin
	err  error
}

func (e *memberError) Error() string { return e.from.String() + ": " + e.err.Error() }
func (e *memberError) Unwrap() error { return e.err }

// fileReader takes one file apart.
type fileReader struct {
	m   *importing
	ctx context.Context
	out chan<- piece
}

// stream reads what r brings, unpacking as often as it has to. The error is what
// reading ended with before its time, or a *sinkError.
func (r *fileReader) stream(o origin, in io.Reader, depth int) error {
	buf := r.m.readers.Get().(*bufio.Reader)
	buf.Reset(in)
	defer r.m.readers.Put(buf)
	head, err := buf.Peek(tarBlock)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	packed := bytes.HasPrefix(head, []byte{0x1f, 0x8b}) || bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd})
	switch {
	case (packed || isTar(head)) && depth == maxPacked:
		return fmt.Errorf("packed more than %d times: unpack it first", maxPacked)
	case packed && head[0] == 0x1f:
		gz, err := gzip.NewReader(buf)
		if err != nil {
			return err
		}
		return r.stream(o, gz, depth+1)
	case packed:
		z, err := zstd.NewReader(buf, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return err
		}
		defer z.Close()
		return r.stream(o, z, depth+1)
	case isTar(head):
		return r.members(o, buf, depth+1)
	}
	return r.submissions(o, buf)
}

// members goes through a tar. Only the base names of its members are looked at. One
// that cannot be read for reasons of its own ends there, and the next one is read.
func (r *fileReader) members(o origin, in io.Reader, depth int) error {
	src := &faultyReader{r: in}
	t := tar.NewReader(src)
	at := o
	for {
		h, err := t.Next()
		switch {
		case err == io.EOF:
			_, err := io.CopyN(io.Discard, in, maxPadding) // as far as the packing's checksum
			if err == io.EOF {
				err = nil
			}
			return err
		case err != nil && at.member != "":
			return &memberError{at, fmt.Errorf("after it: %w", err)}
		case err != nil:
			return err
		}
		at = origin{path: o.path, member: h.Name, named: o.named}
		switch {
		case h.Typeflag != tar.TypeReg:
		case at.event():
			r.m.events.Add(1)
		default:
			err := r.stream(at, t, depth)
			if err != nil && !r.ownFault(src, err) {
				return within(at, err)
			}
			if err != nil {
				r.m.loseIn(at, err)
			}
		}
	}
}

// ownFault reports whether err is of a member, and neither ours nor of the tar
// around it.
func (r *fileReader) ownFault(tar *faultyReader, err error) bool {
	var ours *sinkError
	return r.ctx.Err() == nil && tar.err == nil && !errors.As(err, &ours)
}

// faultyReader remembers what its reader broke with.
type faultyReader struct {
	r   io.Reader
	err error
}

func (f *faultyReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil {
		f.err = err
	}
	return n, err
}

// within says in which member it was, unless a deeper one is known.
func within(at origin, err error) error {
	var deeper *memberError
	if errors.As(err, &deeper) {
		return err
	}
	return &memberError{at, err}
}

const tarBlock = 512

// isTar reports whether b begins with the header of a tar, which holds the sum of
// its bytes as if that itself were blanks.
func isTar(b []byte) bool {
	if len(b) < tarBlock || b[0] == 0 {
		return false
	}
	field := bytes.Trim(b[148:156], " \x00")
	want, err := strconv.ParseInt(string(field), 8, 64)
	if err != nil {
		return false
	}
	sum := int64(8 * ' ')
	for _, c := range b[:148] {
		sum += int64(c)
	}
	for _, c := range b[156:tarBlock] {
		sum += int64(c)
	}
	return sum == want
}

// submissions reads what is not packed: a submission, several on end, or
// something else.
func (r *fileReader) submissions(o origin, in *bufio.Reader) error {
	if o.event() {
		r.m.events.Add(1)
		return nil
	}
	_, alone := o.stated()
	s := splitter{r: in, alone: alone || o.member != ""}
	for first := true; ; first = false {
		i := &intake{m: r.m, ctx: r.ctx, from: o, first: first}
		err := s.next(i)
		ended := err == io.EOF || err == errPassed
		if err != nil && !ended {
			return i.broken(err)
		}
		p, err := i.finish(s.flaw)
		if err != nil {
			return &sinkError{err}
		}
		if p != nil {
			select {
			case r.out <- *p:
			case <-r.ctx.Done():
				return context.Cause(r.ctx)
			}
		}
		if ended {
			return nil
		}
	}
}

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zstd"
)

// openInput opens a file, or standard input for "-", and unpacks gzip and zstd,
// which it knows by their first bytes.
func openInput(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return unpack(stdin, io.NopCloser(nil))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, errors.New("is a directory: name the files in it")
	}
	r, err := unpack(f, f)
	if err != nil {
		f.Close()
	}
	return r, err
}

// input is a reader with all that has to be closed after it.
type input struct {
	io.Reader
	close []func() error
}

// Close closes the unpacker, then the file.
func (in *input) Close() error {
	var errs []error
	for _, c := range in.close {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}

func unpack(r io.Reader, file io.Closer) (io.ReadCloser, error) {
	buf := bufio.NewReaderSize(r, 64<<10)
	magic, err := buf.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		gz, err := gzip.NewReader(buf)
		if err != nil {
			return nil, err
		}
		return &input{gz, []func() error{gz.Close, file.Close}}, nil
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(buf, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return nil, err
		}
		return &input{z, []func() error{func() error { z.Close(); return nil }, file.Close}}, nil
	}
	return &input{buf, []func() error{file.Close}}, nil
}

// reasonOf is the message of a file's failure without the name of the file.
func reasonOf(err error) string {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

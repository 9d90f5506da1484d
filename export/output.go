package export

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"

	"example.com/edgard/durable"
)

// Output is where an export goes, a file or a stream that is open already. It buffers,
// packs by gzip or zstd where the file's name ends in .gz or .zst, and counts. A file
// gets its name, and takes the place of what had it, in Commit and not before.
type Output struct {
	f      *os.File // nil for a stream
	path   string   // what f is to be called
	stream io.Writer
	bytes  int64
	packer io.WriteCloser // nil: as it is
	buffer *bufio.Writer
}

const bufferSize = 256 << 10

// Create begins a file, as FILE.xxxxxxxx.part beside it, which is left behind when the
// process is killed. A directory or a device in its place is refused; through a
// symbolic link the file that it names is written.
func Create(path string) (*Output, error) {
	target, err := resolve(path)
	if err != nil {
		return nil, err
	}
	o := &Output{path: target}
	if o.f, err = createBeside(target); err != nil {
		return nil, err
	}
	o.stream = o.f
	if err := o.pack(target); err != nil {
		return nil, errors.Join(err, o.Abort())
	}
	return o, nil
}

// Stream begins output to w.
func Stream(w io.Writer) *Output {
	o := &Output{stream: w}
	o.buffer = bufio.NewWriterSize((*counted)(o), bufferSize)
	return o
}

func resolve(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, hasFolder(path)
	case err != nil:
		return "", err
	case info.IsDir():
		return "", fmt.Errorf("%s is a directory: name a file in it", path)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file that can be replaced: write to standard output instead", path)
	}
	return filepath.EvalSymlinks(path)
}

func hasFolder(path string) error {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no directory %s: make it first", folder)
	}
	return nil
}

// createBeside makes a new file in the folder of path, of a name like it.
func createBeside(path string) (*os.File, error) {
	for {
		name := fmt.Sprintf("%s.%08x.part", path, rand.Uint32())
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// pack puts the packer in that a file's name asks for.
func (o *Output) pack(name string) (err error) {
	switch {
	case strings.HasSuffix(name, ".gz"):
		o.packer = gzip.NewWriter((*counted)(o))
	case strings.HasSuffix(name, ".zst"):
		o.packer, err = zstd.NewWriter((*counted)(o), zstd.WithEncoderConcurrency(1))
	}
	var to io.Writer = (*counted)(o)
	if o.packer != nil {
		to = o.packer
	}
	o.buffer = bufio.NewWriterSize(to, bufferSize)
	return err
}

// Write implements io.Writer.
func (o *Output) Write(p []byte) (int, error) { return o.buffer.Write(p) }

// Bytes is how many bytes have gone out.
func (o *Output) Bytes() int64 { return o.bytes }

// counted is the end of an Output where bytes leave it.
type counted Output

// Write implements io.Writer.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.stream.Write(p)
	c.bytes += int64(n)
	return n, err
}

// Commit writes what is left; a file is on the disk then, under its name. A stream that
// has a method Sync() error gets that called.
func (o *Output) Commit() error {
	err := o.buffer.Flush()
	if err == nil && o.packer != nil {
		err = o.packer.Close()
	}
	switch {
	case err != nil:
		return errors.Join(err, o.Abort())
	case o.f == nil:
		if s, ok := o.stream.(interface{ Sync() error }); ok {
			return s.Sync()
		}
		return nil
	}
	if err = errors.Join(o.f.Sync(), o.f.Close()); err == nil {
		err = durable.Rename(o.f.Name(), o.path)
	}
	if err != nil {
		return errors.Join(err, o.Abort())
	}
	return nil
}

// Abort drops a file that is not committed. After Commit it does nothing.
func (o *Output) Abort() error {
	if o.f == nil {
		return nil
	}
	_ = o.f.Close()
	err := os.Remove(o.f.Name())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

package edgartest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/tools/txtar"
)

// Skipped is a file that FromFS found and could not use.
type Skipped struct {
	Name string
	Err  error
}

// Skipped returns what FromFS passed over: files without a submission header, or
// with one that cannot be read.
func (w *World) Skipped() []Skipped {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return append([]Skipped(nil), w.skipped...)
}

// FromTxtar makes a world from an archive whose file names are paths of EDGAR.
// A submission stands under /Archives/edgar/data/CIK/ACCESSION.txt or plain
// ACCESSION.txt; its header says what it is and must agree with the name. A file
// with any other rooted path is served as it is, but company_tickers_exchange.json is read
// for the companies' tickers, from which all ticker files are made. A file that is neither is an error:
// archives are written by hand, and mistakes should not pass in silence.
func FromTxtar(ar *txtar.Archive, opts ...Option) (*World, error) {
	w := New(opts...)
	return w, w.addTxtar(ar)
}

func (w *World) addTxtar(ar *txtar.Archive) error {
	for _, f := range ar.Files {
		acc := submissionOf("/" + strings.TrimPrefix(f.Name, "/"))
		if acc.IsZero() && strings.HasPrefix(f.Name, "/") {
			if err := w.addFile(f.Name, f.Data); err != nil {
				return fmt.Errorf("reading %s: %w", f.Name, err)
			}
			continue
		}
		e, err := newEntry(Submission{Body: f.Data})
		if err != nil {
			return fmt.Errorf("reading %s: %w", f.Name, err)
		}
		if e.Accession != acc {
			return fmt.Errorf("reading %s: its header says %s", f.Name, e.Accession)
		}
		w.put(e)
	}
	return nil
}

func (w *World) addFile(name string, data []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if path.Base(name) == "company_tickers_exchange.json" {
		return w.learnTickers(data)
	}
	w.files[name] = data
	return nil
}

// FromFS makes a world from the submissions below a folder: files ending in
// .txt or .nc, each also with .gz after it. Only their headers are read now and
// kept; bodies are read from fsys for each request. A file in the tag dialect is
// served as it is. Files without a readable header are passed over, see Skipped;
// it is an error when fsys cannot be walked.
func FromFS(fsys fs.FS, opts ...Option) (*World, error) {
	w := New(opts...)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isSubmissionName(name) {
			return err
		}
		e, err := loadEntry(fsys, name)
		if err != nil {
			w.skipped = append(w.skipped, Skipped{name, err})
			return nil
		}
		w.put(e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading submissions: %w", err)
	}
	return w, nil
}

func isSubmissionName(name string) bool {
	switch path.Ext(strings.TrimSuffix(name, ".gz")) {
	case ".txt", ".nc":
		return true
	}
	return false
}

// loadEntry reads the head of the file and arranges for the body.
func loadEntry(fsys fs.FS, name string) (*entry, error) {
	f, err := openSubmission(fsys, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	start, err := readStart(f)
	if err != nil {
		return nil, err
	}
	h, err := readHead(start)
	if err != nil {
		return nil, err
	}
	if h.size, err = sizeOf(fsys, name, f, len(start)); err != nil {
		return nil, err
	}
	return h.entry(Submission{}, func() ([]byte, error) {
		f, err := openSubmission(fsys, name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(f)
	})
}

// sizeOf returns the uncompressed size of a file, of which read bytes were
// already taken from r.
func sizeOf(fsys fs.FS, name string, r io.Reader, read int) (int64, error) {
	if strings.HasSuffix(name, ".gz") {
		rest, err := io.Copy(io.Discard, r)
		return int64(read) + rest, err
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// readStart reads until the first body has begun, at most maxHead bytes.
func readStart(r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	for b.Len() < maxHead {
		n, err := io.CopyN(&b, r, 16<<10)
		if i := bytes.Index(b.Bytes(), []byte("\n<TEXT>")); i >= 0 && b.Len() > i+64 {
			break
		}
		if errors.Is(err, io.EOF) || n == 0 {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// openSubmission opens a file, decompressing it when its name ends in .gz.
func openSubmission(fsys fs.FS, name string) (io.ReadCloser, error) {
	f, err := fsys.Open(name)
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

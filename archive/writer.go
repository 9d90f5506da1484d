package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/klauspost/compress/zstd"

	"example.com/edgard/edgar"
)

// A Writer takes the bytes of one submission, for one goroutine. End it with
// Commit or Abort; "defer w.Abort()" after Create is always right.
type Writer struct {
	store     *Store
	accession edgar.Accession
	temp      string
	file      *os.File
	frame     *frameWriter
	enc       *zstd.Encoder // from the first Write until the frame is complete: there is one for each that writes, not for each that is open
	hash      hash.Hash
	size      int64
	original  Info  // Cut, OriginalSize and OriginalSHA256 alone
	err       error // the first one; fs.ErrClosed after Commit or Abort
}

// Create begins a submission in a temporary file. Any number of Writers may be
// open at a time, for different accessions or the same.
func (s *Store) Create(a edgar.Accession) (*Writer, error) {
	if s.lock == nil {
		return nil, ErrReadOnly
	}
	if a.IsZero() {
		return nil, errors.New("archive a submission: no accession number")
	}
	temp := tempName(a, s.temps.Add(1))
	file, err := s.disk.create(temp)
	if err != nil {
		return nil, fmt.Errorf("archive submission %s: %w", a, err)
	}
	return &Writer{
		store:     s,
		accession: a,
		temp:      temp,
		file:      file,
		frame:     &frameWriter{file: file, write: s.disk.write},
		hash:      sha256.New(),
	}, nil
}

// begin takes an encoder, unless there is one.
func (w *Writer) begin() {
	if w.enc == nil {
		w.enc = w.store.encoders.Get().(*zstd.Encoder)
		w.enc.Reset(w.frame)
	}
}

// end gives the encoder back.
func (w *Writer) end() {
	if w.enc != nil {
		w.enc.Reset(nil)
		w.store.encoders.Put(w.enc)
		w.enc = nil
	}
}

// Write adds bytes. After an error every further call returns it again.
func (w *Writer) Write(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	if int64(len(p)) > w.store.max-w.size {
		w.err = fmt.Errorf("archive submission %s: %w: %d bytes at most", w.accession, ErrTooLarge, w.store.max)
		return 0, w.err
	}
	w.begin()
	n, err := w.enc.Write(p)
	w.hash.Write(p[:n])
	w.size += int64(n)
	if err != nil {
		w.err = fmt.Errorf("archive submission %s: %w", w.accession, err)
	}
	return n, w.err
}

// Size is the number of bytes written so far, before compression.
func (w *Writer) Size() int64 { return w.size }

// Sum is the sha256 of the bytes written so far.
func (w *Writer) Sum() [32]byte { return [32]byte(w.hash.Sum(nil)) }

// Cut says, before Commit, that what is written is not all of the submission, of
// which size and sum are those as EDGAR served it.
func (w *Writer) Cut(size int64, sum [32]byte) {
	w.original = Info{Cut: true, OriginalSize: size, OriginalSHA256: sum}
}

// Abort drops what was written. After Commit or Abort it does nothing.
func (w *Writer) Abort() error {
	if w.file == nil {
		return nil
	}
	w.close()
	if err := w.store.disk.remove(w.temp); err != nil {
		return fmt.Errorf("drop submission %s: %w", w.accession, err)
	}
	return nil
}

// close gives back what the Writer holds, except for the temporary file's name.
func (w *Writer) close() {
	w.end()
	w.file.Close() // after a sync, or to be removed
	w.file = nil
	if w.err == nil {
		w.err = fmt.Errorf("archive submission %s: %w", w.accession, fs.ErrClosed)
	}
}

// Commit makes what was written the newest revision of its accession, stored at
// the given time, and returns when no crash can take it away. When the newest
// revision has the same bytes, and can be read, it stays as it is and is
// returned with Created false. So it does when it is a copy of the same submission
// and what was written is a cut one. A cut copy gives way to the whole submission
// that it was made of, under the same revision.
//
// The Writer is finished in any case. After an error the archive is as before,
// or has the whole submission; committing the same bytes again is safe.
func (w *Writer) Commit(stored time.Time) (Info, error) {
	if w.err != nil {
		err := w.err
		return Info{}, errors.Join(err, w.Abort())
	}
	info, published, err := w.commit(stored)
	w.close()
	if err != nil {
		err = fmt.Errorf("archive submission %s: %w", w.accession, err)
	}
	if err == nil || !published {
		// A file that stays is removed by the next Open. One whose folder
		// could not be flushed has to stay: it tells Open to do so.
		_ = w.store.disk.remove(w.temp)
	}
	return info, err
}

// commit reports also whether the final name was given, for an error can come
// after that.
func (w *Writer) commit(stored time.Time) (Info, bool, error) {
	w.begin()
	err := w.enc.Close()
	w.end()
	if err != nil {
		return Info{}, false, err
	}
	info := w.original
	info.Accession, info.SHA256, info.Size = w.accession, w.Sum(), w.size
	info.Stored, info.Created = time.Unix(stored.Unix(), 0).UTC(), true
	for tried := 0; ; tried = info.Revision {
		have, err := w.store.newestReadable(info)
		if err != nil {
			return Info{}, false, err
		}
		same := have.serves(info)
		if same && (info.Cut || !have.Cut) {
			return have, false, nil
		}
		if info.Revision = have.Revision + 1; info.Revision > maxRevisions && !same {
			return Info{}, false, fmt.Errorf("it has %d revisions", have.Revision)
		}
		give := w.store.publish
		if same {
			info.Revision, give = have.Revision, w.store.replace
		}
		published, err := w.publish(info, give)
		if err == nil {
			return info, true, nil
		}
		if another := errors.Is(err, fs.ErrExist); !another || info.Revision == tried {
			return Info{}, published, err
		}
	}
}

// publish completes the file as the revision that info says and gives it its
// name. It is fs.ErrExist when another Writer was faster.
func (w *Writer) publish(info Info, give func(from, to string) error) (published bool, err error) {
	s, name := w.store, fileName(info.Accession, info.Revision)
	if err := s.makeFolders(path.Dir(name)); err != nil {
		return false, err
	}
	t := trailer{Info: info, frameLen: w.frame.n, frameSum: w.frame.sum}
	if _, err := w.file.Seek(t.frameLen, io.SeekStart); err != nil {
		return false, err
	}
	if _, err := s.disk.write(w.file, t.append(nil)); err != nil {
		return false, err
	}
	if err := s.disk.sync(w.file); err != nil {
		return false, err
	}
	if err := give(w.temp, name); err != nil {
		return false, err
	}
	return true, s.settle(name)
}

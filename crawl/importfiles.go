package crawl

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// origin is where something was found: a file and, inside it, a member. Both come
// from outside and name nothing that is written.
type origin struct {
	path   string
	member string // the innermost, "" for the file itself
	named  bool   // the user named the file, and not a folder around it
}

const maxMemberName = 200

func (o origin) String() string {
	if o.member == "" {
		return o.path
	}
	return o.path + ": " + o.member[:min(len(o.member), maxMemberName)]
}

func (o origin) base() string {
	if o.member != "" {
		return path.Base(o.member)
	}
	return filepath.Base(o.path)
}

// stated returns the accession number that a name such as ACC.txt, ACC.nc or
// ACC.txt.gz states. Such a file has to be a submission, and one only.
func (o origin) stated() (edgar.Accession, bool) {
	stem, ext, _ := strings.Cut(o.base(), ".")
	switch strings.ToLower(ext) {
	case "txt", "nc", "txt.gz", "nc.gz", "txt.zst", "nc.zst":
		a, err := edgar.ParseAccession(stem)
		return a, err == nil
	}
	return edgar.Accession{}, false
}

// event reports whether a name is that of a correction or deletion (ACC.corr01)
// or of a notice that a private filing went public (ACC.pr01): members of a Feed
// that are not the submission.
func (o origin) event() bool {
	stem, ext, _ := strings.Cut(o.base(), ".")
	if _, err := edgar.ParseAccession(stem); err != nil {
		return false
	}
	return strings.HasPrefix(ext, "corr") || strings.HasPrefix(ext, "pr")
}

// found is what a walk comes upon: a file to read, or why there is none.
type foundFile struct {
	origin
	err error
}

// checkPaths refuses paths that lead nowhere before anything is read.
func checkPaths(paths []string) error {
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return misusef("%s: %v", p, withoutPath(err))
		case !info.IsDir() && !info.Mode().IsRegular():
			return misusef("%s is neither a file nor a folder", p)
		}
	}
	return nil
}

// withoutPath drops the path that whoever reports err names anyway.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// files walks paths. Below a folder symbolic links, devices and hidden names are
// left out.
func files(paths []string) iter.Seq[foundFile] {
	return func(yield func(foundFile) bool) {
		for _, p := range paths {
			if !walk(p, yield) {
				return
			}
		}
	}
}

func walk(p string, yield func(foundFile) bool) bool {
	root, err := filepath.EvalSymlinks(p)
	if err != nil {
		return yield(foundFile{origin{path: p, named: true}, err})
	}
	goOn := true
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		o := origin{path: name}
		if name == root {
			o = origin{path: p, named: d == nil || !d.IsDir()}
		}
		switch hidden := name != root && strings.HasPrefix(d.Name(), "."); {
		case err != nil:
			goOn = yield(foundFile{o, withoutPath(err)})
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && d.Type().IsRegular():
			goOn = yield(foundFile{o, nil})
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	})
	return goOn
}

// piece is one submission on its way into archive and index, or what ends the
// import.
type piece struct {
	from   origin
	entry  index.Entry
	data   *[]byte       // all of it; nil when it is archived
	info   archive.Info  // of the archived copy
	filing *parse.Filing // when that was parsed already
	err    error         // a failure on our side
}

// pieces reads files, several at a time, and yields the submissions in them that
// are to be taken.
func (m *importing) pieces(ctx context.Context, todo iter.Seq[foundFile]) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		ctx, stop := context.WithCancel(ctx)
		in, out := make(chan foundFile), make(chan piece)
		var all sync.WaitGroup
		all.Go(func() {
			defer close(in)
			for f := range todo {
				select {
				case in <- f:
				case <-ctx.Done():
					return
				}
			}
		})
		for range runtime.GOMAXPROCS(0) {
			all.Go(func() {
				for f := range in {
					m.open(ctx, f, out)
				}
			})
		}
		go func() {
			all.Wait()
			close(out)
		}()
		defer func() {
			stop()
			for range out { // let the readers end
			}
		}()
		for p := range out {
			if !yield(p) {
				return
			}
		}
	}
}

// open reads one file.
func (m *importing) open(ctx context.Context, f foundFile, out chan<- piece) {
	if ctx.Err() != nil {
		return
	}
	m.files.Add(1)
	err := f.err
	if err == nil {
		err = m.openFile(ctx, f.origin, out)
	}
	var ours *sinkError
	switch {
	case ctx.Err() != nil || err == nil:
	case errors.As(err, &ours):
		select {
		case out <- piece{from: f.origin, err: ours.err}:
		case <-ctx.Done():
		}
	default:
		m.loseIn(f.origin, err)
	}
	m.tell(StageImport)
}

func (m *importing) openFile(ctx context.Context, o origin, out chan<- piece) error {
	f, err := os.Open(o.path)
	if err != nil {
		return withoutPath(err)
	}
	defer f.Close()
	r := &fileReader{m: m, ctx: ctx, out: out}
	return r.stream(o, &countedReader{ctx, f, m}, 0)
}

// countedReader ends when its context does.
type countedReader struct {
	ctx context.Context
	r   io.Reader
	m   *importing
}

func (c *countedReader) Read(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, context.Cause(c.ctx)
	}
	n, err := c.r.Read(p)
	c.m.bytes.Add(int64(n))
	return n, err
}

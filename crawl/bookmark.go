package crawl

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/edgard/edgar"
)

const (
	bookmarkVersion = 1
	bookmarkLife    = 7 * 24 * time.Hour
	bookmarkEvery   = 5 * time.Second
	maxBookmark     = 4 << 20 // bytes
	maxAgain        = 50_000  // submissions that were not as they should be
)

// A bookmark says how far a verification of the whole archive came.
type bookmark struct {
	Version  int               `json:"version"`
	Began    time.Time         `json:"began"`
	After    edgar.Accession   `json:"after,omitzero"` // all up to this one were looked at
	Archived int               `json:"archived"`
	Verified int               `json:"verified"`
	Bytes    int64             `json:"bytes"`
	Seconds  float64           `json:"seconds"`
	Again    []edgar.Accession `json:"again,omitempty"`  // of them: to be looked at again, for they were not as they should be
	Strays   []string          `json:"strays,omitempty"` // files that had lost their place
}

// readBookmark returns the bookmark in a file; none when the file is not there, is
// none, or is of another time.
func readBookmark(name string, now time.Time) (b bookmark, ok bool) {
	info, err := os.Stat(name)
	if err != nil || info.Size() > maxBookmark {
		return bookmark{}, false
	}
	data, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(data, &b) != nil || b.Version != bookmarkVersion {
		return bookmark{}, false
	}
	for _, stray := range b.Strays {
		if !filepath.IsLocal(filepath.FromSlash(stray)) {
			return bookmark{}, false
		}
	}
	age := now.Sub(b.Began)
	return b, age >= 0 && age < bookmarkLife && min(b.Archived, b.Verified) >= 0 && b.Bytes >= 0 && b.Seconds >= 0
}

// write puts the bookmark into a file, in one step. A crash of the system may lose
// it, and then a verification begins anew.
func (b bookmark) write(name string) error {
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// memory is what a verification knows of itself from before it was cut off.
type memory struct {
	mark  bookmark
	every time.Duration
	saved time.Time
	most  int  // submissions and files that are named
	off   bool // nothing is remembered
}

// recall takes up a verification that was cut off.
func (v *verification) recall() {
	v.every, v.saved, v.most = bookmarkEvery, v.now, maxAgain
	v.off = v.x.Bookmark == "" || v.x.Sample < 1
	if v.off {
		return
	}
	b, ok := readBookmark(v.x.Bookmark, v.now)
	if !ok || v.x.Anew {
		v.mark = bookmark{Version: bookmarkVersion, Began: v.report.Started}
		return
	}
	v.mark = b
	v.report.Resumed, v.report.Started, v.progress.Earlier = true, b.Began, b.Archived
	v.report.Archived, v.report.Verified, v.report.Bytes, v.report.Seconds = b.Archived, b.Verified, b.Bytes, b.Seconds
	v.x.Tell(fmt.Sprintf("going on where the verification of %s was cut off, after %d submissions", b.Began.Format("2006-01-02 15:04 MST"), b.Archived))
}

// note moves the bookmark past a finding, and saves it from time to time.
func (v *verification) note(f finding) {
	b := &v.mark
	switch name := f.stray(); {
	case f.before && len(f.found) == 0:
		b.Again = slices.DeleteFunc(b.Again, func(a edgar.Accession) bool { return a == f.accession })
	case f.before:
	case len(f.found) == 0:
	case len(b.Again)+len(b.Strays) >= v.most:
		v.report.Beyond++
		v.forget("with so many differences it cannot go on later where it is cut off")
	case name != "":
		b.Strays = append(b.Strays, name)
	case !f.accession.IsZero():
		b.Again = append(b.Again, f.accession)
	default:
		v.report.Beyond++
		v.forget("as a folder of the archive cannot be read it cannot go on later where it is cut off")
	}
	if !f.before && !f.accession.IsZero() {
		b.After = f.accession
	}
	if !v.off && time.Since(v.saved) >= v.every {
		v.save()
	}
}

func (v *verification) save() {
	b := v.mark
	b.Archived, b.Verified, b.Bytes, b.Seconds = v.report.Archived, v.report.Verified, v.report.Bytes, v.report.Seconds
	if err := b.write(v.x.Bookmark); err != nil {
		v.forget(fmt.Sprintf("it cannot go on later where it is cut off: %v", err))
	}
	v.saved = time.Now()
}

func (v *verification) forget(why string) {
	if v.off {
		return
	}
	v.off = true
	v.x.Tell(why)
	_ = os.Remove(v.x.Bookmark) // or it was not to be written
}

// close leaves a bookmark behind, unless the verification came to its end.
func (v *verification) close(done bool) {
	if v.off {
		return
	}
	if !done && v.mark.After.IsZero() {
		return
	}
	if !done {
		v.save()
		return
	}
	if err := os.Remove(v.x.Bookmark); err != nil && !errors.Is(err, fs.ErrNotExist) {
		v.x.Tell(fmt.Sprintf("the bookmark stays: %v", err))
	}
}

package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
)

// Cut says that a document's body is not there any more, only what it was: its
// bytes between <TEXT> and </TEXT> as EDGAR served them.
type Cut struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hex
}

// Original is what KeepText was given, and how much of it is gone.
type Original struct {
	Size   int64
	SHA256 [sha256.Size]byte

	Documents int   // whose bodies were cut
	Cut       int64 // bytes of those bodies
}

// KeepText copies a submission from r to w, to the end of r, without the bodies of
// documents that nobody can read as they stand: images, PDF, archives,
// spreadsheets, the XBRL exhibits and the renderings and instances that EDGAR
// adds. Headers, tags, html and plain text pass byte for byte, so that the copy
// reads as the original does. In the place of a body stands one line
//
//	[edgard cut 48211 bytes of image/jpeg, sha256 4f53cda18c2baa0c…]
//
// by which the reader of submissions knows it; bodies that such a line would not
// shorten stay. What has been cut before is left as it is. Memory does not grow
// with the submission.
//
// The error is ErrNotSubmission, with nothing or a beginning copied, or what r or
// w returned.
func KeepText(w io.Writer, r io.Reader) (Original, error) {
	c := &cutter{w: w, all: sha256.New()}
	src := newSource(stopReader{r, &c.err})
	src.pass = c.pass
	p := submissionReader{src: src, sub: &Submission{}, cutter: c}
	err := p.read()
	switch {
	case c.err != nil:
		err = c.err
	case err == nil:
		c.SHA256 = [sha256.Size]byte(c.all.Sum(nil))
	}
	return c.Original, err
}

// stopReader ends when writing has failed.
type stopReader struct {
	r      io.Reader
	failed *error
}

func (s stopReader) Read(p []byte) (int, error) {
	if *s.failed != nil {
		return 0, *s.failed
	}
	return s.r.Read(p)
}

// A cutter gets all bytes of a submission in order and passes on what is kept.
type cutter struct {
	Original
	w   io.Writer
	all hash.Hash
	err error // of w

	cutting bool // inside a body that is left out
	media   string
	sum     hash.Hash
	n       int64
}

func (c *cutter) pass(b []byte) {
	c.all.Write(b)
	c.Size += int64(len(b))
	switch {
	case c.cutting:
		c.sum.Write(b)
		c.n += int64(len(b))
	case c.err == nil:
		_, c.err = c.w.Write(b)
	}
}

// begin leaves out what comes, the body of a document of that media type.
func (c *cutter) begin(media string) {
	c.cutting, c.media, c.sum, c.n = true, media, sha256.New(), 0
}

// end puts the mark in the place of the body that is over, if one was left out.
func (c *cutter) end(eol byte) {
	if c == nil || !c.cutting {
		return
	}
	c.cutting = false
	c.Documents++
	c.Cut += c.n
	if c.err == nil {
		mark := markOfCut(Cut{c.n, hex.EncodeToString(c.sum.Sum(nil))}, c.media)
		_, c.err = io.WriteString(c.w, string(eol)+mark+string(eol))
	}
}

// CutMark is what the line begins with that KeepText puts in the place of a body.
const CutMark = "[edgard cut "

const (
	maxCut = 200 // bytes of a mark with its line ends, at most
)

func markOfCut(c Cut, media string) string {
	return fmt.Sprintf("%s%d bytes of %s, sha256 %s]", CutMark, c.Size, media, c.SHA256)
}

// readCut returns what the mark says that is all of body, if it is one, and the
// media type of what was cut.
func readCut(body []byte) (c *Cut, media string) {
	if len(body) > maxCut {
		return nil, ""
	}
	s := strings.Trim(string(body), "\r\n")
	rest, ok := strings.CutPrefix(s, CutMark)
	if !ok {
		return nil, ""
	}
	digits, rest, _ := strings.Cut(rest, " bytes of ")
	media, rest, _ = strings.Cut(rest, ", sha256 ")
	sum := strings.TrimSuffix(rest, "]")
	size, err := strconv.ParseInt(digits, 10, 64)
	raw, herr := hex.DecodeString(sum)
	if err != nil || herr != nil || size < 0 || len(raw) != sha256.Size || !isMedia(media) {
		return nil, ""
	}
	if c = (&Cut{size, hex.EncodeToString(raw)}); markOfCut(*c, media) != s {
		return nil, ""
	}
	return c, media
}

// isMedia reports whether s is a media type that documents get.
func isMedia(s string) bool {
	if s == mediaBinary {
		return true
	}
	for _, m := range mediaByExtension {
		if m == s {
			return true
		}
	}
	return false
}

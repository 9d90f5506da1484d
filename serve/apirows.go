package serve

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/export"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// rows makes lines of filings, as an export has them.
type rows struct {
	media string
	b     bytes.Buffer
	enc   *export.Encoder
}

func newRows(media string) (*rows, error) {
	o := export.Options{Format: export.JSONL, Rows: export.Filings}
	if media == mediaCSV {
		o.Format = export.CSV
	}
	out := &rows{media: media}
	var err error
	out.enc, err = export.NewEncoder(&out.b, o)
	return out, err
}

// take returns the lines of filings; the first ones that are taken have the line of
// names before them. They are good until the next take.
func (o *rows) take(fs []*parse.Filing) ([]byte, error) {
	for _, f := range fs {
		if err := o.enc.Encode(f); err != nil {
			return nil, err
		}
	}
	lines := o.b.Bytes()
	o.b.Reset()
	if o.media == mediaLines {
		lines = harmless.EscapeJSON(lines)
	}
	return lines, nil
}

func rowsAnswer(media string, fs []*parse.Filing) (*answer, error) {
	out, err := newRows(media)
	if err != nil {
		return nil, err
	}
	lines, err := out.take(fs)
	return newAnswer(lineType(media), lines), err
}

// lineType is the Content-Type of lines of a media type.
func lineType(media string) string {
	if media == mediaCSV {
		return media + "; charset=utf-8; header=present"
	}
	return media
}

// atOnce is how many filings a stream has in memory.
const atOnce = 250

// allFilings writes all filings that words ask for, page by page: between two of
// them the index is let go, however slow the reader is. An answer that is cut off has
// no proper end.
func (s *Server) allFilings(w http.ResponseWriter, r *http.Request, words filter.Words, media string) error {
	var q index.Query
	var tag string
	err := s.Index(func(ix index.Reader) (err error) {
		if q, err = (filter.Reader{Index: ix, Now: time.Now()}).Query(words); err != nil {
			return err
		}
		edition, err := ix.Edition()
		tag = fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(edition.String()+" "+listKey(r, media))))
		return err
	})
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", "W/"+tag)
	if hasTag(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	q.Limit = atOnce
	return s.allPages(w, r, q, media)
}

func (s *Server) allPages(w http.ResponseWriter, r *http.Request, q index.Query, media string) error {
	out, err := newRows(media)
	if err != nil {
		return err
	}
	for begun := false; ; begun = true {
		fs, next, err := s.find(q)
		var lines []byte
		if err == nil {
			lines, err = out.take(fs)
		}
		switch {
		case err != nil && !begun:
			return err
		case err != nil:
			s.Log.Error("list cut off", zap.String("path", r.URL.Path), zap.Error(err))
			panic(http.ErrAbortHandler)
		case !begun:
			w.Header().Set("Content-Type", lineType(media))
		}
		if _, err := w.Write(lines); err != nil || next == "" || r.Method == http.MethodHead || r.Context().Err() != nil {
			return nil // the reader has it all, or has gone
		}
		_ = http.NewResponseController(w).Flush()
		q.After = next
	}
}

// table is the list of a timeline as a file for spreadsheets: all there are, in the
// API's parameters.
func (s *Server) table(w http.ResponseWriter, r *http.Request) error {
	words, err := filter.FromURL(r.URL.Query(), filter.Listing())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="filings.csv"`)
	if err = s.allFilings(w, r, words, mediaCSV); err != nil {
		w.Header().Del("Content-Disposition") // what follows is a page that says why
	}
	return err
}

// preferred returns which of the media types offered a request would have: the one it
// likes best, by the most specific of what it says of each (RFC 9110, section 12.5.1);
// of several rather one that it names, and then names first. It is the first one offered
// when the request does not say.
func preferred(r *http.Request, offered ...string) string {
	best, most := offered[0], liking{}
	ranges := strings.Split(strings.Join(r.Header.Values("Accept"), ","), ",")
	for _, media := range offered {
		if l := likes(ranges, media); l.quality > 0 && most.compare(l) < 0 {
			best, most = media, l
		}
	}
	return best
}

// liking is what an Accept says of a media type.
type liking struct {
	quality float64
	exact   int // how closely it names the type: 3, its group 2, anything 1
	place   int // of what says so
}

func (l liking) compare(other liking) int {
	return cmp.Or(cmp.Compare(l.quality, other.quality), cmp.Compare(l.exact, other.exact), cmp.Compare(other.place, l.place))
}

func likes(ranges []string, media string) (l liking) {
	group, _, _ := strings.Cut(media, "/")
	for i, text := range ranges {
		name, params, err := mime.ParseMediaType(text)
		exact := map[string]int{media: 3, group + "/*": 2, "*/*": 1}[name]
		if err != nil || exact <= l.exact {
			continue
		}
		quality, err := strconv.ParseFloat(cmp.Or(params["q"], "1"), 64)
		if err != nil || !(quality >= 0 && quality <= 1) {
			quality = 0
		}
		l = liking{quality, exact, i}
	}
	return l
}

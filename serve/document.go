package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
	"example.com/edgard/serve/reading"
)

// documentPolicy is the content security policy of what filers wrote: nothing runs or
// sends. Their inline styles may be, pictures come from here, and links open elsewhere.
// With an origin, so that the pictures are not another site's; without scripts it is of
// no use to the document.
const documentPolicy = "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

const (
	documentWeight = 16       // how many times its size making a document into a page takes
	maxFile        = 32 << 20 // of a picture or a file that is served decoded
)

// documentPage is one document of a filing.
type documentPage struct {
	Filing   *parse.Filing
	Row      row
	Document documentView
	Framed   bool // inside the page of the filing, which has what stands around
	HTML     template.HTML
	Cut      bool
	Limit    string
}

// document serves one document of a filing: text as a page, made harmless; pictures as
// they are; all else as plain text or as a file to keep.
func (s *Server) document(w http.ResponseWriter, r *http.Request) error {
	asked, err := versionOf(r)
	if err != nil {
		return err
	}
	f, err := s.recorded(asked)
	if err != nil {
		return err
	}
	i, err := strconv.Atoi(r.PathValue("document"))
	if i--; err != nil || i < 0 || i >= len(f.Documents) {
		return notFound(fmt.Sprintf("%s has %s, counted from 1", f.Accession, plural(len(f.Documents), "document")))
	}
	h := &held{Filing: f, asked: asked.revision}
	v := documentOf(h, i, revisionOf(h).Query)
	if v.Kind == "gone" {
		return notFound("the copy kept here was made without this document: " + completing(f) + " fetches it")
	}
	out := &answer{tag: documentTag(f, i, r), policy: documentPolicy}
	switch {
	case hasTag(r, out.tag):
		return send(w, r, out)
	case v.Kind == "page": // what everybody reads is made once
		return s.sendKept(w, r, listKey(r, "document"), func() (*answer, error) { return out, s.documentPage(r, out, f, v) })
	}
	if err := s.file(r.Context(), out, f, v); err != nil {
		return err
	}
	return s.carry(w, r, out)
}

// recorded asks the index for a filing; of an older revision the archive is read.
func (s *Server) recorded(v version) (f *parse.Filing, err error) {
	err = s.Index(func(ix index.Reader) error {
		if f, err = recordOf(ix, v.accession); err != nil || v.revision == 0 || v.revision == f.Revision {
			return err
		}
		f, err = s.Read(ix, v.accession, v.revision)
		return err
	})
	var gone *absent
	switch {
	case errors.As(err, &gone):
		return nil, notFound(gone.Error() + ": " + absentOf(gone.Entry).Why)
	case errors.Is(err, fs.ErrNotExist):
		return nil, notFound(fmt.Sprintf("the archive has no revision %d of %s", v.revision, v.accession))
	}
	return f, err
}

// documentTag names the answer: the submission, the document, and what is made of it.
func documentTag(f *parse.Filing, i int, r *http.Request) string {
	return fmt.Sprintf(`"%.16s-%d-%d%s"`, f.SHA256, i+1, reading.Version, strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, r.URL.RawQuery))
}

// body reads at most limit bytes of a document, decoded.
func (s *Server) body(f *parse.Filing, i int, limit int64) (body []byte, whole bool, err error) {
	r, _, err := s.Archive.Open(f.Accession, f.Revision)
	if err != nil {
		return nil, false, unreadable(err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	b := &bounded{left: limit}
	err = content.Copy(b, r, &f.Documents[i])
	switch {
	case errors.Is(err, errFull):
		return b.Bytes(), false, nil
	case errors.Is(err, content.ErrEncoding):
		return nil, false, &problem{Status: http.StatusUnprocessableEntity, Detail: "the document is encoded, and its encoding is broken (" + err.Error() + "): the submission has the bytes as they are"}
	case err != nil:
		return nil, false, unreadable(err)
	}
	return b.Bytes(), true, nil
}

// unreadable says what to do about a copy that cannot be read.
func unreadable(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, archive.ErrCorrupt) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &problem{Status: http.StatusInternalServerError, Detail: "the archived copy cannot be read (" + err.Error() + "): crawler verify --repair fetches it again"}
	}
	return err
}

// bounded keeps the first bytes it is given.
type bounded struct {
	bytes.Buffer
	left int64
}

var errFull = errors.New("enough")

func (b *bounded) Write(p []byte) (int, error) {
	n, _ := b.Buffer.Write(p[:min(int64(len(p)), b.left)])
	if b.left -= int64(n); n < len(p) {
		return n, errFull
	}
	return n, nil
}

// documentPage makes the page of a document of text.
func (s *Server) documentPage(r *http.Request, out *answer, f *parse.Filing, v documentView) error {
	p := documentPage{Filing: f, Row: rowOf(f), Document: v, Framed: r.URL.Query().Has("framed"), Limit: size(reading.MaxDocument)}
	i := v.Place - 1
	length := min(f.Documents[i].Length, reading.MaxDocument)
	return s.reading(r.Context(), documentWeight*length, func() error {
		body, whole, err := s.body(f, i, reading.MaxDocument)
		if err != nil {
			return err
		}
		if v.Media == "text/html" {
			p.HTML, p.Cut = reading.HTML(body, linker(f, r.URL.Query().Get("revision")))
		} else {
			p.HTML, p.Cut = reading.Plain(body)
		}
		p.Cut = p.Cut || !whole
		var b bytes.Buffer
		if err := s.pages["document"].ExecuteTemplate(&b, "bare", p); err != nil {
			return fmt.Errorf("page document: %w", err)
		}
		out.media, out.body = mediaPage, upright(b.Bytes())
		return nil
	})
}

// linker finds the documents of a filing by the names that they call each other.
func linker(f *parse.Filing, revision string) reading.Linker {
	places := make(map[string]int, len(f.Documents))
	for i, d := range f.Documents {
		if d.Filename != "" && kindOf(&d) != "file" && d.Cut == nil {
			places[strings.ToLower(d.Filename)] = i + 1
		}
	}
	if revision != "" {
		revision = "?revision=" + revision
	}
	return func(name string) string {
		if n := places[strings.ToLower(name)]; n > 0 {
			return "/filings/" + f.Accession.String() + "/documents/" + strconv.Itoa(n) + revision
		}
		return ""
	}
}

// file makes the answer of a document that is no page: a picture as such, else text
// that is not taken for anything else, or a file to keep.
func (s *Server) file(ctx context.Context, out *answer, f *parse.Filing, v documentView) error {
	var body []byte
	var whole bool
	i := v.Place - 1
	err := s.reading(ctx, min(content.MaxGrowth*f.Documents[i].Length, maxFile), func() (err error) {
		body, whole, err = s.body(f, i, maxFile)
		return err
	})
	if err != nil {
		return err
	}
	if !whole {
		return &problem{Status: http.StatusRequestEntityTooLarge, Detail: "the document is larger than " + size(maxFile) + ": the submission has it"}
	}
	d := &f.Documents[i]
	media, keep := servedAs(d.Media, body)
	if keep {
		out.name = safeName(d, i)
	}
	out.media, out.body = media, body
	return nil
}

// servedAs returns the media type under which bytes are served, and whether they are
// to be kept rather than shown. Pictures are taken at their first bytes, not at their
// word.
func servedAs(media string, body []byte) (as string, keep bool) {
	switch media {
	case "image/jpeg", "image/png", "image/gif":
		if real := http.DetectContentType(body); real == "image/jpeg" || real == "image/png" || real == "image/gif" {
			return real, false
		}
		return "application/octet-stream", true
	case "application/pdf":
		return media, true
	case "application/xml", "application/json", "text/javascript", "text/css", "text/html", "text/plain":
		return "text/plain; charset=utf-8", false
	}
	return "application/octet-stream", true
}

// safeName is the name under which a document is kept: letters, digits, dots and
// dashes of what its filer called it.
func safeName(d *parse.Document, i int) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, d.Filename)
	if name = strings.Trim(name, "._"); name == "" || len(name) > 100 {
		return "document-" + strconv.Itoa(i+1)
	}
	return name
}

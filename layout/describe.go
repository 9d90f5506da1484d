package layout

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"strings"

	"example.com/edgard/parse"
)

// The files of a filing's folder that are not documents.
const (
	recordName = "filing.json"
	pageName   = "index.html"
)

// File is a document laid out as a file.
type File struct {
	Document int    `json:"document"` // its place in the submission, counted from 1
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	Fault    string `json:"fault,omitempty"` // why it is still encoded
}

// record is filing.json.
type record struct {
	*parse.Filing
	Files []File `json:"files"`
}

// filesOf reads the files out of filing.json; none when it is no such thing.
func filesOf(data []byte) []File {
	var r struct{ Files []File }
	if err := json.Unmarshal(data, &r); err != nil {
		return nil
	}
	for _, f := range r.Files {
		if safeName(f.Name, maxName+4) != f.Name {
			return nil
		}
	}
	return r.Files
}

// describe makes filing.json and index.html.
func describe(f *parse.Filing, files []File) (rec, page []byte, err error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(record{f, files}); err != nil {
		return nil, nil, err
	}
	var p bytes.Buffer
	if err := pageTemplate.Execute(&p, newPage(f, files)); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), p.Bytes(), nil
}

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// page is what index.html shows.
type page struct {
	*parse.Filing
	Title string
	Links []link
}

type link struct {
	File
	Href        string
	Type        string
	Description string
}

func newPage(f *parse.Filing, files []File) page {
	p := page{Filing: f, Title: f.Form.String() + " of " + f.Filed.String()}
	if len(f.Filers) > 0 {
		p.Title = f.Filers[0].Name + ", " + p.Title
	}
	for _, file := range files {
		l := link{File: file, Href: "./" + url.PathEscape(file.Name)}
		if file.Document >= 1 && file.Document <= len(f.Documents) {
			doc := &f.Documents[file.Document-1]
			l.Type, l.Description = doc.Type, doc.Description
		}
		p.Links = append(p.Links, l)
	}
	return p
}

// extensions are those of documents that have no file name.
var extensions = map[string]string{
	"text/html": ".htm", "text/plain": ".txt", "application/xml": ".xml", "application/pdf": ".pdf", "application/json": ".json",
	"image/jpeg": ".jpg", "image/gif": ".gif", "image/png": ".png", "application/zip": ".zip",
}

// fileName is the name of the n-th document's file: its filer's, that in its
// encoding, or one made of its place and type.
func fileName(d *parse.Document, n int, encoded string) string {
	for _, given := range []string{d.Filename, encoded} {
		if name := safeName(base(given), maxName); name != "" {
			return name
		}
	}
	if d.Sequence > 0 {
		n = d.Sequence
	}
	ext := extensions[d.Media]
	if ext == "" {
		ext = ".bin"
	}
	return safeName(fmt.Sprintf("%03d %s", n, d.Type), maxName-len(ext)) + ext
}

// base is the last part of a name that may be a path of any system.
func base(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

package serve

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"example.com/edgard/parse"
)

//go:embed templates/*.html static/*
var files embed.FS

// pages are the templates of pages by name, each with the base around it.
type pages map[string]*template.Template

// frame is what the base around a page needs, and the page's own view.
type frame struct {
	Page  string // its name, which the navigation marks
	Path  string
	Build Build
	View  any
}

// readPages parses the embedded templates: base.html and the parts that begin with
// an underscore go into each of the others.
func readPages() (pages, error) {
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	shared := []string{"templates/base.html"}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			shared = append(shared, name)
		}
	}
	all := make(pages)
	for _, name := range names {
		if name == shared[0] || strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		t, err := template.New("base.html").Funcs(functions()).ParseFS(files, append(shared[:len(shared):len(shared)], name)...)
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
		all[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return all, nil
}

// page writes a page. It has written nothing when it returns an error.
func (s *Server) page(w http.ResponseWriter, r *http.Request, status int, name string, view any) error {
	a, err := s.render(r, name, view)
	if err != nil {
		return err
	}
	if status == http.StatusOK {
		return send(w, r, a)
	}
	w.Header().Set("Cache-Control", "no-store") // the next time it may be there, or well
	w.Header().Set("Content-Type", a.media)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(status)
	_, _ = w.Write(a.body) // else the reader has gone
	return nil
}

const mediaPage = "text/html; charset=utf-8"

// render makes a page.
func (s *Server) render(r *http.Request, name string, view any) (*answer, error) {
	var b bytes.Buffer
	if err := s.pages[name].Execute(&b, frame{Page: name, Path: r.URL.Path, Build: s.Build, View: view}); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return newAnswer(mediaPage, upright(b.Bytes())), nil
}

// liveRow is a filing as the timeline shows it, with the day around it.
func (s *Server) liveRow(f *parse.Filing) (string, error) {
	var b bytes.Buffer
	err := s.pages["latest"].ExecuteTemplate(&b, "day", day{f.Filed, []row{rowOf(f)}})
	return string(upright(b.Bytes())), err
}

// statics are the embedded files by name, as they are answered.
type statics map[string]*answer

// readStatics reads the embedded files.
func readStatics() (statics, error) {
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return nil, err
	}
	media := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	all := make(statics)
	for _, e := range entries {
		body, err := fs.ReadFile(files, path.Join("static", e.Name()))
		if err != nil {
			return nil, err
		}
		media, ok := media[path.Ext(e.Name())]
		if !ok {
			return nil, fmt.Errorf("static file %s: no media type is known of its ending", e.Name())
		}
		all[e.Name()] = newAnswer(media, body)
	}
	return all, nil
}

// static serves an embedded file.
func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	a, ok := s.statics[r.PathValue("name")]
	if !ok {
		return notFound("there is no such file")
	}
	return send(w, r, a)
}

// icon serves the icon where browsers look for it unasked.
func (s *Server) icon(w http.ResponseWriter, r *http.Request) error {
	return send(w, r, s.statics["icon.svg"])
}

package serve

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// FullFiling is a filing with the text of its items, and what belongs to it.
type FullFiling struct {
	*parse.Filing
	AmendedBy []edgar.Accession `json:"amended_by,omitempty"` // oldest first
	Revisions []int             `json:"revisions,omitempty"`  // of its submission in the archive
}

// FullOf is the filing f with those that amend it, oldest first, and the revisions of
// its submission.
func FullOf(f *parse.Filing, amendments []*parse.Filing, revisions []archive.Info) FullFiling {
	full := FullFiling{Filing: f}
	for _, a := range amendments {
		full.AmendedBy = append(full.AmendedBy, a.Accession)
	}
	for _, info := range revisions {
		full.Revisions = append(full.Revisions, info.Revision)
	}
	return full
}

func (s *Server) getFiling(w http.ResponseWriter, r *http.Request) error {
	return s.sendKept(w, r, listKey(r, mediaJSON), func() (*answer, error) {
		v, err := versionOf(r)
		if err != nil {
			return nil, err
		}
		f, err := s.filingAt(r.Context(), v)
		if err != nil {
			return nil, err
		}
		revisions, _ := s.Archive.Revisions(v.accession) // one at least was read
		var amendments []*parse.Filing
		err = s.Index(func(ix index.Reader) (err error) {
			amendments, err = ix.Amendments(v.accession)
			return err
		})
		if err != nil {
			return nil, err
		}
		return jsonAnswer(FullOf(f, amendments, revisions))
	})
}

// itemList is the items of a filing that have a number; early ones may have it twice.
type itemList struct {
	Accession edgar.Accession `json:"accession"`
	Revision  int             `json:"revision"`
	Items     []parse.Item    `json:"items"`
}

func (s *Server) getItem(w http.ResponseWriter, r *http.Request) error {
	return s.sendPart(w, r, func(f *parse.Filing, number string) (any, []string, error) {
		l := itemList{Accession: f.Accession, Revision: f.Revision}
		var texts, others []string
		for _, it := range f.Items {
			if it.Number != number {
				others = append(others, it.Number)
				continue
			}
			l.Items, texts = append(l.Items, it), append(texts, it.Text)
		}
		if len(l.Items) == 0 {
			return nil, nil, notFound(fmt.Sprintf("%s has no item %s: it has %s", f.Accession, harmless.Line(number), orNone(others)))
		}
		return l, texts, nil
	})
}

// exhibitList is the exhibits of a filing that have a number, which may be several.
type exhibitList struct {
	Accession edgar.Accession `json:"accession"`
	Revision  int             `json:"revision"`
	Exhibits  []exhibitText   `json:"exhibits"`
}

// exhibitText is an exhibit and the text of its document.
type exhibitText struct {
	parse.Exhibit
	Filename string `json:"filename,omitempty"`
	Media    string `json:"media,omitempty"`
	Text     string `json:"text,omitempty"`
	Unread   string `json:"unread,omitempty"` // why there is no text
}

func (s *Server) getExhibit(w http.ResponseWriter, r *http.Request) error {
	return s.sendPart(w, r, func(f *parse.Filing, number string) (any, []string, error) {
		found := slices.DeleteFunc(slices.Clone(f.Exhibits), func(x parse.Exhibit) bool { return x.Number != number || x.Document == 0 })
		if len(found) == 0 {
			return nil, nil, notFound(fmt.Sprintf("%s attaches no exhibit %s: it attaches %s", f.Accession, harmless.Line(number), attached(f)))
		}
		l := exhibitList{Accession: f.Accession, Revision: f.Revision}
		err := s.reading(r.Context(), f.Size, func() (err error) {
			l.Exhibits, err = s.exhibitTexts(f, found)
			return err
		})
		var texts []string
		for _, x := range l.Exhibits {
			if x.Unread == "" {
				texts = append(texts, x.Text)
			}
		}
		return l, texts, err
	})
}

// exhibitTexts reads the documents of exhibits.
func (s *Server) exhibitTexts(f *parse.Filing, xs []parse.Exhibit) (out []exhibitText, err error) {
	sub, err := s.submission(f)
	if err != nil {
		return nil, err
	}
	for _, x := range xs {
		t := exhibitText{Exhibit: x}
		if x.Document <= len(sub.Documents) {
			d := &sub.Documents[x.Document-1]
			t.Filename, t.Media = d.Filename, d.Media
			if t.Text, err = d.Text(); d.Cut != nil {
				t.Unread = "the copy kept here was made without it"
			} else if err != nil {
				t.Unread = harmless.Line(err.Error())
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// submission reads the documents of a filing.
func (s *Server) submission(f *parse.Filing) (sub *parse.Submission, err error) {
	var r io.ReadCloser
	if r, _, err = s.Archive.Open(f.Accession, f.Revision); err == nil {
		sub, err = parse.ReadSubmission(r)
		err = errors.Join(err, r.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s from the archive: %w", f.Accession, err)
	}
	return sub, nil
}

const mediaText = "text/plain"

// sendPart answers with what part finds of a number in a filing: as JSON, or its texts
// with an empty line between.
func (s *Server) sendPart(w http.ResponseWriter, r *http.Request, part func(f *parse.Filing, number string) (any, []string, error)) error {
	w.Header().Add("Vary", "Accept")
	media := preferred(r, mediaJSON, mediaText)
	return s.sendKept(w, r, listKey(r, media), func() (*answer, error) {
		f, err := s.filing(r)
		if err != nil {
			return nil, err
		}
		v, texts, err := part(f, r.PathValue("number"))
		switch {
		case err != nil:
			return nil, err
		case media == mediaJSON:
			return jsonAnswer(v)
		case len(texts) == 0:
			return nil, notFound("there is no text of that: ask with Accept: " + mediaJSON + " to see why; …/raw has the whole submission")
		}
		for i, t := range texts {
			texts[i] = strings.TrimRight(harmless.Text(t), "\n")
		}
		return newAnswer(mediaText+"; charset=utf-8", []byte(strings.Join(texts, "\n\n")+"\n")), nil
	})
}

func attached(f *parse.Filing) string {
	var numbers []string
	for _, x := range f.Exhibits {
		if x.Document > 0 && !slices.Contains(numbers, x.Number) {
			numbers = append(numbers, x.Number)
		}
	}
	return orNone(numbers)
}

func orNone(numbers []string) string {
	if len(numbers) == 0 {
		return "none"
	}
	return harmless.Line(strings.Join(numbers, ", "))
}

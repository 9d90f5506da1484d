package export

import (
	"errors"
	"fmt"
	"slices"

	"example.com/edgard/archive"
	"example.com/edgard/parse"
)

// filing is a filing on its way out.
type filing struct {
	*parse.Filing
	texts []string // of the exhibits, by their place; nil: none were asked for
}

// exhibitText is the text of the i-th exhibit.
func (f *filing) exhibitText(i int) string {
	if i < len(f.texts) {
		return f.texts[i]
	}
	return ""
}

// withText reads the texts that o wants of a filing of the index out of the archive.
// With the text of its items the filing is what today's parser makes of it; what
// crawl and index know stays.
func (o Options) withText(ar *archive.Store, known *parse.Filing) (*filing, error) {
	out := &filing{Filing: known}
	if !o.ofItems() && !o.ofExhibits() {
		return out, nil
	}
	sub, err := o.submission(ar, known)
	if err != nil {
		return out, fmt.Errorf("text of %s: %w", known.Accession, err)
	}
	if o.ofItems() {
		out.Filing = anew(sub, known)
	}
	if o.ofExhibits() {
		out.texts = exhibitTexts(sub, out.Exhibits)
	}
	return out, nil
}

func (o Options) submission(ar *archive.Store, f *parse.Filing) (sub *parse.Submission, err error) {
	r, _, err := ar.Open(f.Accession, f.Revision)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if o.ofExhibits() {
		return parse.ReadSubmission(r)
	}
	return parse.ReadReport(r)
}

// anew parses a submission that the index knows.
func anew(sub *parse.Submission, known *parse.Filing) *parse.Filing {
	f := parse.EightK(sub)
	f.Accession, f.Form, f.Amendment, f.Filed, f.URL = known.Accession, known.Form, known.Amendment, known.Filed, known.URL
	f.Amends, f.Withdrawn, f.Revision = known.Amends, known.Withdrawn, known.Revision
	f.Seen, f.Recorded, f.SHA256, f.Size = known.Seen, known.Recorded, known.SHA256, known.Size
	return f
}

// exhibitTexts reads the attached documents of exhibits, as far as they are text.
func exhibitTexts(sub *parse.Submission, xs []parse.Exhibit) []string {
	texts := make([]string, len(xs))
	for i, x := range xs {
		if x.Document < 1 || x.Document > len(sub.Documents) {
			continue
		}
		if first := slices.IndexFunc(xs, func(o parse.Exhibit) bool { return o.Document == x.Document }); first < i {
			texts[i] = texts[first]
			continue
		}
		if text, err := sub.Documents[x.Document-1].Text(); err == nil { // else an image, a PDF, or cut out of the copy
			texts[i] = text
		}
	}
	return texts
}

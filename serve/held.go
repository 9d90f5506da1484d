package serve

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/parse"
)

// maxReading is how many MiB of submissions are read at the same time, but for a single
// one that is larger.
const maxReading = 64

// reading calls read when there is room in memory for a submission of size bytes, which
// takes a multiple of that once parsed.
func (s *Server) reading(ctx context.Context, size int64, read func() error) error {
	weight := min(1+size>>20, maxReading)
	if err := s.room.Acquire(context.WithoutCancel(ctx), weight); err != nil { // others may wait for the same
		return err
	}
	defer s.room.Release(weight)
	return read()
}

// version is a filing that a URL names, as SEC served it at some time.
type version struct {
	accession edgar.Accession
	revision  int // 0: the newest
}

// versionOf reads {accession} and ?revision=.
func versionOf(r *http.Request) (v version, err error) {
	if v.accession, err = edgar.ParseAccession(r.PathValue("accession")); err != nil {
		return v, notFound(harmless.Line(err.Error()))
	}
	values := url.Values{}
	if given, ok := r.URL.Query()["revision"]; ok {
		values["revision"] = given
	}
	w, err := filter.FromURL(values, versions())
	if err == nil {
		v.revision, _, err = w.Whole("revision")
	}
	return v, err
}

// versions is the parameter that chooses one.
func versions() []filter.Parameter {
	return []filter.Parameter{{Name: "revision", Kind: filter.Number, Help: "the `N`th revision that SEC served; 0 for the newest (default)"}}
}

// filing reads the filing that a request names, with the text of its items. When it is
// not there the error says why, as far as that is known.
func (s *Server) filing(r *http.Request) (f *parse.Filing, err error) {
	v, err := versionOf(r)
	if err != nil {
		return nil, err
	}
	return s.filingAt(r.Context(), v)
}

func (s *Server) filingAt(ctx context.Context, v version) (f *parse.Filing, err error) {
	known, err := s.known(v)
	if err != nil {
		return nil, err
	}
	err = s.reading(ctx, known.Size, func() error {
		return s.Index(func(ix index.Reader) error {
			if f, err = s.Read(ix, v.accession, v.revision); err != nil {
				return fmt.Errorf("reading %s from the archive: %w", v.accession, err)
			}
			f.Amends, f.Withdrawn = known.Amends, known.Withdrawn
			return nil
		})
	})
	return f, err
}

// known returns what the index has of a filing, of which the archive has the revision.
func (s *Server) known(v version) (f *parse.Filing, err error) {
	err = s.Index(func(ix index.Reader) error {
		f, err = recordOf(ix, v.accession)
		return err
	})
	if err != nil || v.revision == 0 {
		return f, err
	}
	revisions, err := s.revisions(v.accession)
	if slices.Contains(revisions, v.revision) {
		return f, nil
	}
	detail := fmt.Sprintf("revision %d: the archive has %d of %s", v.revision, len(revisions), v.accession)
	return nil, cmp.Or(err, notFound(detail))
}

// revisions lists those of a submission that can be read, oldest first.
func (s *Server) revisions(a edgar.Accession) (numbers []int, err error) {
	infos, err := s.Archive.Revisions(a)
	for _, info := range infos {
		numbers = append(numbers, info.Revision)
	}
	if len(numbers) > 0 {
		err = nil // what cannot be read, verify tells
	}
	return numbers, err
}

package mirror

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// held is a submission that is served: recorded, and listed by EDGAR still.
type held struct {
	*parse.Filing
	entry index.Entry
	info  archive.Info
}

// data finds what is below edgar/data: CIK/ACC.txt, CIK/ACC18/NAME and the folders.
// A submission lies under the CIKs of its filers and under no other.
func (m *Mirror) data(ctx context.Context, rest string) (*resource, error) {
	digits, rest, _ := strings.Cut(rest, "/")
	cik, err := edgar.ParseCIK(digits)
	if err != nil || cik.String() != digits {
		return nil, errNoKey
	}
	folder, name, deep := strings.Cut(rest, "/")
	switch {
	case !deep && folder == "index.json":
		return m.issuerFolder(ctx, cik)
	case !deep:
		return m.besideFolder(cik, folder)
	}
	a, err := edgar.ParseAccession(folder)
	if err != nil || a.Digits() != folder {
		return nil, errNoKey
	}
	h, err := m.held(cik, a)
	if err != nil {
		return nil, err
	}
	return m.inFolder(cik, h, name)
}

// besideFolder finds CIK/ACC.txt and the pages that listings lead to.
func (m *Mirror) besideFolder(cik edgar.CIK, name string) (*resource, error) {
	if len(name) < accessionLength {
		return nil, errNoKey
	}
	a, err := edgar.ParseAccession(name[:accessionLength])
	if err != nil || a.String() != name[:accessionLength] {
		return nil, errNoKey
	}
	switch name[accessionLength:] {
	case ".txt", "-index.htm", "-index.html":
	default:
		return nil, errNoKey
	}
	h, err := m.held(cik, a)
	if err != nil {
		return nil, err
	}
	return m.inFolder(cik, h, name)
}

const accessionLength = len("0000000000-00-000000")

// inFolder finds a file in the folder of a submission. Its documents go last: no
// name that a filer gave hides a file of EDGAR's.
func (m *Mirror) inFolder(cik edgar.CIK, h *held, name string) (*resource, error) {
	switch own := h.Accession.String(); name {
	case own + ".txt":
		return m.text(h)
	case own + "-index.htm", own + "-index.html":
		return m.page(cik, h)
	case "index.json":
		return m.filingFolder(cik, h)
	}
	return m.document(h, name)
}

// held asks for a submission under a CIK.
func (m *Mirror) held(cik edgar.CIK, a edgar.Accession) (*held, error) {
	h := new(held)
	err := m.Index(func(ix index.Reader) (err error) {
		if h.entry, err = ix.Entry(a); err != nil {
			return err
		}
		h.Filing, err = ix.Filing(a)
		return err
	})
	if errors.Is(err, index.ErrNotFound) {
		return nil, errNoKey
	}
	if err != nil {
		return nil, err
	}
	filed := slices.Contains(h.entry.CIKs, cik) || slices.ContainsFunc(h.Filers, func(x parse.Filer) bool { return x.CIK == cik })
	if !filed || h.Withdrawn {
		return nil, errNoKey
	}
	in, info, err := m.Archive.Open(a, h.Revision)
	if err != nil {
		return nil, err // recorded and not archived is our fault, and no answer about EDGAR
	}
	h.info = info
	return h, in.Close()
}

// text is the submission as EDGAR served it. A cut copy is not served as one.
func (m *Mirror) text(h *held) (*resource, error) {
	if h.info.Cut {
		return nil, errNoKey
	}
	return &resource{
		kind: "text/plain", etag: h.tag(""), modified: h.info.Stored, foreign: true,
		body: &stream{size: h.info.Size, open: func() (io.ReadCloser, error) { return m.read(h) }},
	}, nil
}

// read opens the archived copy.
func (m *Mirror) read(h *held) (io.ReadCloser, error) {
	r, _, err := m.Archive.Open(h.Accession, h.info.Revision)
	if errors.Is(err, fs.ErrNotExist) { // a moment ago it was there
		err = io.ErrUnexpectedEOF
	}
	return r, err
}

// tag names the bytes of a file that is made of the archived ones.
func (h *held) tag(of string) string {
	sum := h.info.SHA256
	return digest(append(sum[:], of...))
}

package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
)

// entryItem is one line of the index.json of an issuer's or a submission's folder.
type entryItem struct {
	Modified string `json:"last-modified"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Size     string `json:"size"`
}

func entryFolder(name, parent string, items []entryItem) *resource {
	b, _ := json.Marshal(map[string]any{"directory": map[string]any{"item": items, "name": name, "parent-dir": parent}}) // of strings
	return static("application/json", b)
}

// filingFolder lists the files of a submission.
func (m *Mirror) filingFolder(cik edgar.CIK, h *held) (*resource, error) {
	stamp := h.Accepted.Format(time.DateTime)
	if h.Accepted.IsZero() {
		stamp = h.Filed.Midnight().Format(time.DateTime)
	}
	own := h.Accession.String()
	items := []entryItem{{stamp, own + "-index.html", "text.gif", ""}}
	if !h.info.Cut {
		items = append(items, entryItem{stamp, own + ".txt", "text.gif", ""})
	}
	sizes, err := m.sizes(h)
	if err != nil {
		return nil, fmt.Errorf("folder of %s: %w", own, err)
	}
	for i := range h.Documents {
		if d := &h.Documents[i]; named(h.Filing, d.Filename) == d {
			items = append(items, entryItem{stamp, d.Filename, "text.gif", sizes[d]})
		}
	}
	name := strings.TrimSuffix(edgar.FilingFolder(cik, h.Accession), "/")
	return entryFolder(name, strings.TrimSuffix(dataRoot, "/")+"/"+cik.String(), items), nil
}

// sizes measures the documents that have a name, in one reading of the submission.
// How long one with a broken encoding is stays open.
func (m *Mirror) sizes(h *held) (map[*parse.Document]string, error) {
	if err := h.settled(); err != nil {
		return nil, err
	}
	in, err := m.read(h)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	sizes, r := make(map[*parse.Document]string), content.NewReader(in)
	for i := range h.Documents {
		d := &h.Documents[i]
		if named(h.Filing, d.Filename) != d {
			continue
		}
		var size counter
		b, err := r.Open(d)
		if err == nil {
			err = b.Decode(&size)
		}
		switch {
		case err == nil:
			sizes[d] = strconv.FormatInt(int64(size), 10)
		case !errors.Is(err, content.ErrEncoding):
			return nil, err
		}
	}
	return sizes, nil
}

// counter counts what is written to it.
type counter int64

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// maxFolder bounds the submissions that an issuer's folder lists.
const maxFolder = 20_000

// issuerFolder lists the folders of what is held of an issuer, newest first.
func (m *Mirror) issuerFolder(ctx context.Context, cik edgar.CIK) (*resource, error) {
	var items []entryItem
	err := m.pages(ctx, index.Query{CIKs: []edgar.CIK{cik}}, func(page []*parse.Filing) (more bool) {
		for _, f := range page {
			if !f.Withdrawn {
				items = append(items, entryItem{f.Filed.Midnight().Format(time.DateTime), f.Accession.Digits(), "folder.gif", ""})
			}
		}
		return len(items) < maxFolder
	})
	if err != nil {
		return nil, err
	}
	if items == nil {
		return nil, errNoKey
	}
	return entryFolder(dataRoot+cik.String(), strings.TrimSuffix(dataRoot, "/"), items), nil
}

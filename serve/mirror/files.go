package mirror

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
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

// filingFolder lists the files of a submission. How long a document is that must be
// decoded first is not known.
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
	for i := range h.Documents {
		if d := &h.Documents[i]; named(h.Filing, d.Filename) == d {
			items = append(items, entryItem{stamp, d.Filename, "text.gif", lengthOf(d.Media, d.Length)})
		}
	}
	name := strings.TrimSuffix(edgar.FilingFolder(cik, h.Accession), "/")
	return entryFolder(name, strings.TrimSuffix(dataRoot, "/")+"/"+cik.String(), items), nil
}

// lengthOf is the length of a document as far as it can be told: within its wrapping.
func lengthOf(media string, length int64) string {
	switch media {
	case "text/html", "text/plain":
		return strconv.FormatInt(length, 10)
	}
	return ""
}

// maxFolder bounds the submissions that an issuer's folder lists.
const maxFolder = 20_000

// issuerFolder lists the folders of what is held of an issuer, newest first.
func (m *Mirror) issuerFolder(cik edgar.CIK) (*resource, error) {
	var items []entryItem
	q := index.Query{CIKs: []edgar.CIK{cik}, Limit: index.MaxLimit}
	for {
		var p index.Page
		err := m.Index(func(ix index.Reader) (err error) {
			p, err = ix.Find(q)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, f := range p.Filings {
			if !f.Withdrawn {
				items = append(items, entryItem{f.Filed.Midnight().Format(time.DateTime), f.Accession.Digits(), "folder.gif", ""})
			}
		}
		if q.After = p.Next; q.After == "" || len(items) >= maxFolder {
			break
		}
	}
	if items == nil {
		return nil, errNoKey
	}
	return entryFolder(dataRoot+cik.String(), strings.TrimSuffix(dataRoot, "/"), items), nil
}

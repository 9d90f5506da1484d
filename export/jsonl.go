package export

import (
	"bytes"
	"encoding/json"
	"io"

	"example.com/edgard/parse"
)

// lineFile writes JSON, a line for each row.
type lineFile struct {
	w    io.Writer
	rows func(*filing) []any
}

func (l *lineFile) encode(f *filing) (int, func() error, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	rows := l.rows(f)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			return 0, nil, err
		}
	}
	return len(rows), func() error { return writeAll(l.w, b.Bytes()) }, nil
}

func (l *lineFile) close() error { return nil }

// filingLine is a filing whose exhibits have text.
type filingLine struct {
	*parse.Filing
	Exhibits []exhibitText `json:"exhibits,omitempty"`
}

type exhibitText struct {
	parse.Exhibit
	Text string `json:"text,omitempty"`
}

func filingLines(f *filing) []any {
	if f.texts == nil {
		return []any{f.Filing}
	}
	line := filingLine{Filing: f.Filing}
	for i, x := range f.Exhibits {
		line.Exhibits = append(line.Exhibits, exhibitText{x, f.exhibitText(i)})
	}
	return []any{line}
}

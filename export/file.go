package export

import "io"

// A file takes rows in one format. encode makes them of a filing, from any goroutine;
// what it returns writes them, one after another.
type file interface {
	encode(f *filing) (rows int, write func() error, err error)
	close() error
}

// newFile begins a file of the kind that o says.
func newFile(w io.Writer, o Options) (file, error) {
	switch {
	case o.Format == Parquet:
		return newParquet(w, o.Rows), nil
	case o.Rows == Items && o.Format == CSV:
		return newCSV(w, itemRow{}, pointers(itemRows))
	case o.Rows == Items:
		return &lineFile{w, pointers(itemRows)}, nil
	case o.Rows == Exhibits && o.Format == CSV:
		return newCSV(w, exhibitRow{}, pointers(exhibitRows))
	case o.Rows == Exhibits:
		return &lineFile{w, pointers(exhibitRows)}, nil
	case o.Format == CSV:
		return newCSV(w, filingRow{}, pointers(filingRows))
	}
	return &lineFile{w, filingLines}, nil
}

// pointers makes any rows of rows of one type.
func pointers[T any](rows func(*filing) []T) func(*filing) []any {
	return func(f *filing) []any {
		var out []any
		list := rows(f)
		for i := range list {
			out = append(out, &list[i])
		}
		return out
	}
}

// writeAll writes b, if there is any.
func writeAll(w io.Writer, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := w.Write(b)
	return err
}

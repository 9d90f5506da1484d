package export

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// Bounds of a row group. Readers share the work by row groups, and the writer has one
// in memory, packed.
const (
	groupRows  = 100_000
	groupBytes = 64 << 20 // of what is not packed yet
)

// parquetFile writes rows of a type to Parquet.
type parquetFile[T any] struct {
	w    *parquet.GenericWriter[T]
	make func(*filing) []T
	rows int   // in the row group
	size int64 // of them, about
}

func newParquet(w io.Writer, rows Rows) file {
	switch rows {
	case Items:
		return parquetOf(w, "item", itemRows)
	case Exhibits:
		return parquetOf(w, "exhibit", exhibitRows)
	}
	return parquetOf(w, "filing", nested)
}

func parquetOf[T any](w io.Writer, name string, rows func(*filing) []T) *parquetFile[T] {
	schema, long := withLongTexts(parquet.SchemaOf(*new(T)), name)
	options := []parquet.WriterOption{
		schema, parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("edgard", "1", ""), // of the layout, not of the program: the same filings are the same bytes
		parquet.DataPageStatistics(false),    // the page index has them
		parquet.DictionaryMaxBytes(1 << 20),  // of a column
	}
	for _, path := range long {
		options = append(options, parquet.SkipPageBounds(path...))
	}
	return &parquetFile[T]{w: parquet.NewGenericWriter[T](w, options...), make: rows}
}

func (p *parquetFile[T]) encode(f *filing) (int, func() error, error) {
	rows := p.make(f)
	return len(rows), func() error { return p.write(rows, sizeOf(f)) }, nil
}

// sizeOf is about how many bytes a filing takes, in rows of any kind.
func sizeOf(f *filing) int64 {
	const perPart = 256
	parts := 4 + 2*len(f.Filers) + 2*len(f.Items) + len(f.Documents) + len(f.Exhibits) + len(f.Signatures) + len(f.Warnings)
	size := int64(parts * perPart)
	for _, it := range f.Items {
		size += int64(len(it.Text))
	}
	for _, t := range f.texts {
		size += int64(len(t))
	}
	return size
}

// write adds the rows of a filing, in a new group when they would be too many in
// this one.
func (p *parquetFile[T]) write(rows []T, size int64) error {
	if p.rows > 0 && (p.rows+len(rows) > groupRows || p.size+size > groupBytes) {
		if err := p.w.Flush(); err != nil {
			return err
		}
		p.rows, p.size = 0, 0
	}
	p.rows, p.size = p.rows+len(rows), p.size+size
	_, err := p.w.Write(rows)
	return err
}

func (p *parquetFile[T]) close() error { return p.w.Close() }

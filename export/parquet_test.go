package export

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"example.com/edgard/parse"
)

// fieldPaths lists the fields of a struct and of those in it, by the names in their
// tags.
func fieldPaths(t reflect.Type, tag, under string) (paths []string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if own := strings.HasSuffix(t.PkgPath(), "/parse") || strings.HasSuffix(t.PkgPath(), "/export"); !own || t.Kind() != reflect.Struct {
		return []string{under}
	}
	for _, f := range columns(t) {
		name, _, _ := strings.Cut(f.Tag.Get(tag), ",")
		if name != "" {
			paths = append(paths, fieldPaths(f.Type, tag, under+"."+name)...)
		}
	}
	slices.Sort(paths)
	return paths
}

func TestParquetHasEveryFieldOfTheJSON(t *testing.T) {
	want := append(fieldPaths(reflect.TypeFor[parse.Filing](), "json", ""), ".exhibits.text")
	slices.Sort(want)
	got := fieldPaths(reflect.TypeFor[nestedFiling](), "parquet", "")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-JSON +Parquet):\n%s", diff)
	}
}

func opened(t *testing.T, data string) *parquet.File {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader([]byte(data)), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestNoTextIsRepeatedInTheFooterAndNoBoundExcludesOne(t *testing.T) {
	h := demoHouse(t)
	f := opened(t, h.export(Options{Parquet, Filings, AllText}))
	texts := 0
	for i, c := range f.Metadata().RowGroups[0].Columns {
		path := c.MetaData.PathInSchema
		if !slices.Contains(longTexts(), path[len(path)-1]) {
			continue
		}
		texts++
		if s := c.MetaData.Statistics; s.MinValue != nil || s.MaxValue != nil || s.Min != nil || s.Max != nil {
			t.Errorf("%s has bounds", path)
		}
		pages := f.ColumnIndexes()[i]
		for n, null := range pages.NullPages {
			if low, high := pages.MinValues[n], pages.MaxValues[n]; !null && (len(low) > 0 || string(high) < "\U0010ffff") {
				t.Errorf("page %d of %s: texts between %q and %q", n, path, low, high)
			}
		}
	}
	if texts < 5 {
		t.Errorf("%d columns of text, want more", texts)
	}
}

func TestRowGroupsEndWhenTheyAreLarge(t *testing.T) {
	f := &filing{Filing: &parse.Filing{Items: []parse.Item{{Number: "8.01", Text: strings.Repeat("text ", 1<<20)}}}}
	var b bytes.Buffer
	p := newParquet(&b, Items)
	for range 30 { // of 5 MiB
		_, write, err := p.encode(f)
		if err == nil {
			err = write()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, g := range opened(t, b.String()).RowGroups() {
		got = append(got, g.NumRows())
	}
	if diff := cmp.Diff([]int64{12, 12, 6}, got); diff != "" {
		t.Errorf("rows of the groups (-want +got):\n%s", diff)
	}
}

func TestAFileOfNoRowsIsAFile(t *testing.T) {
	h := newHouse(t)
	for _, rows := range RowKinds() {
		if n := opened(t, h.export(Options{Parquet, rows, NoText})).NumRows(); n != 0 {
			t.Errorf("%s: %d rows, want none", rows, n)
		}
	}
}

func TestWhatIsNotKnownIsNullWhereverItStands(t *testing.T) {
	for n := range 1 << 8 {
		var b bytes.Buffer
		p := newParquet(&b, Exhibits)
		f, want := &filing{Filing: new(parse.Filing)}, int64(0)
		for i := range 8 {
			x := parse.Exhibit{Number: "99"}
			if n>>i&1 == 1 {
				x.Type = "EX-99"
			} else {
				want++
			}
			f.Exhibits = append(f.Exhibits, x)
		}
		_, write, err := p.encode(f)
		if err == nil {
			err = errors.Join(write(), p.close())
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range opened(t, b.String()).Metadata().RowGroups[0].Columns {
			if got := c.MetaData.Statistics.NullCount; c.MetaData.PathInSchema[0] == "type" && got != want {
				t.Errorf("types as the bits of %08b: %d nulls, want %d", n, got, want)
			}
		}
	}
}

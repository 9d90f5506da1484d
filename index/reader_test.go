package index_test

import (
	"errors"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
)

func TestAnIndexReadFromItsFileIsAReader(t *testing.T) {
	indextest.Run(t, func(t *testing.T, fill func(*index.Store) error) index.Reader {
		dir := filled(t, fill)
		s, err := index.OpenReadOnly(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	})
}

func filled(t *testing.T, fill func(*index.Store) error) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s, err := index.Open(dir)
	if err == nil && fill != nil {
		err = fill(s)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestWhatIsNoFilingIsNotReadAsOne(t *testing.T) {
	for _, data := range []string{"", "[]", `{"accession": 7}`, `{"filed": "yesterday"}`} {
		if f, err := index.UnmarshalFiling([]byte(data)); err == nil {
			t.Errorf("%q is read as %+v", data, f)
		}
	}
}

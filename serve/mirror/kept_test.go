package mirror

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

func TestAListingIsNeverSaidToBeOlderThanWhatWasSaidOfAnotherContent(t *testing.T) {
	var said told
	noon := time.Date(2024, 6, 21, 12, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		what       string
		etag       string
		index, now time.Time
		want       time.Time
	}{
		{"at first what the index says", "a", noon.Add(-time.Hour), noon, noon.Add(-time.Hour)},
		{"the same, whatever the index says", "a", noon.Add(-time.Minute), noon, noon.Add(-time.Hour)},
		{"another, of which the index knows", "b", noon.Add(-time.Minute), noon, noon.Add(-time.Minute)},
		{"another, of which it does not", "c", noon.Add(-time.Minute), noon, noon},
		{"another within the same second", "d", noon.Add(-time.Minute), noon.Add(time.Millisecond), noon.Add(time.Second)},
		{"the first again", "a", noon.Add(-time.Hour), noon.Add(time.Hour), noon.Add(time.Hour)},
	} {
		if got := said.since("2024Q1", step.etag, step.index, step.now); !got.Equal(step.want) {
			t.Errorf("%s: %v, want %v", step.what, got, step.want)
		}
	}
}

func TestShelvesLongestUnusedAreLetGoOf(t *testing.T) {
	var ss shelves
	use := func(q edgar.Quarter) *shelf {
		s, err := ss.borrow(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		s.files["master"] = file{body: make([]byte, maxShelves/4)}
		ss.giveBack(s)
		return s
	}
	q := edgar.FirstQuarter()
	often := use(q)
	for range 10 {
		q = q.Next()
		use(q)
		if use(edgar.FirstQuarter()) != often {
			t.Fatal("the shelf used all the time was let go of")
		}
	}
	if len(ss.kept) != 3 || len(ss.sizes) != 3 {
		t.Errorf("%d shelves of a quarter of what may be kept are there, %d sizes; want 3", len(ss.kept), len(ss.sizes))
	}
}

// source opens data again and again, and fails at its end with an error.
type source struct {
	data []byte
	err  error
}

func (s source) open() (io.ReadCloser, error) {
	if s.err == nil {
		return io.NopCloser(bytes.NewReader(s.data)), nil
	}
	return io.NopCloser(io.MultiReader(bytes.NewReader(s.data), failing{s.err})), nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAStreamGivesAllOrNeverItsLastBytes(t *testing.T) {
	data, damage := bytes.Repeat([]byte("0123456789"), 1000), errors.New("damaged")
	for _, tt := range []struct {
		name  string
		size  int
		err   error
		whole bool
	}{
		{"sound", 10_000, nil, true}, {"damaged at its end", 10_000, damage, false},
		{"longer than it says", 9_990, nil, false}, {"shorter than it says", 10_001, nil, false},
	} {
		s := &stream{size: int64(tt.size), open: source{data, tt.err}.open}
		got, err := io.ReadAll(io.LimitReader(s, s.size)) // as http.ServeContent does, which looks for no end
		if whole := len(got) == tt.size && err == nil; whole != tt.whole || s.err == nil != tt.whole {
			t.Errorf("%s: %d bytes, %v; want the whole: %t", tt.name, len(got), err, tt.whole)
		}
		if verr := s.verify(); (verr != nil) != (tt.err != nil) {
			t.Errorf("%s: verified as %v", tt.name, verr)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestAStreamIsReadFromAnywhere(t *testing.T) {
	data := []byte("0123456789")
	s := &stream{size: 10, open: source{data, nil}.open}
	defer s.Close()
	for _, from := range []int64{0, 7, 3, 3, 9} {
		if _, err := s.Seek(from, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(s); string(got) != string(data[from:]) || err != nil {
			t.Errorf("from %d: %q, %v", from, got, err)
		}
	}
	if n, err := s.Seek(-1, io.SeekEnd); n != 9 || err != nil {
		t.Errorf("one before the end: %d, %v", n, err)
	}
	if _, err := s.Seek(-10, io.SeekCurrent); err == nil {
		t.Error("one could go before the beginning")
	}
}

func TestPagesOfAnIssuerHaveOneNameEach(t *testing.T) {
	c, err := edgar.ParseCIK("900001")
	if err != nil {
		t.Fatal(err)
	}
	for page := range 1000 {
		name := issuerPage(c, page)
		if got, n, ok := cutIssuerPage(name); got != c || n != page || !ok {
			t.Errorf("%s is read as page %d of %s, %t", name, n, got, ok)
		}
		if _, _, ok := cutIssuerPage(fmt.Sprintf("%s ", name)); ok {
			t.Errorf("%q is a page", name+" ")
		}
	}
}

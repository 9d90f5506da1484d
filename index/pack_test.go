package index

import (
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func TestPackedFilingComesBack(t *testing.T) {
	amendment := made(2, "2024-01-03", 10)
	amendment.Amends = &parse.Amends{Accession: acc(1), Evidence: "made", Status: "linked"}
	for name, f := range map[string]*parse.Filing{"full": made(1, "2024-01-03", 10, 11), "amendment": amendment, "bare": {Accession: acc(3)}} {
		f = withoutText(f)
		got, err := UnpackFiling(PackFiling(f))
		must(t, err)
		if diff := cmp.Diff(f, got, plain); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzUnpackFiling(f *testing.F) {
	f.Add(PackFiling(withoutText(made(1, "2024-01-03", 10))))
	f.Add([]byte{0})
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := UnpackFiling(b)
		if (x == nil) != (err != nil) {
			t.Errorf("%v, %v", x, err)
		}
	})
}

func TestValuesAreDecodedInTheirOrderAndADamagedOneIsTold(t *testing.T) {
	s := openTemp(t)
	for _, n := range []int{0, 1, fewValues, 100} {
		var values [][]byte
		for i := range n {
			v, err := s.codec.encode(made(i+1, "2024-01-03", 10))
			must(t, err)
			values = append(values, v)
		}
		fs, err := decodeAll(n, func(i int) (*parse.Filing, error) { return s.codec.decode(values[i]) })
		must(t, err)
		if len(fs) != n {
			t.Fatalf("%d filings of %d values", len(fs), n)
		}
		for i, f := range fs {
			if f.Accession != acc(i+1) {
				t.Errorf("filing %d is %s, want %s", i, f.Accession, acc(i+1))
			}
		}
		if n == 0 {
			continue
		}
		values[n-1] = values[n-1][:20]
		if _, err := decodeAll(n, func(i int) (*parse.Filing, error) { return s.codec.decode(values[i]) }); err == nil {
			t.Errorf("a damaged value among %d is not told", n)
		}
	}
}

package index

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

func rowsOf(rows ...parse.Row) iter.Seq[parse.Row] { return slices.Values(rows) }

func discoverMany(t testing.TB, s *Store, ns []int) Discovery {
	t.Helper()
	d, err := s.Discover(kept("many"), func(yield func(parse.Row) bool) {
		for _, n := range ns {
			if !yield(row(n, 10+n%50, day("2024-01-02").AddDays(n%80).String())) {
				return
			}
		}
	}, noon)
	must(t, err)
	return d
}

func name(bucket []byte, key string) string { return fmt.Sprintf("%s/%q", bucket, key) }

// checkInvariants compares all derived keys with those that entries and filings
// call for, and lets bbolt check its pages.
func checkInvariants(t *testing.T, s *Store) {
	t.Helper()
	want := map[string]bool{}
	ciks := map[string]Entry{}
	for e, err := range s.Entries() {
		must(t, err)
		ciks[e.Accession.String()] = e
		if e.pending() {
			want[name(bucketDue, string(e.dueKey()))] = true
		}
		_, err := s.Filing(e.Accession)
		if has := err == nil; has && e.pending() || !has && e.State == Recorded {
			t.Errorf("%s entry %s has a filing: %t", e.State, e.Accession, has)
		}
	}
	for p, err := range s.bucket(bucketFiling) {
		must(t, err)
		f, err := s.codec.decode(p.value)
		must(t, err)
		e, ok := ciks[f.Accession.String()]
		if !ok {
			t.Errorf("filing %s has no entry", f.Accession)
		}
		for _, p := range postings(f, e.CIKs) {
			want[name(p.bucket, p.key)] = true
		}
	}
	got := map[string]bool{}
	for _, b := range [][]byte{bucketDue, bucketCIK, bucketDate, bucketForm, bucketItem} {
		for p, err := range s.bucket(b) {
			must(t, err)
			got[name(b, string(p.key))] = true
			if len(p.value) > 0 {
				t.Errorf("%s/%q has the value %q, want none", b, p.key, p.value)
			}
		}
	}
	if !maps.Equal(want, got) {
		t.Errorf("derived keys (-want +got):\n%s", cmp.Diff(want, got))
	}
	must(t, s.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt: %v", err)
		}
		return nil
	}))
}

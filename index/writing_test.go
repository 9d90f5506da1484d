package index

import (
	"fmt"
	"slices"
	"testing"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

func TestPagesStayFullWhileFilingsComeInTheOrderOfTime(t *testing.T) {
	for _, tt := range []struct {
		name    string
		reverse bool
		least   float64
	}{{"oldest first", false, 0.75}, {"newest first", true, 0.45}} {
		s := openTemp(t)
		s.db.NoSync = true
		var fs []*parse.Filing
		for n := range 2000 {
			fs = append(fs, made(n+1, day("2023-01-02").AddDays(n/10).String(), 10+n%50))
		}
		if tt.reverse {
			slices.Reverse(fs)
		}
		for batch := range slices.Chunk(fs, 50) {
			must(t, s.Record(batch...))
		}
		must(t, s.db.View(func(tx *bolt.Tx) error {
			st := tx.Bucket(bucketItem).Stats()
			if used := float64(st.LeafInuse) / float64(st.LeafAlloc); used < tt.least {
				return fmt.Errorf("%s: %.2f of the pages of items is in use, want %.2f", tt.name, used, tt.least)
			}
			return nil
		}))
	}
}

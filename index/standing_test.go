package index

import (
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"example.com/edgard/edgar"
)

func TestAValueThatCannotBeReadIsAFaultOfItsStandingAlone(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-01-03", 10), made(3, "2024-01-03", 10)))
	must(t, s.db.Update(func(tx *bolt.Tx) error {
		if err := tx.Bucket(bucketEntry).Put(accessionKey(acc(1)), []byte{0xff}); err != nil {
			return err
		}
		return tx.Bucket(bucketFiling).Put(accessionKey(acc(2)), []byte{0xff})
	}))
	all, err := s.Standings(edgar.Accession{}, 10)
	must(t, err)
	if len(all) != 3 {
		t.Fatalf("%d standings, want 3", len(all))
	}
	for _, st := range all {
		switch st.Accession {
		case acc(1):
			if !strings.Contains(st.Fault, "malformed") || st.State != "" {
				t.Errorf("%+v, want a fault and no state", st)
			}
		case acc(2):
			if !strings.Contains(st.Fault, "malformed") || st.State != Recorded || !st.Filing || st.SHA256 != "" {
				t.Errorf("%+v, want a fault, and its entry", st)
			}
		case acc(3):
			if st.Fault != "" || st.SHA256 != made(3, "2024-01-03", 10).SHA256 {
				t.Errorf("%+v, want it whole", st)
			}
		}
	}
}

package index

import (
	"testing"

	bolt "go.etcd.io/bbolt"

	"example.com/edgard/edgar"
)

func TestEveryKeyThatIsNotAsItMustBeIsRepaired(t *testing.T) {
	for name, b := range keyBreaches() {
		t.Run(name, func(t *testing.T) {
			s := variedIndex(t)
			must(t, s.db.Update(b.do))
			must(t, s.RepairKeys(checkKeys(t, s).Accessions...))
			if r := checkKeys(t, s); r.Faults != 0 {
				t.Errorf("left: %+v", r.Named)
			}
			checkInvariants(t, s)
		})
	}
}

func TestALaneThatIsLostWholeIsRepaired(t *testing.T) {
	for _, bucket := range laneBuckets() {
		s := variedIndex(t)
		must(t, s.db.Update(func(tx *bolt.Tx) error {
			if err := tx.DeleteBucket(bucket); err != nil {
				return err
			}
			_, err := tx.CreateBucket(bucket)
			return err
		}))
		r := checkKeys(t, s)
		if r.Faults == 0 {
			t.Errorf("%s: nothing is missed", bucket)
		}
		must(t, s.RepairKeys(r.Accessions...))
		checkInvariants(t, s)
	}
}

func TestAFilingThatCannotBeReadGoesWithItsKeysAndIsRecordedAnew(t *testing.T) {
	s := variedIndex(t)
	var before []string
	for k, v := range s.Dump() {
		before = append(before, k+string(v))
	}
	f, err := s.Filing(acc(7))
	must(t, err)
	must(t, s.db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketFiling)
		v := append([]byte(nil), b.Get(accessionKey(acc(7)))...)
		v[len(v)/2] ^= 4
		return b.Put(accessionKey(acc(7)), v)
	}))
	st, err := s.Standings(edgar.Accession{}, 1)
	must(t, err)
	if st[0].Accession != acc(7) || st[0].Fault == "" {
		t.Fatalf("%+v, want a fault of %s", st[0], acc(7))
	}
	if err := s.Record(f); err == nil {
		t.Log("recording over a value that cannot be read is allowed by now")
	}
	must(t, s.RepairKeys(acc(7)))
	st, err = s.Standings(edgar.Accession{}, 1)
	must(t, err)
	if st[0].Fault != "" || st[0].Filing || st[0].State != Recorded {
		t.Errorf("%+v, want it recorded without a filing", st[0])
	}
	if r := checkKeys(t, s); r.Faults != 0 {
		t.Errorf("then: %+v", r.Named)
	}
	must(t, s.Record(f))
	checkInvariants(t, s)
	i := 0
	for k, v := range s.Dump() {
		if i >= len(before) || before[i] != k+string(v) {
			t.Errorf("%s is not as it was", k)
		}
		i++
	}
}

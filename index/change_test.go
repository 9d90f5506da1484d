package index

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

// changed returns the numbers of the last changes by accession.
func changed(t *testing.T, s *Store) (epoch string, numbers map[edgar.Accession]uint64) {
	t.Helper()
	p, err := s.Changes(0, MaxLimit)
	must(t, err)
	numbers = map[edgar.Accession]uint64{}
	for _, c := range p.Changes {
		numbers[c.Filing.Accession] = c.Sequence
	}
	return p.Epoch, numbers
}

func TestFilingIsAmongTheChangesOnceWithItsLastOne(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-01-03", 10), made(3, "2024-01-03", 10)))
	must(t, s.Record(made(1, "2024-01-04", 10))) // filed on another day, too
	must(t, s.Withdraw(acc(2), "gone"))
	_, err := s.Relist(acc(2))
	must(t, err)
	_, got := changed(t, s)
	if diff := cmp.Diff(map[edgar.Accession]uint64{acc(3): 3, acc(1): 4, acc(2): 6}, got, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p, err := s.Changes(4, 1)
	if err != nil || len(p.Changes) != 1 || p.Changes[0].Filing.Accession != acc(2) || p.Last != 6 {
		t.Errorf("after 4: %+v, %v; want %s and 6 as the last", p, err, acc(2))
	}
	checkInvariants(t, s)
}

// refillThree rebuilds three filings, the second of which another parser read.
func refillThree(t *testing.T, load bool) func(*Store) error {
	return func(s *Store) error {
		fs := []*parse.Filing{made(1, "2024-01-03", 10), made(2, "2024-01-03", 10), made(3, "2024-01-03", 10)}
		fs[1].Parser++
		_, err := s.Replay(func(Listing) iter.Seq2[parse.Row, error] { return nil })
		must(t, err)
		if load {
			return loadAll(t, s, fs)
		}
		return s.Record(fs...)
	}
}

func TestRebuiltIndexKeepsTheNumbersOfWhatIsAsItWas(t *testing.T) {
	for _, load := range []bool{false, true} {
		s := openTemp(t)
		must(t, s.Record(made(3, "2024-01-03", 10), made(2, "2024-01-03", 10), made(1, "2024-01-03", 10)))
		was, _ := changed(t, s)
		must(t, s.Close())
		must(t, Rebuild(s.dir, refillThree(t, load)))
		s, err := Open(s.dir)
		must(t, err)
		defer s.Close()
		epoch, got := changed(t, s)
		if diff := cmp.Diff(map[edgar.Accession]uint64{acc(3): 1, acc(1): 3, acc(2): 4}, got, plain); diff != "" || epoch != was {
			t.Errorf("loaded %t: epoch %s, was %s (-want +got):\n%s", load, epoch, was, diff)
		}
		checkInvariants(t, s)
	}
}

func TestNumberingBeginsAnewWhenTheOldOneIsLost(t *testing.T) {
	dir, _ := house(t)
	s, err := Open(dir)
	must(t, err)
	was, _ := changed(t, s)
	must(t, s.Close())
	must(t, os.Remove(filepath.Join(dir, databaseName)))
	must(t, Rebuild(dir, refillHouse))
	s, err = Open(dir)
	must(t, err)
	defer s.Close()
	if epoch, got := changed(t, s); epoch == was || epoch == "" || got[acc(1)] != 1 {
		t.Errorf("epoch %s, was %s, numbers %v; want a new one that begins with 1", epoch, was, got)
	}
}

func TestAChangeOfAnotherFilingIsDamage(t *testing.T) {
	for _, key := range [][]byte{accessionKey(acc(2)), accessionKey(acc(3)), []byte("short")} {
		s := openTemp(t)
		must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-01-03", 10)))
		must(t, s.db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket(bucketFiling)
			return errors.Join(tx.Bucket(bucketChange).Put(changeKey(1), key), b.Put(accessionKey(acc(2)), bytes.Clone(b.Get(accessionKey(acc(1))))))
		}))
		if p, err := s.Changes(0, 1); !errors.Is(err, ErrDamaged) {
			t.Errorf("key %x: %+v, %v; want ErrDamaged", key, p, err)
		}
	}
}

func TestNoNumberIsGivenTwiceWhenTheNumberingIsDamaged(t *testing.T) {
	dir, _ := house(t)
	s, err := Open(dir)
	must(t, err)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	was, _ := changed(t, s)
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketChange).SetSequence(1) }))
	if err := s.Record(made(2, "2024-01-03", 10)); !errors.Is(err, ErrDamaged) {
		t.Errorf("Record = %v, want ErrDamaged", err)
	}
	must(t, s.Close())
	must(t, Rebuild(dir, refillHouse))
	s, err = Open(dir)
	must(t, err)
	defer s.Close()
	if epoch, _ := changed(t, s); epoch == was {
		t.Errorf("rebuilt, the epoch is %s still, want another", epoch)
	}
}

// putBack puts a file in the place of a closed index.
func putBack(t *testing.T, dir string, file []byte) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(dir, databaseName), file, 0o600))
}

func TestNumberingBeginsAnewInAFileThatIsNotTheOneThatWasClosed(t *testing.T) {
	dir, _ := house(t)
	older, err := os.ReadFile(filepath.Join(dir, databaseName))
	must(t, err)
	for _, rebuild := range []bool{false, true} {
		s, err := Open(dir)
		must(t, err)
		must(t, s.Record(made(2, "2024-01-03", 10)))
		was, _ := changed(t, s)
		must(t, s.Close())
		putBack(t, dir, older)
		if rebuild {
			must(t, Rebuild(dir, refillHouse))
		}
		s, err = Open(dir)
		must(t, err)
		if epoch, _ := changed(t, s); epoch == was || len(s.Notes()) == 0 && !rebuild {
			t.Errorf("rebuilt %t: epoch %s, was %s; notes %q, want a new one, and one", rebuild, epoch, was, s.Notes())
		}
		must(t, s.Close())
	}
}

func TestNumberingGoesOnAfterAKill(t *testing.T) {
	dir, _ := house(t)
	s, err := Open(dir)
	must(t, err)
	was, _ := changed(t, s)
	must(t, s.db.Close()) // and no seal
	s, err = Open(dir)
	must(t, err)
	defer s.Close()
	if epoch, _ := changed(t, s); epoch != was || len(s.Notes()) > 0 {
		t.Errorf("epoch %s, was %s; notes %q, want the same and none", epoch, was, s.Notes())
	}
}

func TestCountersThatAreWrongAreDamageAndNotNonsense(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketCount).Put([]byte("y2024"), []byte{0xff}) }))
	if _, err := s.Counts(); !errors.Is(err, ErrDamaged) {
		t.Errorf("Counts = %v, want ErrDamaged", err)
	}
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketCount).Delete([]byte("y2024")) }))
	if err := s.Record(made(1, "2025-01-03", 10)); !errors.Is(err, ErrDamaged) {
		t.Errorf("Record = %v, want ErrDamaged", err)
	}
}

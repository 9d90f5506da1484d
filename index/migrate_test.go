package index

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

// downgrade makes the closed index in dir one of schema 1, as the program before
// this one left it.
func downgrade(t *testing.T, dir string) {
	t.Helper()
	s, err := open(dir, databaseName, false)
	must(t, err)
	first := [][]byte{bucketMeta, bucketEntry, bucketDue, bucketFiling, bucketCIK, bucketDate, bucketForm, bucketItem, bucketListing, bucketPass, bucketTicker}
	must(t, s.db.Update(func(tx *bolt.Tx) error {
		for _, name := range buckets() {
			if !slices.ContainsFunc(first, func(b []byte) bool { return string(b) == string(name) }) {
				must(t, tx.DeleteBucket(name))
			}
		}
		for _, p := range pairs(tx.Bucket(bucketDate)) {
			must(t, tx.Bucket(bucketDate).Put(p.key, nil))
		}
		for _, p := range pairs(tx.Bucket(bucketFiling)) {
			f, err := s.codec.decode(p.value)
			must(t, err)
			must(t, tx.Bucket(bucketFiling).Put(p.key, firstValue(t, f)))
		}
		must(t, tx.Bucket(bucketMeta).Delete(metaEpoch))
		return tx.Bucket(bucketMeta).Put(metaSchema, []byte("1"))
	}))
	must(t, s.Close())
}

// lived is a closed index in which much has happened, and its dump. The directory
// of names is not in it: what listings call others than the first filer is gone
// with schema 1 until their filings are recorded.
func lived(t *testing.T) (dir string, want []string) {
	t.Helper()
	h := history{s: openTemp(t), r: rand.New(rand.NewPCG(7, 7)), listings: map[string][]parse.Row{}}
	h.s.db.NoSync = true
	for range 150 {
		must(t, h.step())
	}
	want = withoutNames(dump(h.s))
	must(t, h.s.Close())
	return h.s.dir, want
}

func withoutNames(lines []string) []string {
	return slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "name/") })
}

func TestIndexOfTheFirstSchemaIsBroughtForward(t *testing.T) {
	dir, want := lived(t)
	downgrade(t, dir)
	for round, notes := range []int{1, 0} {
		s, err := Open(dir)
		must(t, err)
		if diff := cmp.Diff(want, withoutNames(dump(s))); diff != "" {
			t.Errorf("round %d (-fresh +brought forward):\n%s", round, diff)
		}
		checkInvariants(t, s)
		if got := s.Notes(); len(got) != notes || notes > 0 && !strings.Contains(got[0], "brought from schema 1 to schema 2") {
			t.Errorf("round %d: notes %q, want %d that tells of it", round, got, notes)
		}
		must(t, s.Close())
	}
}

func TestMigrationCutOffAnywhereGoesOn(t *testing.T) {
	for steps := range 4 {
		t.Run(fmt.Sprint(steps), func(t *testing.T) {
			dir, want := lived(t)
			downgrade(t, dir)
			s, err := open(dir, databaseName, false)
			must(t, err)
			m := migration{s: s, batch: 7}
			must(t, s.db.Update(m.begin))
			for range steps {
				_, err := m.step()
				must(t, err)
			}
			must(t, s.Close())
			if _, err := OpenReadOnly(dir); !errors.Is(err, ErrSchema) || !strings.Contains(err.Error(), "crawler sync") {
				t.Errorf("read-only, half way: %v, want ErrSchema with the remedy", err)
			}
			s, err = Open(dir)
			must(t, err)
			defer s.Close()
			if diff := cmp.Diff(want, withoutNames(dump(s))); diff != "" {
				t.Errorf("(-fresh +brought forward):\n%s", diff)
			}
			checkInvariants(t, s)
			if got := s.Notes(); len(got) != 1 || !strings.Contains(got[0], "the rest of the way") {
				t.Errorf("notes %q, want one that tells of the rest", got)
			}
		})
	}
}

func TestIndexOfTheFirstSchemaIsNotReadAsItIs(t *testing.T) {
	dir, _ := lived(t)
	downgrade(t, dir)
	if _, err := OpenReadOnly(dir); !errors.Is(err, ErrSchema) || !strings.Contains(err.Error(), "crawler sync") {
		t.Errorf("OpenReadOnly = %v, want ErrSchema with the remedy", err)
	}
}

func TestIndexOfTheFirstSchemaCanBeRebuilt(t *testing.T) {
	dir, want := house(t)
	downgrade(t, dir)
	must(t, Rebuild(dir, refillHouse))
	checkHouse(t, dir, want)
}

func TestDamagedFilingEndsAMigrationWithItsName(t *testing.T) {
	dir, _ := house(t)
	downgrade(t, dir)
	db, err := bolt.Open(filepath.Join(dir, databaseName), 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketFiling).Put(accessionKey(acc(1)), []byte{1, 0, 'x'})
	}))
	must(t, db.Close())
	if _, err := Open(dir); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), acc(1).String()) {
		t.Errorf("Open = %v, want ErrDamaged and the filing", err)
	}
}

package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	bolt "go.etcd.io/bbolt"
)

// plain compares EDGAR's values as values.
var plain = cmp.Options{
	cmpopts.EquateComparable(edgar.Accession{}, edgar.CIK{}, edgar.Form{}, edgar.Date{}, edgar.Quarter{}),
	cmpopts.IgnoreUnexported(parse.Document{}),
}

func TestRoadFromDiscoveredToFound(t *testing.T) {
	s := openTemp(t)
	if d := discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 12, "2024-02-01"), row(2, 11, "2024-02-01")); d != (Discovery{New: 2}) {
		t.Fatalf("Discover = %+v, want 2 new", d)
	}
	es := due(t, s, noon)
	want := []Entry{
		{Accession: acc(2), Form: form("8-K"), Filed: day("2024-02-01"), CIKs: []edgar.CIK{cik(11), cik(12)}, Name: "MADE COMPANY 11", State: Discovered, Seen: noon},
		{Accession: acc(1), Form: form("8-K"), Filed: day("2024-01-03"), CIKs: []edgar.CIK{cik(10)}, Name: "MADE COMPANY 10", State: Discovered, Seen: noon},
	}
	if diff := cmp.Diff(want, es, plain); diff != "" {
		t.Fatalf("due (-want +got):\n%s", diff)
	}
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-02-01", 11)))
	if es := due(t, s, noon); len(es) != 0 {
		t.Fatalf("due after recording: %+v, want none", es)
	}
	p, err := s.Find(Query{CIKs: []edgar.CIK{cik(12)}})
	must(t, err)
	if diff := cmp.Diff([]*parse.Filing{withoutText(made(2, "2024-02-01", 11))}, p.Filings, plain); diff != "" {
		t.Errorf("found by the co-registrant (-want +got):\n%s", diff)
	}
}

func TestSecondProcessIsToldThatTheIndexIsInUse(t *testing.T) {
	s := openTemp(t)
	for _, open := range []func(string) (*Store, error){Open, OpenReadOnly} {
		_, err := open(s.dir)
		if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), filepath.Join(s.dir, "index.db")) {
			t.Errorf("opened twice: %v, want ErrLocked with the file", err)
		}
	}
}

func TestReadersShareAnIndexAndChangeNothing(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	want := dump(s)
	must(t, s.Close())
	for range 2 {
		r, err := OpenReadOnly(s.dir)
		must(t, err)
		defer r.Close()
		if diff := cmp.Diff(want, dump(r)); diff != "" {
			t.Errorf("read-only (-want +got):\n%s", diff)
		}
		if err := r.Reject(acc(1), "no"); !errors.Is(err, ErrReadOnly) {
			t.Errorf("Reject = %v, want ErrReadOnly", err)
		}
	}
	if _, err := OpenReadOnly(t.TempDir()); err == nil {
		t.Error("an index that is not there was opened for reading")
	}
}

func TestLaterSchemaIsRefused(t *testing.T) {
	s := openTemp(t)
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(metaSchema, []byte("3")) }))
	must(t, s.Close())
	for _, open := range []func(string) (*Store, error){Open, OpenReadOnly} {
		if _, err := open(s.dir); !errors.Is(err, ErrSchema) || !strings.Contains(err.Error(), "use a newer crawler") {
			t.Errorf("open = %v, want ErrSchema with the remedy", err)
		}
	}
}

func TestIdentityOutlivesTheDatabaseAndBindsTheJournal(t *testing.T) {
	s, other := openTemp(t), openTemp(t)
	if len(s.Identity()) != 32 || s.Identity() == other.Identity() {
		t.Fatalf("identities %q and %q, want two of 32 digits", s.Identity(), other.Identity())
	}
	must(t, s.Close())
	must(t, other.Close())
	must(t, os.Remove(filepath.Join(s.dir, databaseName)))
	again, err := Open(s.dir)
	must(t, err)
	must(t, again.Close())
	if again.Identity() != s.Identity() {
		t.Errorf("identity after deleting the database: %q, want %q", again.Identity(), s.Identity())
	}
	must(t, os.Rename(filepath.Join(other.dir, journalName), filepath.Join(s.dir, journalName)))
	if _, err := Open(s.dir); err == nil || !strings.Contains(err.Error(), "not of the same data directory") {
		t.Errorf("with another's journal: %v, want a refusal", err)
	}
}

func TestLostJournalIsBegunAnewWithANote(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Close())
	must(t, os.Remove(filepath.Join(s.dir, journalName)))
	for round, notes := range []int{1, 0} {
		again, err := Open(s.dir)
		must(t, err)
		if again.Identity() != s.Identity() || len(again.Notes()) != notes {
			t.Errorf("round %d: identity %q, notes %q; want %q and %d", round, again.Identity(), again.Notes(), s.Identity(), notes)
		}
		must(t, again.Close())
	}
}

func TestReadersAndWritersDoNotDisturbOneAnother(t *testing.T) {
	s := openTemp(t)
	s.db.NoSync = true
	var callers sync.WaitGroup
	for w := range 4 {
		callers.Go(func() {
			for n := w * 20; n < w*20+20; n++ {
				_, err := s.Discover(kept(fmt.Sprint(w)), rowsOf(row(n, 10, "2024-01-03")), noon)
				if err = errors.Join(err, s.Defer(acc(n), noon, "503"), s.Record(made(n, "2024-01-03", 10))); err != nil {
					t.Error(err)
				}
			}
		})
		callers.Go(func() {
			for range 20 {
				_, err := s.Status(noon)
				_, ferr := s.Find(Query{CIKs: []edgar.CIK{cik(10)}})
				for _, derr := range s.Due(noon) {
					err = errors.Join(err, derr)
				}
				if err = errors.Join(err, ferr); err != nil {
					t.Error(err)
				}
			}
		})
	}
	callers.Wait()
	if st, err := s.Status(noon); err != nil || st.States[Recorded] != 80 {
		t.Errorf("%d recorded, %v; want 80", st.States[Recorded], err)
	}
	checkInvariants(t, s)
}

func TestSmallIndexIsSmallAndPrivate(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	for _, name := range []string{databaseName, journalName} {
		info, err := os.Stat(filepath.Join(s.dir, name))
		must(t, err)
		if info.Mode().Perm() != 0o600 || info.Size() > allocSize+1<<20 {
			t.Errorf("%s: mode %v, %d bytes; want 0600 and at most 5 MiB", name, info.Mode(), info.Size())
		}
	}
}

func TestStoreLeavesNoGoroutineBehind(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := Open(dir)
		must(t, err)
		discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-04"))
		time.Sleep(time.Hour)
		must(t, s.Record(made(1, "2024-01-03", 10)))
		for range s.All(Query{}) {
			break
		}
		must(t, s.Close())
	})
}

func TestClosedStoreGivesErrors(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.Close())
	if _, err := s.Filing(acc(1)); err == nil {
		t.Error("Filing of a closed index succeeded")
	}
	if err := s.Record(made(2, "2024-01-03", 10)); err == nil {
		t.Error("Record in a closed index succeeded")
	}
	for _, err := range s.Due(noon) {
		if err == nil {
			t.Error("Due of a closed index succeeded")
		}
	}
}

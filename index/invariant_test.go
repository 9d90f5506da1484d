package index

import (
	"encoding/binary"
	"iter"
	"slices"
	"testing"

	"example.com/edgard/edgar"
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

// checkInvariants compares all derived keys and counters with those that entries
// and filings call for, and lets bbolt check its pages.
func checkInvariants(t *testing.T, s *Store) {
	t.Helper()
	d := derive(t, s)
	for _, b := range [][]byte{bucketDue, bucketCIK, bucketDate, bucketForm, bucketItem, bucketExhibit, bucketSIC, bucketPlace,
		bucketWarning, bucketEvent, bucketMark, bucketStands, bucketCount, bucketChange} {
		got := map[string]string{}
		for p, err := range s.bucket(b) {
			must(t, err)
			got[string(p.key)] = string(p.value)
		}
		want := d[string(b)]
		if want == nil {
			want = map[string]string{}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", b, diff)
		}
	}
	checkDirectories(t, s, d)
	must(t, s.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt: %v", err)
		}
		return nil
	}))
}

// lanes are keys and values by bucket.
type lanes map[string]map[string]string

func (l lanes) set(bucket []byte, key, value string) {
	if l[string(bucket)] == nil {
		l[string(bucket)] = map[string]string{}
	}
	l[string(bucket)][key] = value
}

// derive works out from entries and filings what the other buckets must hold.
func derive(t *testing.T, s *Store) lanes {
	t.Helper()
	d, counted := lanes{}, map[counter]int{}
	count := func(cs []counter) {
		for _, c := range cs {
			counted[c]++
		}
	}
	ciks := map[string]Entry{}
	for e, err := range s.Entries() {
		must(t, err)
		ciks[e.Accession.String()] = e
		count(e.counters())
		for _, p := range e.postings() {
			d.set(p.bucket, p.key, "")
		}
		if len(e.CIKs) > 0 {
			d.name(e.Name, e.CIKs[0])
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
		ps := postings(f, e.CIKs)
		count(filingCounters(ps))
		for _, p := range ps {
			d.set(p.bucket, p.key, string(p.value))
		}
		d.number(t, s, f)
		for _, x := range f.Filers {
			d.name(x.Name, x.CIK)
		}
		for _, k := range symbolKeys(f) {
			sp, err := decodeSpan([]byte(d[string(bucketSymbol)][k]))
			must(t, err)
			d.set(bucketSymbol, k, string(sp.with(f.Filed).encode()))
		}
	}
	for c, n := range counted {
		d.set(bucketCount, string(c), string(binary.AppendUvarint(nil, uint64(n))))
	}
	return d
}

func (l lanes) name(name string, c edgar.CIK) {
	for _, w := range words(name) {
		l.set(bucketName, w+"\x00"+string(cikPrefix(c)), "")
	}
}

// number takes the number of a filing's last change from where it stands: that it
// is the filing's and nobody else's the keys of change say.
func (l lanes) number(t *testing.T, s *Store, f *parse.Filing) {
	t.Helper()
	r := makeRef(f.Filed, f.Accession)
	must(t, s.db.View(func(tx *bolt.Tx) error {
		x, err := decodeFacts(tx.Bucket(bucketDate).Get(r[:]))
		must(t, err)
		if x.sequence == 0 || x.sequence > tx.Bucket(bucketChange).Sequence() {
			t.Errorf("change %d of %s: want one that was given out, up to %d", x.sequence, f.Accession, tx.Bucket(bucketChange).Sequence())
		}
		l.set(bucketChange, string(changeKey(x.sequence)), string(accessionKey(f.Accession)))
		l.set(bucketDate, string(r[:]), string(binary.AppendUvarint(nil, x.sequence))+string(factsOf(f)))
		return nil
	}))
}

// checkDirectories reports what the directories lack: of what was replaced they may
// hold more.
func checkDirectories(t *testing.T, s *Store, want lanes) {
	t.Helper()
	must(t, s.db.View(func(tx *bolt.Tx) error {
		for k := range want[string(bucketName)] {
			if tx.Bucket(bucketName).Get([]byte(k)) == nil {
				t.Errorf("name %q leads nowhere", k)
			}
		}
		for k, v := range want[string(bucketSymbol)] {
			need, err := decodeSpan([]byte(v))
			must(t, err)
			got, err := decodeSpan(tx.Bucket(bucketSymbol).Get([]byte(k)))
			must(t, err)
			if got.with(need.first).with(need.last) != got || got.first.IsZero() {
				t.Errorf("symbol %q from %v to %v, want %v to %v within", k, got.first, got.last, need.first, need.last)
			}
		}
		return nil
	}))
}

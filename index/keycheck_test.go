package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"example.com/edgard/parse"
)

// checkKeys checks all keys of s.
func checkKeys(t testing.TB, s *Store) KeyReport {
	t.Helper()
	r, err := CheckIndex(t.Context(), func(ask func(Reader) error) error { return ask(s) }, func(int) {})
	must(t, err)
	return r
}

// variedIndex has filings, entries of every state, and a history.
func variedIndex(t testing.TB) *Store {
	t.Helper()
	s := openTemp(t)
	var fs []*parse.Filing
	for n := range 40 {
		f := made(n+1, day("2024-01-02").AddDays(n).String(), 10+n%7, 11)
		f.Cover.Securities = []parse.Security{{Symbol: fmt.Sprintf("MADE%c", 'A'+n%5)}}
		f.Warnings = []parse.Warning{{Code: "made"}}
		fs = append(fs, f)
	}
	must(t, s.Record(fs...))
	discover(t, s, "2024Q1", row(101, 10, "2024-01-05"), row(102, 11, "2024-01-05"), row(103, 12, "2024-02-05"), row(104, 13, "2024-02-06"))
	must(t, s.Defer(acc(101), noon, "HTTP 503"))
	must(t, s.Reject(acc(102), "truncated"))
	must(t, s.Withdraw(acc(3), "gone"))
	must(t, s.Record(made(5, "2024-03-01", 77)))
	return s
}

func TestTheKeysOfAnIndexAreWhatItsFilingsCallFor(t *testing.T) {
	s := variedIndex(t)
	if r := checkKeys(t, s); r.Faults != 0 || r.Entries != 44 || r.Filings != 40 {
		t.Errorf("%+v, want 44 entries, 40 filings and no fault", r)
	}
	if r := checkKeys(t, openTemp(t)); r.Faults != 0 || r.Entries != 0 {
		t.Errorf("an empty index: %+v", r)
	}
}

// keyBreaches break one key, and say what is found.
func keyBreaches() map[string]struct {
	do   func(tx *bolt.Tx) error
	want []string
} {
	type breach = struct {
		do   func(tx *bolt.Tx) error
		want []string
	}
	r7 := makeRef(day("2024-01-08"), acc(7))
	put := func(bucket []byte, key, value string) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket(bucket).Put([]byte(key), []byte(value)) }
	}
	drop := func(bucket []byte, key string) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket(bucket).Delete([]byte(key)) }
	}
	ref := func(r ref) string { return string(r[:]) }
	return map[string]breach{
		"an item lost": {drop(bucketItem, "2.02\x00"+ref(r7)), []string{
			"0001000000-24-000007 item 2.02 2024-01-08 0001000000-24-000007: missing",
			" count \"i20242.02\": is 40, and 39 are there"}},
		"a stray under an issuer":    {put(bucketCIK, string(cikPrefix(cik(99)))+ref(r7), ""), []string{"0001000000-24-000007 cik 99 2024-01-08 0001000000-24-000007: leads to a filing or entry that does not call for it"}},
		"a key under another day":    {put(bucketEvent, string(eventPrefix(cik(11), day("2024-01-01")))+ref(r7), ""), []string{`0001000000-24-000007 event "\x00\x00\x00\x00\v\x014\xd6\xe5" 2024-01-08 0001000000-24-000007: leads to a filing or entry that does not call for it`}},
		"a key of no submission":     {put(bucketSIC, "short", ""), []string{` sic "short": of no submission`}},
		"a key of nobody":            {put(bucketSIC, "3571\x00"+ref(makeRef(day("2024-01-08"), acc(500))), ""), []string{"0001000003-24-000500 sic 3571 2024-01-08 0001000003-24-000500: leads to a filing or entry that does not call for it"}},
		"a value where none belongs": {put(bucketForm, "8-K\x00"+ref(r7), "x"), []string{"0001000000-24-000007 form 8-K 2024-01-08 0001000000-24-000007: has another value than its filing"}},
		"a change too many":          {put(bucketChange, string(changeKey(9999)), string(accessionKey(acc(7)))), []string{`0001000000-24-000007 change "\x00\x00\x00\x00\x00\x00'\x0f": is not the last change of a filing`}},
		"an entry no more due": {func(tx *bolt.Tx) error {
			k, _ := tx.Bucket(bucketDue).Cursor().First()
			return tx.Bucket(bucketDue).Delete(k)
		}, []string{"0001000006-24-000104 due \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\xfe\\xcb(\\xb1\\x00\\x00Z\\xf35\\xab\\xbch\": missing"}},
		"a standing lost": {func(tx *bolt.Tx) error {
			r := makeRef(day("2024-01-05"), acc(102))
			return tx.Bucket(bucketStands).Delete(append(Rejected.code(), r[:]...))
		}, []string{`0001000004-24-000102 standing "\x03" 2024-01-05 0001000004-24-000102: missing`}},
		"a word lost":                {drop(bucketName, nameKeys("company", cik(11))[0]), []string{`0001000000-24-000007 name "company\x00\x00\x00\x00\x00\v": missing`}},
		"a symbol of a shorter time": {put(bucketSymbol, "MADEB\x00"+string(cikPrefix(cik(16))), string(span{day("2024-01-01"), day("2024-01-01")}.encode())), []string{`0001000000-24-000007 symbol "MADEB\x00\x00\x00\x00\x00\x10": does not reach to 2024-01-08`}},
		"a counter off by one":       {put(bucketCount, countYear+"2024", "\x29"), []string{` count "y2024": is 41, and 40 are there`}},
		"a counter of nothing":       {put(bucketCount, countItem+"20241.01", "\x01"), []string{` count "i20241.01": counts nothing that is there`}},
	}
}

func TestEveryKeyThatIsNotAsItMustBeIsNamed(t *testing.T) {
	for name, b := range keyBreaches() {
		t.Run(name, func(t *testing.T) {
			s := variedIndex(t)
			must(t, s.db.Update(b.do))
			var got []string
			for _, f := range checkKeys(t, s).Named {
				got = append(got, fmt.Sprintf("%s %s: %s", f.Accession, f.Key, f.What))
			}
			slices.Sort(got)
			slices.Sort(b.want)
			if diff := cmp.Diff(b.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What is recorded between the questions makes the sums of its share differ, and is
// no fault.
func TestWhatIsWrittenDuringTheCheckIsNoFault(t *testing.T) {
	s := variedIndex(t)
	n := 0
	r, err := CheckIndex(t.Context(), func(ask func(Reader) error) error {
		if n++; n > 1 {
			must(t, s.Record(made(200+n, "2024-03-04", 10)))
			must(t, s.Record(made(6, day("2024-03-04").AddDays(n).String(), 14)))
		}
		return ask(s)
	}, func(int) {})
	if err != nil || r.Faults != 0 || n < 5 {
		t.Errorf("%+v, %v after %d questions; want no fault, and the suspects looked at", r, err, n)
	}
}

func TestWhatCannotBeReadSaysNothingOfItsKeys(t *testing.T) {
	s := variedIndex(t)
	must(t, s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketFiling).Put(accessionKey(acc(7)), []byte{9}) }))
	if r := checkKeys(t, s); r.Faults != 0 || r.Filings != 39 {
		t.Errorf("%+v, want 39 filings and no fault", r)
	}
}

func TestACheckOfKeysEndsWithItsContext(t *testing.T) {
	s := variedIndex(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := CheckIndex(ctx, func(ask func(Reader) error) error { return ask(s) }, func(int) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it cancelled", err)
	}
}

func TestAQuestionAboutKeysThatIsNoneIsRefused(t *testing.T) {
	s := variedIndex(t)
	for _, q := range []KeyQuestion{{}, {Part: "x"}, {Part: KeysStray, Shares: []byte{1}}, {Part: KeysThere, After: []byte{250}}} {
		if _, err := s.CheckKeys(q); err == nil || !strings.HasPrefix(err.Error(), "checking keys: ") {
			t.Errorf("%+v: %v, want it refused", q, err)
		}
	}
}

func FuzzCheckKeys(f *testing.F) {
	s := variedIndex(f)
	parts := []KeyPart{KeysCalledFor, KeysThere, KeysMissing, KeysStray, KeysCounted}
	f.Add(uint8(1), []byte{3, '2'}, byte(0xff))
	f.Fuzz(func(t *testing.T, part uint8, after []byte, share byte) {
		q := KeyQuestion{Part: parts[int(part)%len(parts)], After: after, Shares: slices.Repeat([]byte{share}, keyShares/8)}
		p, err := s.CheckKeys(q)
		if err == nil && len(p.Faults) != 0 {
			t.Errorf("a sound index has %+v", p.Faults)
		}
	})
}

func TestNoLaneIsForgotten(t *testing.T) {
	others := [][]byte{bucketMeta, bucketEntry, bucketFiling, bucketName, bucketSymbol, bucketCount, bucketListing, bucketPass, bucketTicker}
	known := map[string]bool{}
	for _, b := range append(laneBuckets(), others...) {
		known[string(b)] = true
	}
	for _, b := range buckets() {
		if !known[string(b)] {
			t.Errorf("bucket %s is neither checked as a lane nor known to be none", b)
		}
	}
}

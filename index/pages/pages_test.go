package pages

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// made is a database as work makes one: three buckets, one of them in its root
// tree, keys put and deleted in n transactions, values of one page and of many.
func made(t testing.TB, n int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, FreelistType: bolt.FreelistArrayType})
	must(t, err)
	db.AllocSize = 1 << 12
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		must(t, db.Update(func(tx *bolt.Tx) error { return work(tx, r) }))
	}
	must(t, db.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}

func work(tx *bolt.Tx, r *rand.Rand) error {
	var errs []error
	for _, name := range []string{"keys", "values", "small"} {
		b, err := tx.CreateBucketIfNotExists([]byte(name))
		errs = append(errs, err)
		if name == "small" {
			errs = append(errs, b.Put([]byte("one"), []byte("value")))
			continue
		}
		for range 120 {
			key := fmt.Appendf(nil, "%020d", r.IntN(4000))
			if r.IntN(3) == 0 {
				errs = append(errs, b.Delete(key))
				continue
			}
			var value []byte
			if name == "values" {
				value = bytes.Repeat([]byte{byte(r.IntN(256))}, r.IntN(300)*r.IntN(10)*r.IntN(3))
			}
			errs = append(errs, b.Put(key, value))
		}
	}
	return errors.Join(errs...)
}

func check(b []byte, depth Depth) (Report, error) {
	return Check(context.Background(), bytes.NewReader(b), int64(len(b)), depth, nil)
}

func TestAFileAsBboltWritesItHasNoDamage(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 60} {
		b := made(t, n)
		whole, err := check(b, All)
		if err != nil {
			t.Errorf("%d transactions: %v", n, err)
		}
		for _, name := range []string{"keys", "values", "small"} {
			if whole.Keys[name] == 0 {
				t.Errorf("%d transactions: no keys in bucket %s", n, name)
			}
		}
		quick, err := check(b, Branches)
		if err != nil || quick.Transaction != whole.Transaction || quick.Pages != whole.Pages || quick.Free != whole.Free {
			t.Errorf("%d transactions: %+v, %v; want as %+v", n, quick, err, whole)
		}
		for _, depth := range []Depth{Roots, Leaves} {
			if rep, err := check(b, depth); err != nil || rep.Free != whole.Free {
				t.Errorf("%d transactions, depth %d: %+v, %v; want as %+v", n, depth, rep, err, whole)
			}
		}
		if n == 60 && quick.Read*2 > whole.Read {
			t.Errorf("%d of %d pages read: want few", quick.Read, whole.Read)
		}
	}
}

// read reads every key and value through bbolt.
func read(t *testing.T, b []byte) map[string]int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "read.db")
	must(t, os.WriteFile(path, b, 0o600))
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	must(t, err)
	defer db.Close()
	keys := map[string]int{}
	must(t, db.Update(func(tx *bolt.Tx) error {
		err := tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(_, _ []byte) error { keys[string(name)]++; return nil })
		})
		_, made := tx.CreateBucketIfNotExists([]byte("one more"))
		return errors.Join(err, made)
	}))
	return keys
}

func TestAFlippedBitIsDamageOrDoesNoHarmToPages(t *testing.T) {
	whole := made(t, 8)
	size := binary.NativeEndian.Uint32(whole[headerSize+8:])
	want := read(t, whole)
	r := rand.New(rand.NewPCG(3, 4))
	found, passed := 0, 0
	for page := 2; page < len(whole)/int(size); page++ {
		for _, span := range []int{headerSize, 3 * elementSize, int(size)} {
			for range 2 {
				at, bit := page*int(size)+r.IntN(span), r.IntN(8)
				b := bytes.Clone(whole)
				b[at] ^= 1 << bit
				_, err := check(b, All)
				var d *Damage
				if errors.As(err, &d) {
					found++
					continue
				}
				must(t, err)
				if _, err := check(b, Leaves); err != nil {
					t.Errorf("bit %d of byte %d: all pages are sound, but of the leaves %v", bit, at, err)
				}
				if passed++; passed%40 == 0 { // of a key, a value, or a page that is free
					for name, n := range read(t, b) {
						if n != want[name] && want[name] > 0 {
							t.Errorf("bit %d of byte %d: bucket %s has %d keys, want %d", bit, at, name, n, want[name])
						}
					}
				}
			}
		}
	}
	if found == 0 || passed == 0 {
		t.Errorf("%d flips found and %d not: want both", found, passed)
	}
}

func TestOneSoundMetaPageIsEnough(t *testing.T) {
	whole := made(t, 8)
	want, err := check(whole, All)
	must(t, err)
	for _, at := range []int{headerSize + 40, 4096 + headerSize + 40} {
		b := bytes.Clone(whole)
		b[at]++
		rep, err := check(b, All)
		if err != nil || !rep.OneMeta || rep.Transaction > want.Transaction || rep.Transaction+1 < want.Transaction {
			t.Errorf("%+v, %v; want the transaction before %d", rep, err, want.Transaction)
		}
		read(t, b)
	}
}

func TestAFileCutShortIsDamage(t *testing.T) {
	whole := made(t, 8)
	m, _, err := readMeta(bytes.NewReader(whole))
	must(t, err)
	used := int(m.pages) * int(m.pageSize)
	for _, n := range []int{0, 1, 79, 80, 4095, 4096, 8192, used / 2, used/2 + 100, used - 1} {
		var d *Damage
		if _, err := check(whole[:n], Branches); !errors.As(err, &d) {
			t.Errorf("%d bytes of %d: %v, want damage", n, used, err)
		}
	}
	if _, err := check(whole[:used], All); err != nil {
		t.Errorf("without what was made in advance: %v", err)
	}
}

// branchOf returns where the first branch page of a file begins.
func branchOf(t *testing.T, b []byte) int {
	t.Helper()
	size := int(binary.NativeEndian.Uint32(b[headerSize+8:]))
	rep, err := check(b, All)
	must(t, err)
	free := map[uint64]bool{}
	m, _, err := readMeta(bytes.NewReader(b))
	must(t, err)
	at := int(m.free)*size + headerSize
	for i := range int(rep.Free) {
		free[binary.NativeEndian.Uint64(b[at+8*i:])] = true
	}
	for at := 2 * size; at+size <= len(b); at += size {
		if binary.NativeEndian.Uint16(b[at+8:]) == flagBranch && binary.NativeEndian.Uint64(b[at:]) == uint64(at/size) && !free[uint64(at/size)] {
			return at
		}
	}
	t.Fatal("no branch page")
	return 0
}

func TestAPageThatLeadsBackToItselfIsDamage(t *testing.T) {
	b := made(t, 8)
	at := branchOf(t, b)
	copy(b[at+headerSize+8:], b[at:at+8]) // the first child is the page itself
	for _, depth := range []Depth{Branches, All} {
		var d *Damage
		if _, err := check(b, depth); !errors.As(err, &d) || d.Bucket == "" {
			t.Errorf("depth %d: %v, want damage of a bucket", depth, err)
		}
	}
}

func TestBranchesAreSoundOrDamageIsFoundWithoutTheLeaves(t *testing.T) {
	whole := made(t, 8)
	at := branchOf(t, whole)
	count := int(binary.NativeEndian.Uint16(whole[at+10:]))
	for i := range headerSize + count*elementSize {
		if i >= 4 && i < 8 {
			continue
		}
		b := bytes.Clone(whole)
		b[at+i] ^= 0x11
		var d *Damage
		if _, err := check(b, Branches); !errors.As(err, &d) {
			t.Errorf("byte %d of a branch page: %v, want damage", i, err)
		}
	}
}

// heads returns where the header and the elements of each page in use begin and
// end: without keys and values, and without the last element, which says alone how
// long its key is, so that the next page may be needed to see that it is wrong.
func heads(t *testing.T, b []byte) (at [][2]int) {
	t.Helper()
	w, err := newWalk(t.Context(), bytes.NewReader(b), int64(len(b)), All)
	must(t, err)
	must(t, w.freeList())
	for id := uint64(2); id < w.meta.pages; {
		if id != w.meta.free && w.claimed.has(id) {
			id++
			continue
		}
		p, _, err := w.read(id, nil)
		must(t, err)
		element := elementSize
		if p.flags == flagFree {
			element = 8
		}
		start := int(id) * int(w.meta.pageSize)
		at = append(at, [2]int{start, start + headerSize + max(p.count-1, 0)*element})
		id += p.overflow + 1
	}
	return at
}

func TestWhatIsWrongWithinAPageIsFoundWithoutTheTree(t *testing.T) {
	whole := made(t, 8)
	r := rand.New(rand.NewPCG(5, 6))
	for _, head := range heads(t, whole) {
		at := head[0] + r.IntN(min(head[1]-head[0], headerSize+2*elementSize))
		b := bytes.Clone(whole)
		b[at] ^= 1 << r.IntN(8)
		_, all := check(b, All)
		_, leaves := check(b, Leaves)
		if (all == nil) != (leaves == nil) {
			t.Errorf("byte %d: %v of all pages in order, %v of each by itself", at, all, leaves)
		}
	}
}

func TestBucketsCanBeLookedAtAlone(t *testing.T) {
	b := made(t, 8)
	at := branchOf(t, b)
	b[at+8] = 0xff
	var d *Damage
	if _, err := check(b, All); !errors.As(err, &d) {
		t.Fatalf("%v, want damage", err)
	}
	for _, name := range []string{"keys", "values", "small", "none"} {
		_, err := CheckBuckets(t.Context(), bytes.NewReader(b), int64(len(b)), name)
		if bad := err != nil; bad != (name == d.Bucket) {
			t.Errorf("bucket %s: %v, and the damage is in %s", name, err, d.Bucket)
		}
	}
}

func TestACheckEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	must(t, err)
	must(t, db.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte("values"))
		for n := range 1200 {
			err = errors.Join(err, bucket.Put(fmt.Appendf(nil, "%020d", n), make([]byte, 9000)))
		}
		return err
	}))
	must(t, db.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = Check(ctx, bytes.NewReader(b), int64(len(b)), All, func(uint64, uint64) { cancel() })
	if rep, whole := check(b, All); whole != nil || rep.Read < 1024 || !errors.Is(err, context.Canceled) {
		t.Errorf("%v of %d pages (%v), want it cut off before the end of many", err, rep.Read, whole)
	}
}

func FuzzCheck(f *testing.F) {
	b := made(f, 3)
	f.Add(b, 4096*3+8, byte(1))
	f.Add(b[:9000], 17, byte(255))
	f.Fuzz(func(t *testing.T, b []byte, at int, x byte) {
		if at >= 0 && at < len(b) {
			b = bytes.Clone(b)
			b[at] ^= x
		}
		for _, depth := range []Depth{Roots, Branches, Leaves, All} {
			_, err := check(b, depth)
			var d *Damage
			if err != nil && !errors.As(err, &d) {
				t.Errorf("%v, want damage or nothing", err)
			}
		}
	})
}

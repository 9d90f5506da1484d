package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Loader fills an index that is being rebuilt with filings: what Record makes of
// them, key for key, several times as fast and into full pages. Filings go to their
// place at once; the keys of the lanes, which would be all over the file, are
// gathered in 64 MiB of memory, sorted, kept in a temporary file beside the index,
// and written in order by Finish.
//
// Its methods are for one goroutine; Add uses all cores. Until Finish the index has
// nothing under the lanes of the filings added, and their entries are as before.
type Loader struct {
	s     *Store
	spill *spill  // nil when finished
	w     writing // of no transaction: adds up counters until Finish
	names map[string]struct{}
	last  edgar.Accession // the highest added
}

// maxNames bounds the name keys that a Loader remembers having told.
const maxNames = 200_000

// Loader returns a Loader of the index that Rebuild gave to be filled; of any other
// it is ErrNotEmpty, for a load that is cut off leaves an index that is neither old
// nor new. Rebuild fails when it is not finished.
func (s *Store) Loader() (*Loader, error) {
	if !s.rebuilding || s.loader != nil {
		return nil, fmt.Errorf("loading filings: %w: it is not being rebuilt, or loaded already", ErrNotEmpty)
	}
	sp, err := newSpill(s.dir)
	if err != nil {
		return nil, fmt.Errorf("loading filings: %w", err)
	}
	sp.pile(bucketSymbol).join = joinSpans
	s.loader = &Loader{s: s, spill: sp, w: *newWriting(nil), names: map[string]struct{}{}}
	return s.loader, nil
}

// Add records filings as Record does, with the same demands on them and the same
// *UnfitError, of which nothing is added. Each accession is added once, in all
// calls, and nothing else may change it before Finish. Filings should come in the
// order of accession numbers, near enough: the further they stray, the emptier the
// pages. A call with 1,000 is a good batch.
func (l *Loader) Add(fs ...*parse.Filing) error {
	if err := l.add(fs); err != nil {
		return fmt.Errorf("loading %s: %w", describe(fs), err)
	}
	return nil
}

func (l *Loader) add(fs []*parse.Filing) error {
	if l.spill == nil {
		return errors.New("the loader is finished")
	}
	fs = slices.Clone(fs)
	for _, f := range fs {
		if err := fit(f); err != nil {
			return err
		}
	}
	slices.SortStableFunc(fs, func(a, b *parse.Filing) int { return a.Accession.Compare(b.Accession) })
	if err := l.unheard(fs); err != nil {
		return err
	}
	loads, err := l.prepare(fs)
	if err != nil {
		return err
	}
	var imported []JournalLine
	for i := range loads {
		if loads[i].old == nil {
			imported = append(imported, loads[i].now.line(EventImported))
		}
	}
	err = l.s.write(nil, func() []JournalLine { return imported }, func(w *writing) error { return l.store(w, loads) })
	if err != nil {
		return err
	}
	if l.spill.full() {
		return l.spill.flush()
	}
	return nil
}

// unheard checks that none of the sorted filings was added before.
func (l *Loader) unheard(fs []*parse.Filing) error {
	return l.s.db.View(func(tx *bolt.Tx) error {
		filings := tx.Bucket(bucketFiling)
		for i, f := range fs {
			twice := i > 0 && fs[i-1].Accession == f.Accession
			if f.Accession.Compare(l.last) <= 0 {
				twice = twice || filings.Get(accessionKey(f.Accession)) != nil
			}
			if twice {
				return fmt.Errorf("filing %s comes twice", f.Accession)
			}
		}
		return nil
	})
}

// load is a filing ready to be stored.
type load struct {
	record
	has      []posting // in every lane of filings
	names    []string  // keys of the directories
	symbols  []string
	counters []counter
}

// prepare encodes filings and works out their keys, on all cores.
//
//	1 Add ⇒ N parts, each with its read transaction ⇒ 1 result
func (l *Loader) prepare(fs []*parse.Filing) ([]load, error) {
	loads := make([]load, len(fs))
	size := max((len(fs)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), 1)
	done, parts := make(chan error), 0
	for part := range slices.Chunk(loads, size) {
		of := fs[parts*size:]
		parts++
		go func() {
			done <- l.s.db.View(func(tx *bolt.Tx) error {
				for i := range part {
					if err := part[i].prepare(l.s, tx, of[i]); err != nil {
						return err
					}
				}
				return nil
			})
		}()
	}
	var errs error
	for range parts {
		if err := <-done; err != nil && errs == nil {
			errs = err
		}
	}
	return loads, errs
}

func (x *load) prepare(s *Store, tx *bolt.Tx, f *parse.Filing) (err error) {
	x.record = newRecord(f)
	switch e, err := getEntry(tx, f.Accession); {
	case errors.Is(err, ErrNotFound):
		x.now = Entry{Accession: f.Accession}
	case err != nil:
		return err
	default:
		x.old, x.now = &e, e
	}
	x.now.record(&x.filing)
	x.filing.Withdrawn = x.now.State == Withdrawn
	if x.value, err = s.codec.encode(&x.filing); err != nil {
		return err
	}
	x.number = s.carried(&x.filing, x.value)
	x.has = postings(&x.filing, x.now.CIKs)
	x.counters = filingCounters(x.has)
	x.symbols = symbolKeys(&x.filing)
	for _, filer := range x.filing.Filers {
		x.names = append(x.names, nameKeys(filer.Name, filer.CIK)...)
	}
	if renamed := x.old == nil || x.old.Name != x.now.Name || len(x.old.CIKs) == 0; renamed && len(x.now.CIKs) > 0 {
		x.names = append(x.names, nameKeys(x.now.Name, x.now.CIKs[0])...)
	}
	return nil
}

// store puts the filings into their bucket, and what goes into lanes into the spill.
func (l *Loader) store(w *writing, loads []load) error {
	filings := w.Bucket(bucketFiling)
	filings.FillPercent = 1
	for i := range loads {
		x := &loads[i]
		if err := filings.Put(accessionKey(x.now.Accession), x.value); err != nil {
			return err
		}
		n := x.number
		if n == 0 {
			var err error
			if n, err = w.Bucket(bucketChange).NextSequence(); err != nil {
				return err
			}
		}
		l.gather(x, n)
		if x.now.Accession.Compare(l.last) > 0 {
			l.last = x.now.Accession
		}
	}
	return nil
}

// gather gives a filing, whose change has the number n, and its entry to the runs.
func (l *Loader) gather(x *load, n uint64) {
	a := accessionKey(x.now.Accession)
	for _, p := range x.has {
		value := p.value
		if p.in(bucketDate) {
			value = append(binary.AppendUvarint(nil, n), value...)
		}
		l.spill.put(p.bucket, []byte(p.key), value)
	}
	l.spill.put(bucketChange, changeKey(n), a)
	for _, k := range x.symbols {
		l.spill.put(bucketSymbol, []byte(k), span{}.with(x.filing.Filed).encode())
	}
	for _, k := range x.names {
		l.name(k)
	}
	l.w.tally(x.counters, 1)
	var had []posting
	if x.old != nil {
		had = x.old.postings()
		l.w.tally(x.old.counters(), -1)
	}
	gone, fresh := difference(had, x.now.postings())
	for _, p := range gone {
		l.spill.drop(p.bucket, []byte(p.key))
	}
	for _, p := range fresh {
		l.spill.put(p.bucket, []byte(p.key), p.value)
	}
	l.w.tally(x.now.counters(), 1)
	l.spill.put(bucketEntry, a, encodeEntry(&x.now))
}

// name tells a key of the directory of names, not again and again.
func (l *Loader) name(key string) {
	if _, ok := l.names[key]; ok {
		return
	}
	if len(l.names) >= maxNames {
		clear(l.names)
	}
	l.names[key] = struct{}{}
	l.spill.put(bucketName, []byte(key), nil)
}

// Finish writes the keys that were gathered, in order, into pages that are full.
// Nothing can be added afterwards.
func (l *Loader) Finish() error {
	err := l.finish()
	if err = errors.Join(err, l.close()); err != nil {
		return fmt.Errorf("finishing a load: %w", err)
	}
	return nil
}

func (l *Loader) finish() error {
	if l.spill == nil {
		return errors.New("the loader is finished")
	}
	err := l.s.write(nil, nil, func(w *writing) error {
		w.added, l.w.added = l.w.added, nil
		return nil
	})
	if err != nil {
		return err
	}
	if err := l.spill.flush(); err != nil {
		return err
	}
	for _, p := range l.spill.piles {
		if err := l.takeUp(p); err != nil {
			return fmt.Errorf("bucket %s: %w", p.bucket, err)
		}
	}
	for _, p := range l.spill.piles {
		if err := l.fill(p); err != nil {
			return fmt.Errorf("bucket %s: %w", p.bucket, err)
		}
	}
	return nil
}

func (l *Loader) close() error {
	if l.spill == nil {
		return nil
	}
	sp := l.spill
	l.spill = nil
	return sp.close()
}

// laneBatch bounds the bytes of one transaction that fills a lane.
const laneBatch = 2 << 20

// takeUp puts what a bucket has already with the runs, and empties the bucket.
func (l *Loader) takeUp(p *pile) error {
	if err := l.spill.older(p, l.s.bucket(p.bucket)); err != nil {
		return err
	}
	return l.s.write(nil, nil, func(w *writing) error {
		b := w.Bucket(p.bucket)
		sequence := b.Sequence()
		if k, _ := b.Cursor().First(); k == nil {
			return nil
		}
		if err := w.DeleteBucket(p.bucket); err != nil {
			return err
		}
		b, err := w.CreateBucket(p.bucket)
		if err != nil {
			return err
		}
		return b.SetSequence(sequence)
	})
}

// fill merges the runs of a bucket into it.
func (l *Loader) fill(p *pile) error {
	m, err := l.spill.merge(p)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		err = l.s.write(nil, nil, func(w *writing) (err error) {
			b := w.Bucket(p.bucket)
			b.FillPercent = 1
			more, err = m.into(b, laneBatch)
			return err
		})
	}
	return err
}

// joinSpans returns the span from the first to the last day of two.
func joinSpans(older, newer []byte) ([]byte, error) {
	a, err := decodeSpan(older)
	if err != nil {
		return nil, err
	}
	b, err := decodeSpan(newer)
	if err != nil {
		return nil, err
	}
	return a.with(b.first).with(b.last).encode(), nil
}

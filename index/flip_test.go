package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index/pages"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

// street is a closed index of sixty submissions, most of them recorded, and what it
// answered before.
type street struct {
	dir     string
	bytes   []byte // of index.db
	rows    []parse.Row
	filings []*parse.Filing
	right   map[edgar.Accession]string // filings as they are
	found   map[string][]string        // accessions by question
	dump    []string
}

func newStreet(t *testing.T) *street {
	t.Helper()
	h := &street{right: map[edgar.Accession]string{}}
	for n := range 60 {
		day := day("2024-01-02").AddDays(n).String()
		h.rows = append(h.rows, row(n+1, 10+n%7, day))
		if n%5 != 4 {
			h.filings = append(h.filings, made(n+1, day, 10+n%7))
		}
	}
	s := openTemp(t)
	h.dir = s.dir
	discover(t, s, "2024Q1", h.rows...)
	for part := range slices.Chunk(h.filings, 6) {
		must(t, s.Record(part...))
	}
	must(t, s.Reject(acc(5), "404"))
	must(t, s.Defer(acc(10), noon, "503"))
	must(t, s.Withdraw(acc(1), "gone"))
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"MADE": cik(10)}}))
	must(t, s.AddPass(Pass{Command: "sync"}))
	for f, err := range s.All(Query{}) {
		must(t, err)
		h.right[f.Accession] = told(t, f)
	}
	h.found, h.dump = map[string][]string{}, dump(s)
	for name, q := range questions() {
		p, err := s.Find(q)
		must(t, err)
		h.found[name] = accessionsOf(p)
	}
	must(t, s.Close())
	var err error
	h.bytes, err = os.ReadFile(filepath.Join(h.dir, databaseName))
	must(t, err)
	return h
}

func told(t *testing.T, f *parse.Filing) string {
	t.Helper()
	b, err := json.Marshal(f)
	must(t, err)
	return string(b)
}

func questions() map[string]Query {
	return map[string]Query{
		"all": {Limit: MaxLimit}, "oldest first": {OldestFirst: true}, "cik": {CIKs: []edgar.CIK{cik(12)}}, "item": {Items: []string{"2.02"}},
		"form": {Forms: []edgar.Form{form("8-K")}}, "days": {From: day("2024-01-10"), To: day("2024-01-20")},
		"name": {Name: "company 13"}, "period": {PeriodFrom: day("2024-01-10"), PeriodTo: day("2024-02-10")},
	}
}

func accessionsOf(p Page) (as []string) {
	for _, f := range p.Filings {
		as = append(as, f.Accession.String())
	}
	return as
}

// laid puts a file in the place of the street's index, as if it had been closed so.
func (h *street) laid(t *testing.T, file []byte, length int64) string {
	t.Helper()
	dir := t.TempDir()
	journal, err := os.ReadFile(filepath.Join(h.dir, journalName))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, journalName), journal, 0o600))
	path := filepath.Join(dir, databaseName)
	must(t, os.WriteFile(path, file, 0o600))
	must(t, os.Truncate(path, length))
	return dir
}

// honest says what is wrong with an error: it must be damage, or what a value that
// was changed can make of a sound index, such as one of another archive.
func honest(what string, err error) string {
	if err == nil || strings.Contains(err.Error(), "not of the same data directory") || errors.Is(err, ErrStale) || errors.Is(err, ErrSchema) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden) {
		return ""
	}
	return fmt.Sprintf("%s: %v, want ErrDamaged", what, err)
}

// ask asks everything, and returns what was wrong about the answers: a filing that
// is not as it was recorded, or comes to a question that is not about it, or an
// error that does not tell of damage.
func (h *street) ask(t *testing.T, s *Store) (wrong []string) {
	t.Helper()
	say := func(what string, err error) {
		if bad := honest(what, err); bad != "" {
			wrong = append(wrong, bad)
		}
	}
	for a, right := range h.right {
		f, err := s.Filing(a)
		if err == nil && told(t, f) != right {
			wrong = append(wrong, fmt.Sprintf("filing %s: %s, want %s", a, told(t, f), right))
		}
		say("filing", err)
		_, err = s.Entry(a)
		say("entry", err)
		_, err = s.Amendments(a)
		say("amendments", err)
	}
	for name, q := range questions() {
		p, err := s.Find(q)
		say(name, err)
		for _, f := range p.Filings {
			if told(t, f) != h.right[f.Accession] || !slices.Contains(h.found[name], f.Accession.String()) {
				wrong = append(wrong, fmt.Sprintf("%s: filing %s, which is not wanted", name, f.Accession))
			}
		}
	}
	return append(wrong, h.askRest(s)...)
}

func (h *street) askRest(s *Store) (wrong []string) {
	var errs []error
	add := func(err error) { errs = append(errs, err) }
	_, err := s.Status(noon)
	add(err)
	_, err = s.Changes(0, 1000)
	add(err)
	_, err = s.Counts()
	add(err)
	_, err = s.Passes(10)
	add(err)
	_, err = s.Listings()
	add(err)
	_, _, err = s.Listing("2024Q1")
	add(err)
	_, _, err = s.Coverage()
	add(err)
	_, err = s.Ticker("MADE")
	add(err)
	_, err = s.Standings(edgar.Accession{}, 1000)
	add(err)
	add(s.Backup(func(Snapshot) (io.Writer, error) { return io.Discard, nil }))
	for i, err := range errs {
		if bad := honest(fmt.Sprintf("method %d", i), err); bad != "" {
			wrong = append(wrong, bad)
		}
	}
	return wrong
}

// refill fills a new index from what the street has beside it.
func (h *street) refill(s *Store) error {
	_, err := s.Replay(func(Listing) iter.Seq2[parse.Row, error] { return withoutErrors(h.rows) })
	return errors.Join(err, s.Record(h.filings...))
}

// survives opens a damaged file for reading and writing, asks it everything, writes
// to it, and asks again.
func (h *street) survives(t *testing.T, dir string) (opened bool) {
	t.Helper()
	var wrong []string
	within(t, "the index", func() {
		r, err := OpenReadOnly(dir)
		if err == nil {
			wrong = append(wrong, h.ask(t, r)...)
			must(t, r.Close())
		} else if bad := honest("OpenReadOnly", err); bad != "" {
			wrong = append(wrong, bad)
		}
		for range 2 {
			s, err := Open(dir)
			if err != nil {
				if bad := honest("Open", err); bad != "" {
					wrong = append(wrong, bad)
				}
				return
			}
			opened = true
			again := made(2, "2024-01-03", 11)
			if bad := honest("Record", s.Record(again)); bad != "" {
				wrong = append(wrong, bad)
			}
			wrong = append(wrong, h.ask(t, s)...)
			must(t, s.Close())
		}
	})
	for _, w := range wrong {
		t.Error(w)
	}
	return opened
}

func TestAFlippedBitIsToldOrDoesNoHarm(t *testing.T) {
	h := newStreet(t)
	r := rand.New(rand.NewPCG(7, 8))
	size := os.Getpagesize()
	var refused atomic.Int64
	flips := 240
	if testing.Short() {
		flips = 60
	}
	t.Run("bits", func(t *testing.T) {
		for n := range flips {
			page := n % (len(h.bytes) / size)
			at, bit := page*size+r.IntN([]int{16, 80, 200, size}[n%4]), r.IntN(8)
			t.Run(fmt.Sprintf("byte %d of page %d, bit %d", at%size, page, bit), func(t *testing.T) {
				t.Parallel()
				b := bytes.Clone(h.bytes)
				b[at] ^= 1 << bit
				dir := h.laid(t, b, int64(len(b)))
				if !h.survives(t, dir) {
					refused.Add(1)
				}
				if n%10 == 0 {
					h.comesBack(t, dir)
				}
			})
		}
	})
	if n := refused.Load(); n == 0 || int(n) == flips {
		t.Errorf("%d of %d damaged files refused, want some", n, flips)
	}
}

// comesBack rebuilds the index and compares it with what it was.
func (h *street) comesBack(t *testing.T, dir string) {
	t.Helper()
	must(t, Rebuild(dir, h.refill))
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	if diff := cmp.Diff(lasting(h.dump), lasting(dump(s))); diff != "" {
		t.Errorf("rebuilt (-want +got):\n%s", diff)
	}
}

// lasting leaves out what only an index that can be read tells.
func lasting(lines []string) (left []string) {
	for _, l := range lines {
		bucket, _, _ := strings.Cut(l, "/")
		if !slices.Contains([]string{"ticker", "change", "date", "meta"}, bucket) {
			left = append(left, l)
		}
	}
	return left
}

// A large file that was closed is not looked at as a whole: here bits of its leaf
// pages flip while nobody sees it.
func TestABitThatRotsUnseenIsToldWhenItIsRead(t *testing.T) {
	h := newStreet(t)
	r := rand.New(rand.NewPCG(9, 10))
	size := os.Getpagesize()
	flips := 200
	if testing.Short() {
		flips = 50
	}
	for n := range flips {
		page := 2 + n%(len(h.bytes)/size-2)
		if h.bytes[page*size+8] != 2 {
			continue
		}
		at, bit := page*size+r.IntN([]int{16, 80, 400, size}[n%4]), r.IntN(8)
		t.Run(fmt.Sprintf("byte %d of page %d, bit %d", at%size, page, bit), func(t *testing.T) {
			t.Parallel()
			b := bytes.Clone(h.bytes)
			b[at] ^= 1 << bit
			dir := h.laid(t, b, smallFile+1)
			reseal(t, filepath.Join(dir, databaseName))
			within(t, "the index", func() {
				s, err := OpenReadOnly(dir)
				if bad := honest("OpenReadOnly", err); err != nil {
					if bad != "" {
						t.Error(bad)
					}
					return
				}
				defer s.Close()
				for _, w := range h.ask(t, s) {
					t.Error(w)
				}
			})
		})
	}
}

func TestAFileCutAnywhereIsDamage(t *testing.T) {
	h := newStreet(t)
	size := os.Getpagesize()
	rep, err := pages.Check(t.Context(), bytes.NewReader(h.bytes), int64(len(h.bytes)), pages.Roots, nil)
	must(t, err)
	for page := range int(rep.Pages) {
		for _, cut := range []int{page * size, page*size + 100} {
			dir := h.laid(t, h.bytes[:cut], int64(cut))
			for name, open := range opens {
				if name == "OpenReadOnly" && cut == 0 {
					continue // an empty file is no database, and may not be made one
				}
				_, err := open(dir)
				if !errors.Is(err, ErrStale) {
					t.Errorf("%s of %d bytes: %v, want ErrStale", name, cut, err)
				}
			}
			if page%5 == 1 {
				h.comesBack(t, dir)
			}
		}
	}
}

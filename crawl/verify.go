package crawl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// VerifyReport is what Verify found.
type VerifyReport struct {
	Archived int       `json:"archived"` // submissions in the archive
	Verified int       `json:"verified"` // of them read whole, with their older revisions
	Bytes    int64     `json:"bytes"`    // of these submissions
	Seconds  float64   `json:"seconds"`
	Started  time.Time `json:"started"`
	Resumed  bool      `json:"resumed,omitempty"` // one that was cut off went on: all figures are of both
	Keys     KeyCheck  `json:"keys"`
	Findings

	// What Mend is to look at: the submissions with a difference, and the files that
	// have lost their place, the first 50,000 of both. Beyond are the others.
	Accessions []edgar.Accession `json:"-"`
	Strays     []string          `json:"-"`
	Beyond     int               `json:"-"`
}

// KeyCheck is what of the index was compared with itself.
type KeyCheck struct {
	Entries int     `json:"entries"`
	Filings int     `json:"filings"`
	Keys    int     `json:"keys"`
	Seconds float64 `json:"seconds"`

	faults []edgar.Accession // submissions with keys to be repaired
	wrong  bool              // any key is
}

// Differs reports whether anything is not as it should be.
func (r VerifyReport) Differs() bool { return r.Differences > 0 }

// Extent is how much Verify reads.
type Extent struct {
	// Sample is a share of the archive, at random: 1 for all, 0.01 for one submission
	// in a hundred.
	Sample float64

	// Bookmark is a file in which a verification of all remembers how far it came,
	// so that one that was cut off goes on there; "" for none. It counts for seven
	// days from when the first began, and is removed by whoever comes to the end.
	Bookmark string
	Anew     bool         // begin at the beginning whatever Bookmark says
	Tell     func(string) // hears, in a sentence, that it goes on, or will not be able to; nil for nobody
}

// Verify reads a share of the archive whole. It compares hash and size of every
// submission, read or not, with the index, and finds those that only one of the two
// has. Before that it compares the index's own keys with those that entries and
// filings call for.
//
// The report is valid whatever the error; a share that is none is a *MisuseError.
func Verify(ctx context.Context, what Check, x Extent) (VerifyReport, error) {
	if !(x.Sample > 0 && x.Sample <= 1) {
		return VerifyReport{}, misusef("a sample of %v of the archive: want more than nothing and at most all", x.Sample)
	}
	c, err := what.begin()
	if err != nil {
		return VerifyReport{}, err
	}
	v := newVerification(c, x)
	if err = v.checkKeys(ctx); err == nil {
		err = fanOut(ctx, runtime.GOMAXPROCS(0), v.todo(ctx), v.verify, v.record)
		err = errors.Join(v.err, err)
	}
	slices.SortStableFunc(v.report.Named, func(a, b Difference) int { return a.Accession.Compare(b.Accession) })
	v.progressed()
	v.report.Accessions, v.report.Strays = v.mark.Again, v.mark.Strays
	v.close(err == nil)
	v.end()
	return v.report, err
}

// verification is one Verify under way: 1 walk ⇒ n read ⇒ 1 record.
type verification struct {
	*checkup
	x      Extent
	report VerifyReport
	err    error // of the walk
	memory
	waiting map[int]finding // for those before them to be recorded
	next    int             // to be recorded
}

func newVerification(c *checkup, x Extent) *verification {
	if x.Tell == nil {
		x.Tell = func(string) {}
	}
	v := &verification{checkup: c, x: x, waiting: make(map[int]finding)}
	v.report.Started = v.now.UTC().Truncate(time.Second)
	v.recall()
	return v
}

func (v *verification) checkKeys(ctx context.Context) error {
	began := time.Now()
	r, err := v.keys(ctx, v.report.add)
	v.report.Keys = KeyCheck{r.Entries, r.Filings, r.Keys, time.Since(began).Seconds(), r.Accessions, r.Faults > 0}
	v.progress.Started = time.Now()
	return err
}

// numbered is a joint in its turn.
type numbered struct {
	n int
	joint
}

// finding is what became of one submission.
type finding struct {
	numbered
	whole bool // it was read
	found []Difference
}

// todo yields what was not as it should be before the verification was cut off, and
// then the rest. It leaves the walk's own failure in v.err, to be read after the
// fan-out.
func (v *verification) todo(ctx context.Context) iter.Seq[numbered] {
	return func(yield func(numbered) bool) {
		n := 0
		for j, err := range v.all() {
			if err == nil {
				err = context.Cause(ctx)
			}
			if err != nil {
				v.err = err
				return
			}
			if !yield(numbered{n, j}) {
				return
			}
			n++
		}
	}
}

func (v *verification) all() iter.Seq2[joint, error] {
	before, after := v.before(), v.mark.After
	return func(yield func(joint, error) bool) {
		for j, err := range before {
			if !yield(j, err) || err != nil {
				return
			}
		}
		for j, err := range v.joints(after) {
			if !yield(j, err) {
				return
			}
		}
	}
}

// before yields what the bookmark, as it is now, names.
func (v *verification) before() iter.Seq2[joint, error] {
	again, strays := slices.Clone(v.mark.Again), slices.Clone(v.mark.Strays)
	return func(yield func(joint, error) bool) {
		for _, name := range strays {
			if err := v.Archive.Stray(name); !yield(joint{fault: err, before: true}, nil) {
				return
			}
		}
		for _, a := range again {
			if j, err := v.again(joint{accession: a, before: true}); !yield(j, err) || err != nil {
				return
			}
		}
	}
}

func (v *verification) verify(_ context.Context, t numbered) (finding, error) {
	found := t.compare()
	if len(found) > 0 { // recorded meanwhile, perhaps
		var err error
		if t.joint, err = v.again(t.joint); err != nil {
			return finding{numbered: t}, fmt.Errorf("submission %s: %w", t.accession, err)
		}
		found = t.compare()
	}
	f := finding{numbered: t, found: found}
	if !t.archived || t.fault != nil || v.x.Sample < 1 && rand.Float64() >= v.x.Sample {
		return f, nil
	}
	f.whole = true
	for _, d := range v.damages(t.joint) {
		f.found = append(f.found, Difference{Kind: ArchiveDamaged, Accession: t.accession, Detail: d.err.Error()})
	}
	return f, nil
}

// A damage is a revision that cannot be read as it was written.
type damage struct {
	revision int
	err      error
}

// damages reads the revisions of a submission. A damaged one that a later one has
// healed, being of the same bytes, is no difference, and neither is an older one
// that somebody moved away.
func (c *checkup) damages(j joint) (found []damage) {
	served := make(map[int][32]byte)
	infos, _ := c.Archive.Revisions(j.accession) // of the others nothing is known
	for _, info := range infos {
		_, served[info.Revision] = info.Served()
	}
	sound := make(map[[32]byte]bool)
	for revision := j.info.Revision; revision > 0; revision-- {
		err := c.Archive.Verify(j.accession, revision)
		sum, known := served[revision]
		switch {
		case err == nil:
			sound[sum] = true
		case known && sound[sum], revision < j.info.Revision && errors.Is(err, fs.ErrNotExist):
		default:
			found = append(found, damage{revision, err})
		}
	}
	return found
}

// record takes findings in, in the order of the walk, so that a bookmark can say up
// to where all were looked at.
func (v *verification) record(done <-chan finding) error {
	for f := range done {
		v.waiting[f.n] = f
		for {
			f, ok := v.waiting[v.next]
			if !ok {
				break
			}
			delete(v.waiting, v.next)
			v.next++
			v.enter(f)
		}
	}
	return nil
}

func (v *verification) enter(f finding) {
	if f.archived && !f.before {
		v.report.Archived++
	}
	if f.whole && !f.before {
		v.report.Verified++
		v.report.Bytes += f.info.Size
	}
	for _, d := range f.found {
		v.report.add(d)
		v.Log.Warn("archive and index differ", zap.Stringer("accession", d.Accession), zap.String("kind", string(d.Kind)), zap.String("detail", d.Detail))
	}
	v.note(f)
	v.progressed()
	v.progress.Looked, v.progress.Bytes, v.progress.Last = v.report.Archived, v.report.Bytes-v.mark.Bytes, f.accession
	v.Progress(v.progress)
}

func (v *verification) progressed() {
	v.report.Seconds = v.mark.Seconds + time.Since(v.now).Seconds()
}

// Pass is the report of a verification that the index keeps.
func (r VerifyReport) Pass(err error) index.Pass {
	outcome := "done"
	switch {
	case err != nil:
		outcome = err.Error()
	case r.Differs():
		outcome = fmt.Sprintf("differences: %d", r.Differences)
	}
	took := time.Duration(r.Seconds * float64(time.Second))
	return index.Pass{Start: time.Now().Add(-took), End: time.Now(), Command: "verify", Outcome: outcome, Complete: err == nil, Bytes: r.Bytes}
}

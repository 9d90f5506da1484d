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

	"example.com/edgard/index"
)

// VerifyReport is what Verify found.
type VerifyReport struct {
	Archived int       `json:"archived"` // submissions in the archive
	Verified int       `json:"verified"` // of them read whole, with their older revisions
	Bytes    int64     `json:"bytes"`    // of these submissions
	Seconds  float64   `json:"seconds"`
	Started  time.Time `json:"started"`
	Findings
}

// Differs reports whether anything is not as it should be.
func (r VerifyReport) Differs() bool { return r.Differences > 0 }

// Verify reads a share of the archive whole, at random: 1 for all, 0.01 for one
// submission in a hundred. It compares hash and size of every submission, read or
// not, with the index, and finds those that only one of the two has.
//
// The report is valid whatever the error; a share that is none is a *MisuseError.
func Verify(ctx context.Context, what Check, sample float64) (VerifyReport, error) {
	if !(sample > 0 && sample <= 1) {
		return VerifyReport{}, misusef("a sample of %v of the archive: want more than nothing and at most all", sample)
	}
	c, err := what.begin()
	if err != nil {
		return VerifyReport{}, err
	}
	v := &verification{checkup: c, sample: sample}
	err = fanOut(ctx, runtime.GOMAXPROCS(0), v.todo(ctx), v.verify, v.record)
	err = errors.Join(v.err, err)
	slices.SortStableFunc(v.report.Named, func(a, b Difference) int { return a.Accession.Compare(b.Accession) })
	v.report.Started = v.now.UTC().Truncate(time.Second)
	v.report.Seconds = time.Since(v.now).Seconds()
	v.end()
	return v.report, err
}

// verification is one Verify under way: 1 walk ⇒ n read ⇒ 1 record.
type verification struct {
	*checkup
	sample float64
	report VerifyReport
	err    error // of the walk
}

// finding is what became of one submission.
type finding struct {
	joint
	whole bool // it was read
	found []Difference
}

// todo leaves the walk's own failure in v.err, to be read after the fan-out.
func (v *verification) todo(ctx context.Context) iter.Seq[joint] {
	return func(yield func(joint) bool) {
		for j, err := range v.joints() {
			if err == nil {
				err = context.Cause(ctx)
			}
			if err != nil {
				v.err = err
				return
			}
			if !yield(j) {
				return
			}
		}
	}
}

func (v *verification) verify(ctx context.Context, j joint) (finding, error) {
	found := j.compare()
	if len(found) > 0 { // recorded meanwhile, perhaps
		var err error
		if j, err = v.again(j); err != nil {
			return finding{joint: j}, fmt.Errorf("submission %s: %w", j.accession, err)
		}
		found = j.compare()
	}
	f := finding{joint: j, found: found}
	if !j.archived || j.fault != nil || v.sample < 1 && rand.Float64() >= v.sample {
		return f, nil
	}
	f.whole = true
	f.found = append(f.found, v.damages(j)...)
	return f, nil
}

// damages reads the revisions of a submission. A damaged one that a later one has
// healed, being of the same bytes, is no difference, and neither is an older one
// that somebody moved away.
func (v *verification) damages(j joint) (found []Difference) {
	served := make(map[int][32]byte)
	infos, _ := v.Archive.Revisions(j.accession) // of the others nothing is known
	for _, info := range infos {
		_, served[info.Revision] = info.Served()
	}
	sound := make(map[[32]byte]bool)
	for revision := j.info.Revision; revision > 0; revision-- {
		err := v.Archive.Verify(j.accession, revision)
		sum, known := served[revision]
		switch {
		case err == nil:
			sound[sum] = true
		case known && sound[sum], revision < j.info.Revision && errors.Is(err, fs.ErrNotExist):
		default:
			found = append(found, Difference{Kind: ArchiveDamaged, Accession: j.accession, Detail: fmt.Sprintf("revision %d: %v", revision, err)})
		}
	}
	return found
}

func (v *verification) record(done <-chan finding) error {
	for f := range done {
		if f.archived {
			v.report.Archived++
		}
		if f.whole {
			v.report.Verified++
			v.report.Bytes += f.info.Size
		}
		for _, d := range f.found {
			v.report.add(d)
			v.Log.Warn("archive and index differ", zap.Stringer("accession", d.Accession), zap.String("kind", string(d.Kind)), zap.String("detail", d.Detail))
		}
		v.progress.Looked++
		v.progress.Last = f.accession
		v.Progress(v.progress)
	}
	return nil
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
	end := r.Started.Add(time.Duration(r.Seconds * float64(time.Second)))
	return index.Pass{Start: r.Started, End: end, Command: "verify", Outcome: outcome, Complete: err == nil, Bytes: r.Bytes}
}

package crawl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// Mended is what Mend did.
type Mended struct {
	Quarantined []Quarantined     `json:"quarantined,omitempty"`
	Rerecorded  int               `json:"rerecorded"` // filings recorded anew, from the archive
	Rekeyed     int               `json:"rekeyed"`    // differences of keys of the index that were repaired
	Missing     []edgar.Accession `json:"-"`          // recorded, and without a sound copy: to be fetched again
}

// Quarantined is a file that was moved out of the archive.
type Quarantined struct {
	Accession edgar.Accession `json:"accession,omitzero"` // none for a file that had lost its place
	Revision  int             `json:"revision,omitempty"`
	File      string          `json:"file"` // where it is now, in the archive's folder
	Reason    string          `json:"reason"`
}

// Mend does, without network, what can be done about what Verify found: damaged
// files are moved into quarantine, and with rerecord the keys of the index are
// repaired, and filings recorded anew that the index has not as the archive has them. Missing is what Refetch is to fetch.
// Each is looked at again before anything is done to it, and being cut off anywhere
// does no harm: the next Verify finds the rest.
//
// It needs Index and Archive of cfg, open for writing; Log may be nil. The report is
// valid whatever the error.
func Mend(ctx context.Context, cfg Config, r VerifyReport, rerecord bool) (Mended, error) {
	p := offline(cfg)
	m := &mending{checkup: &checkup{pass: p, ask: index.Of(p.Index)}, rerecord: rerecord}
	if rerecord {
		if err := m.keysOf(r); err != nil {
			return m.Mended, err
		}
	}
	for _, name := range r.Strays {
		if err := m.stray(name); err != nil {
			return m.Mended, err
		}
	}
	for _, a := range r.Accessions {
		if ctx.Err() != nil {
			return m.Mended, context.Cause(ctx)
		}
		if err := m.submission(a); err != nil {
			return m.Mended, fmt.Errorf("submission %s: %w", a, err)
		}
	}
	return m.Mended, nil
}

// mending is one Mend under way.
type mending struct {
	*checkup
	Mended
	rerecord bool
}

// keysOf repairs the keys of the index, and takes out of it filings that it cannot
// read, to be recorded anew.
func (m *mending) keysOf(r VerifyReport) error {
	as := slices.Clone(r.Keys.faults)
	damaged := 0
	for _, a := range r.Accessions {
		st, known, err := m.standing(a)
		if err != nil {
			return err
		}
		if known && st.Fault != "" && st.State != "" {
			as = append(as, a)
			damaged++
		}
	}
	if !r.Keys.wrong && damaged == 0 {
		return nil
	}
	err := m.Index.RepairKeys(as...)
	if err == nil {
		m.Rekeyed = r.Kinds[KeyDiffers]
	}
	return err
}

func (m *mending) stray(name string) error {
	err := m.Archive.Stray(name)
	var stray *archive.StrayError
	if !errors.As(err, &stray) {
		return err
	}
	to, moved := m.Archive.QuarantineStray(name, err.Error())
	if moved == nil {
		m.moved(Quarantined{File: to, Reason: err.Error()})
	}
	return moved
}

func (m *mending) moved(q Quarantined) {
	m.Quarantined = append(m.Quarantined, q)
	m.Log.Warn("moved into quarantine", zap.Stringer("accession", q.Accession), zap.String("file", q.File), zap.String("reason", q.Reason))
}

// submission moves the damaged copies of a submission away, and then compares what
// is left with the index.
func (m *mending) submission(a edgar.Accession) error {
	j, err := m.again(joint{accession: a})
	if err != nil {
		return err
	}
	damages := m.damages(j)
	for _, d := range damages {
		if !errors.Is(d.err, archive.ErrCorrupt) { // the disk does not answer
			return d.err
		}
		if err := m.quarantine(a, d.revision, d.err); err != nil {
			return err
		}
	}
	if j, err = m.again(j); err != nil || !m.rerecord {
		return err
	}
	if len(j.compare()) > 0 {
		return m.record(j)
	}
	if len(damages) > 0 && !j.archived && (j.standing.State == index.Discovered || j.standing.State == index.Deferred) {
		m.Missing = append(m.Missing, a) // an index built anew knows no better
	}
	return nil
}

func (m *mending) quarantine(a edgar.Accession, revision int, why error) error {
	to, err := m.Archive.Quarantine(a, revision, why.Error())
	if err == nil {
		m.moved(Quarantined{a, revision, to, why.Error()})
	}
	return err
}

// record records a submission as the archive has it, or says that it is missing
// there.
func (m *mending) record(j joint) error {
	switch {
	case j.standing.State == "" && j.known: // the entry cannot be read: the journal knows
		return nil
	case !j.archived || j.info.Revision < j.standing.Revision: // the newest copy was damaged
		if j.held() || j.standing.State == index.Recorded {
			m.Missing = append(m.Missing, j.accession)
		}
		return nil
	}
	e := j.standing.Entry
	if !j.known {
		e = index.Entry{Accession: j.accession, Seen: j.info.Stored}
	}
	f, err := readFiling(m.Archive, j.info, e)
	if errors.Is(err, parse.ErrNotSubmission) {
		if err := m.quarantine(j.accession, j.info.Revision, err); err != nil {
			return err
		}
		return m.submission(j.accession) // there may be an older revision
	}
	if err != nil {
		return err
	}
	recorded, err := recordFit(m.Index.Record, []*parse.Filing{f}, func(unfit *index.UnfitError) error {
		m.Log.Warn("filing not recorded", zap.Stringer("accession", j.accession), zap.Error(unfit))
		return nil
	})
	m.Rerecorded += len(recorded)
	return err
}

// Refetch fetches recorded submissions again, within the rate limit as every pass,
// and records them. What cannot be had stays as it is and is counted as deferred.
// The report and the errors are those of Sync.
func (c *Crawler) Refetch(ctx context.Context, as []edgar.Accession) (Report, error) {
	p := &pass{Crawler: c, now: time.Now(), command: "repair", anew: true}
	return p.account(ctx, Scope{}, func(ctx context.Context, s Scope) error {
		if err := p.begin(ctx, s); err != nil {
			return err
		}
		return p.fetchAll(ctx, queueOf(slices.Clone(as)))
	})
}

// Recheck verifies some submissions and files anew, as Verify does.
func Recheck(ctx context.Context, what Check, of VerifyReport) (Findings, error) {
	c, err := what.begin()
	if err != nil {
		return Findings{}, err
	}
	defer c.end()
	v := newVerification(c, Extent{Sample: 1})
	if of.Keys.wrong {
		if err := v.checkKeys(ctx); err != nil {
			return v.report.Findings, err
		}
	}
	v.mark.Again, v.mark.Strays = of.Accessions, of.Strays
	for j, err := range v.before() {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return v.report.Findings, err
		}
		f, err := v.verify(ctx, numbered{joint: j})
		if err != nil {
			return v.report.Findings, err
		}
		for _, d := range f.found {
			v.report.add(d)
		}
	}
	return v.report.Findings, nil
}

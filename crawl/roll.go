package crawl

import (
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

const rollDelay = 24 * time.Hour // a listing may lag behind what else told of a filing

// A roll is what the listings of a pass's issuers list together. A row moves from
// one page to another as filings are added, so one page alone tells of nothing
// that is gone.
type roll struct {
	listed map[edgar.Accession]struct{}
	fresh  bool // one of the pages changed in this pass
	broken bool // one of them is not to be had
}

func newRoll() *roll { return &roll{listed: make(map[edgar.Accession]struct{})} }

// enrol adds the rows of the kept copy of a page.
func (p *pass) enrol(src source, r *roll) error {
	l, ok, err := p.Index.Listing(src.name)
	if err != nil {
		return err
	}
	if !ok || l.Absent || l.Bad > 0 || src.version != l.Version {
		r.broken = true
		return nil
	}
	r.fresh = r.fresh || l.Fetched.Equal(p.now)
	for row, err := range p.keptRows(l) {
		if err != nil {
			return err
		}
		if p.scope.wantsForm(row.Form) {
			r.listed[row.Accession] = struct{}{}
		}
	}
	return nil
}

// callRoll withdraws filings that none of their issuers' listings has any more,
// and takes back the withdrawn that are listed again. A filing with a filer whose
// listing the pass did not read is left alone.
func (p *pass) callRoll(r *roll) error {
	if r.broken || !r.fresh {
		return nil
	}
	var missing []edgar.Accession
	back := make(map[edgar.Accession]struct{})
	known := 0
	for f, err := range p.Index.All(index.Query{CIKs: p.scope.CIKs, Forms: p.scope.Forms, From: p.scope.From, To: p.scope.To}) {
		if err != nil {
			return err
		}
		known++
		_, listed := r.listed[f.Accession]
		switch {
		case listed && f.Withdrawn:
			back[f.Accession] = struct{}{}
		case listed, f.Withdrawn, p.now.Sub(f.Seen) < rollDelay, !p.ours(f):
		default:
			missing = append(missing, f.Accession)
		}
	}
	if len(missing) > max(maxFewer, known/100) && !p.scope.AcceptWithdrawals {
		p.report.Gaps = append(p.report.Gaps, fmt.Sprintf("issuers' listings: %d filings held are not listed any more: nothing withdrawn; look at it, then sync --accept-withdrawals if it is right", len(missing)))
		p.Log.Warn("listings not trusted", zap.Int("missing", len(missing)))
		return nil
	}
	return p.withdraw(missing, back)
}

// ours reports whether the listings of all filers of f were read.
func (p *pass) ours(f *parse.Filing) bool {
	e, err := p.Index.Entry(f.Accession)
	return err == nil && !slices.ContainsFunc(e.CIKs, func(c edgar.CIK) bool { return !p.scope.wantsCIK(c) })
}

func (p *pass) withdraw(missing []edgar.Accession, back map[edgar.Accession]struct{}) error {
	p.report.Withdrawn += len(missing)
	if p.scope.DryRun {
		return nil
	}
	for _, a := range missing {
		if err := p.Index.Withdraw(a, "not in its issuers' listings any more"); err != nil {
			return err
		}
		p.Log.Info("filing withdrawn", zap.Stringer("accession", a))
	}
	if len(back) == 0 {
		return nil
	}
	_, err := p.Index.Retry(func(e index.Entry) bool {
		_, ok := back[e.Accession]
		return ok
	}, index.Withdrawn)
	return err
}

package crawl

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// rollDelay is how long a filing must have been known to be missed: an issuer's
// listing may lag behind what else told of it.
const rollDelay = 24 * time.Hour

// A roll is the listings of a pass's issuers, which tell together what there is. A
// row moves from one page to another as filings are added, so that one page alone
// tells of nothing that is gone.
type roll struct {
	pages  []index.Listing
	broken bool // one of them is not to be had, or not as it is now
}

// digest tells the pages, as they are, from others.
func (r *roll) digest() string {
	sum := sha256.New()
	for _, l := range r.pages {
		fmt.Fprintln(sum, l.Key, l.SHA256)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// enrol adds a page.
func (p *pass) enrol(src source, r *roll) error {
	l, ok, err := p.Index.Listing(src.name)
	if err != nil {
		return err
	}
	stale := src.running && !l.Checked.Equal(p.now)
	if !ok || stale || l.Absent || l.Bad > 0 || src.version != l.Version {
		r.broken = true
		return nil
	}
	r.pages = append(r.pages, l)
	return nil
}

// callRoll withdraws filings that none of their issuers' listings has any more,
// and takes back the withdrawn that are listed again. A filing with a filer whose
// listing the pass did not read is left alone. It does nothing unless all listings
// are there, and are others than those compared last, which the record of one of
// them tells.
func (p *pass) callRoll(r *roll) error {
	if r.broken || len(r.pages) == 0 {
		return nil
	}
	last := r.pages[len(r.pages)-1]
	judged := r.digest() + " " + p.scope.of(p.scope.From, p.scope.To).short().String()
	if last.Judged == judged && !p.scope.AcceptWithdrawals {
		return nil
	}
	listed, err := p.listed(r)
	if err != nil || listed == nil {
		return err
	}
	var missing, back []edgar.Accession
	known := 0
	for f, err := range p.Index.All(index.Query{CIKs: p.scope.CIKs, Forms: p.scope.Forms, From: p.scope.From, To: p.scope.To}) {
		if err != nil {
			return err
		}
		known++
		_, there := listed[f.Accession]
		switch {
		case there && f.Withdrawn:
			back = append(back, f.Accession)
		case there, f.Withdrawn, p.now.Sub(f.Seen) < rollDelay, !p.ours(f):
		default:
			missing = append(missing, f.Accession)
		}
	}
	if len(missing) > max(maxFewer, known/100) && !p.scope.AcceptWithdrawals {
		p.report.Gaps = append(p.report.Gaps, fmt.Sprintf("issuers' listings: %d filings held are not listed any more: nothing withdrawn; look at it, then sync or issuer --accept-withdrawals if it is right", len(missing)))
		p.Log.Warn("listings not trusted", zap.Int("missing", len(missing)))
		return nil
	}
	if err := p.strike(missing, back); err != nil || p.scope.DryRun {
		return err
	}
	last.Judged, last.JudgedAt = judged, p.now
	return p.Index.PutListing(last)
}

// listed returns the accessions on a roll, nil when a page's copy is damaged, which
// is a gap and fetched again in the next pass.
func (p *pass) listed(r *roll) (map[edgar.Accession]struct{}, error) {
	listed := make(map[edgar.Accession]struct{})
	for _, l := range r.pages {
		for row, err := range p.keptRows(l, p.scope.Forms...) {
			if why := (*damagedError)(nil); errors.As(err, &why) {
				p.report.Gaps = append(p.report.Gaps, l.Key+": "+why.Error())
				return nil, p.dropCopy(l, why)
			}
			if err != nil {
				return nil, fmt.Errorf("listing %s: %w", l.Key, err)
			}
			if p.scope.lists(row.Form) {
				listed[row.Accession] = struct{}{}
			}
		}
	}
	return listed, nil
}

// ours reports whether the listings of all filers of f were read.
func (p *pass) ours(f *parse.Filing) bool {
	e, err := p.Index.Entry(f.Accession)
	return err == nil && !slices.ContainsFunc(e.CIKs, func(c edgar.CIK) bool { return !p.scope.wantsCIK(c) })
}

// strike withdraws who is missing and takes back who is there again.
func (p *pass) strike(missing, back []edgar.Accession) error {
	p.report.Withdrawn += len(missing)
	if p.scope.DryRun {
		return nil
	}
	for _, a := range missing {
		if err := p.Index.Withdraw(a, "not in its issuers' listings any more"); err != nil {
			return err
		}
		p.Log.Info("filing withdrawn", zap.Stringer("accession", a))
		if err := p.step("withdrawn " + a.String()); err != nil {
			return err
		}
	}
	if len(back) == 0 {
		return nil
	}
	_, err := p.Index.Relist(back...)
	return err
}

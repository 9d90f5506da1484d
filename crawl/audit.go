package crawl

import (
	"context"
	"maps"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// AuditReport is how listings, index and archive agree, by quarter of filing.
type AuditReport struct {
	Quarters []QuarterAudit // oldest first; what belongs to no quarter comes first of all
	Total    QuarterAudit   // their sum, without names
}

// Differs reports whether anything is not as it should be.
func (r AuditReport) Differs() bool { return r.Total.Differences > 0 }

// QuarterAudit is about the submissions of one quarter. Listed is the sum of the
// seven after it but Archived.
type QuarterAudit struct {
	Quarter    edgar.Quarter `json:"quarter,omitzero"`
	Listed     int           `json:"listed"` // accessions in scope that kept listings name, each once
	Recorded   int           `json:"recorded"`
	Deferred   int           `json:"deferred"`
	Rejected   int           `json:"rejected"`
	Withdrawn  int           `json:"withdrawn"`
	Discovered int           `json:"discovered"` // not fetched yet
	Unknown    int           `json:"unknown"`    // without an entry
	Archived   int           `json:"archived"`   // recorded submissions of the quarter whose bytes are in the archive as recorded
	Findings
}

// Audit compares, without network, the kept listings with the index and the index
// with the archive. Of each listing it reads the rows that its record says were
// wanted: each is an entry, and that is recorded, deferred, rejected or withdrawn;
// an entry that the listing of its quarter can tell of and does not have is
// withdrawn. Each recorded filing is in the archive, of the size and SHA-256 that
// the index has, as the archive's trailer gives them: Verify reads the bytes. Each
// listing of a past quarter or business day that the archive covers is there, and
// its copy is what was fetched. Whatever is not so is a Difference.
//
// In memory it holds some twenty bytes an entry. The report is valid whatever the
// error.
func Audit(ctx context.Context, what Check) (AuditReport, error) {
	c, err := what.begin()
	if err != nil {
		return AuditReport{}, err
	}
	a := &auditor{checkup: c, sheets: make(map[edgar.Quarter]*sheet)}
	err = a.audit(ctx)
	a.end()
	return a.result(), err
}

// auditor is one Audit under way.
type auditor struct {
	*checkup
	shelf  *shelf
	sheets map[edgar.Quarter]*sheet
	states states
}

// A sheet is what an auditor notes of one quarter.
type sheet struct {
	QuarterAudit
	record index.Listing     // of the quarter, if it can tell of entries
	scope  Scope             // what of it was wanted
	judged []edgar.Accession // entries that the record can tell of and that are not withdrawn, ascending
	listed []edgar.Accession // by listings of issuers
}

func (a *auditor) sheet(q edgar.Quarter) *sheet {
	s := a.sheets[q]
	if s == nil {
		s = &sheet{QuarterAudit: QuarterAudit{Quarter: q}}
		a.sheets[q] = s
	}
	return s
}

func (a *auditor) audit(ctx context.Context) (err error) {
	err = a.ask(func(ix index.Reader) (err error) {
		a.shelf, err = readShelf(ix, a.now)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range a.shelf.gaps() {
		a.sheet(quarterOf(firstDay(d.Listing))).add(d)
	}
	for key, l := range a.shelf.records {
		a.lay(key, l)
	}
	if err := a.walk(ctx); err != nil {
		return err
	}
	if err := a.readIssuerPages(ctx); err != nil {
		return err
	}
	for _, q := range slices.SortedFunc(maps.Keys(a.sheets), edgar.Quarter.Compare) {
		if err := a.readQuarter(ctx, a.sheets[q]); err != nil {
			return err
		}
	}
	return nil
}

func quarterOf(d edgar.Date) (q edgar.Quarter) {
	if d.IsZero() {
		return q
	}
	return d.Quarter()
}

// lay prepares the sheet of a quarter whose listing was read.
func (a *auditor) lay(key string, l index.Listing) {
	q, d := listedDays(key)
	if q.IsZero() && d.IsZero() || l.Absent {
		return
	}
	if q.IsZero() {
		q = d.Quarter()
	}
	s := a.sheet(q)
	scope, ok := parseExtent(l.Scope).scope()
	switch {
	case !ok && l.Scope != "":
		s.add(Difference{Kind: ListingUnread, Listing: key, Detail: "read for more issuers than its record can name: what of it was wanted is not known"})
	case ok && d.IsZero():
		s.record, s.scope = l, scope
	}
}

// walk compares index and archive, and notes which entries a listing can tell of.
func (a *auditor) walk(ctx context.Context) error {
	for j, err := range a.joints(edgar.Accession{}) {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return err
		}
		found := j.compare()
		if len(found) > 0 { // recorded meanwhile, perhaps
			if j, err = a.again(j); err != nil {
				return err
			}
			found = j.compare()
		}
		a.enter(j, found)
		a.progress.Looked++
		a.progress.Last = j.accession
		a.Progress(a.progress)
	}
	return nil
}

// enter notes a submission in the sheet of its quarter.
func (a *auditor) enter(j joint, found []Difference) {
	s := a.sheet(quarterOf(j.standing.Filed))
	for _, d := range found {
		s.add(d)
	}
	if len(found) == 0 && j.standing.State == index.Recorded {
		s.Archived++
	}
	if !j.known {
		return
	}
	a.states.add(j.accession, j.standing.State)
	if s.tells(j.standing.Entry) {
		s.judged = append(s.judged, j.accession)
	}
}

// tells reports whether the listing of the quarter must have e, unless e is
// withdrawn.
func (s *sheet) tells(e index.Entry) bool {
	return e.State != index.Withdrawn && s.record.Key != "" && !s.record.LastData.Before(e.Filed) &&
		e.Seen.Before(asOf(s.record)) && s.scope.wants(e)
}

func (a *auditor) result() (r AuditReport) {
	for _, q := range slices.SortedFunc(maps.Keys(a.sheets), edgar.Quarter.Compare) {
		s := a.sheets[q].QuarterAudit
		if s.Listed+s.Archived+s.Differences > 0 || !q.IsZero() {
			r.Quarters = append(r.Quarters, s)
			r.Total.Sum(s)
		}
	}
	return r
}

// Sum adds the figures of another quarter to t, not what it names.
func (t *QuarterAudit) Sum(q QuarterAudit) {
	t.Listed += q.Listed
	t.Recorded += q.Recorded
	t.Deferred += q.Deferred
	t.Rejected += q.Rejected
	t.Withdrawn += q.Withdrawn
	t.Discovered += q.Discovered
	t.Unknown += q.Unknown
	t.Archived += q.Archived
	t.Differences += q.Differences
	for kind, n := range q.Kinds {
		if t.Kinds == nil {
			t.Kinds = make(map[DifferenceKind]int)
		}
		t.Kinds[kind] += n
	}
}

// count notes the state of a listed submission.
func (a *auditor) count(s *sheet, acc edgar.Accession) error {
	state := a.states.of(acc)
	if state == "" || state == index.Discovered { // perhaps no more
		st, _, err := a.standing(acc)
		if err != nil {
			return err
		}
		state = st.State
	}
	switch state {
	case index.Recorded:
		s.Recorded++
	case index.Deferred:
		s.Deferred++
	case index.Rejected:
		s.Rejected++
	case index.Withdrawn:
		s.Withdrawn++
	case index.Discovered:
		s.Discovered++
		s.add(Difference{Kind: NotFetched, Accession: acc})
	default:
		s.Unknown++
		s.add(Difference{Kind: NoEntry, Accession: acc})
	}
	return nil
}

// states remembers where each entry stood, in the order of accession numbers.
type states struct {
	accessions []edgar.Accession
	states     []byte // places in index.States
}

func (s *states) add(a edgar.Accession, st index.State) {
	s.accessions = append(s.accessions, a)
	s.states = append(s.states, byte(slices.Index(index.States(), st)))
}

// of returns the state of an entry, "" when it was not seen.
func (s *states) of(a edgar.Accession) index.State {
	all := index.States()
	i, ok := slices.BinarySearchFunc(s.accessions, a, edgar.Accession.Compare)
	if !ok || int(s.states[i]) >= len(all) { // or could not be read
		return ""
	}
	return all[s.states[i]]
}

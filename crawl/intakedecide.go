package crawl

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// decide looks at the first bytes and settles the mode. An error is a failure on
// our side.
func (i *intake) decide() error {
	stated, named := i.from.stated()
	s, err := parse.ParseSubmission(*i.data)
	if len(*i.data) == 0 {
		err = errors.New("nothing in it")
	}
	if err == nil && isHTML(*i.data) {
		err = errors.New("an html page instead of a submission")
	}
	switch nothing := err != nil || s.Complete && len(s.Documents) == 0; {
	case nothing && i.first && !named && !(i.from.named && i.from.member == ""):
		i.foreign = true
		return i.pass("not a submission")
	case err != nil:
		i.foreign = true
		return i.reject(err.Error())
	case nothing && i.m.wantsForm(formOf(s)):
		return i.reject("a header without documents")
	}
	i.entry.Accession = s.Header.Accession
	switch {
	case i.entry.Accession.IsZero() && !named && i.first && !i.from.named:
		return i.pass("not a submission")
	case i.entry.Accession.IsZero() && !named:
		return i.reject("neither its header nor its name states an accession number")
	case i.entry.Accession.IsZero():
		i.entry.Accession = stated
	case named && stated != i.entry.Accession:
		i.m.Log.Warn("named after another submission", zap.Stringer("from", i.from), zap.Stringer("accession", i.entry.Accession))
	}
	return i.admit(s)
}

// admit decides on a submission by what its header and the index say.
func (i *intake) admit(s *parse.Submission) error {
	a, form := i.entry.Accession, formOf(s)
	e, err := i.m.Index.Entry(a)
	switch {
	case errors.Is(err, index.ErrNotFound):
		e = index.Entry{Accession: a, Seen: i.m.start}
	case err != nil:
		return err
	}
	if e.Form.IsZero() {
		e.Form, e.Filed, e.CIKs = form, s.Header.Filed, filerCIKs(s)
	}
	i.entry = e
	filed := s.Header.Filed
	if filed.IsZero() {
		filed = e.Filed
	}
	ciks := append(filerCIKs(s), e.CIKs...)
	switch sc := &i.m.scope; {
	case form.IsZero():
		return i.reject("states no form")
	case !i.m.wantsForm(form):
		return i.pass("form " + form.String())
	case filed.IsZero():
		return i.reject("states no filing date: sync the listing of its quarter first")
	case filed.Before(sc.From) || !sc.To.IsZero() && sc.To.Before(filed):
		return i.pass("filed " + filed.String())
	case len(sc.CIKs) > 0 && !slices.ContainsFunc(ciks, sc.wantsCIK):
		return i.pass("of other filers")
	}
	i.m.listed.Add(1)
	if err := i.m.holds.take(i.ctx, a); err != nil {
		return err
	}
	i.holding = true
	return i.choose()
}

func filerCIKs(s *parse.Submission) (ciks []edgar.CIK) {
	for _, f := range s.Header.Filers {
		if !f.CIK.IsZero() && !slices.Contains(ciks, f.CIK) {
			ciks = append(ciks, f.CIK)
		}
	}
	slices.SortFunc(ciks, edgar.CIK.Compare)
	return ciks
}

// choose settles the mode of a wanted submission, which nobody else can be taking
// meanwhile.
func (i *intake) choose() error {
	a := i.entry.Accession
	now, err := i.m.Index.Entry(a)
	recorded := err == nil && now.State == index.Recorded
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return err
	}
	info, err := i.m.Archive.Stat(a)
	switch {
	case errors.Is(err, fs.ErrNotExist), unreadable(err):
		i.mode = taking
		return nil
	case err != nil:
		return err
	case recorded && info.Cut && !i.m.KeepText:
		i.mode, i.held = taking, info
		return nil
	case recorded:
		i.mode, i.held, i.sum = comparing, info, sha256.New()
		i.sum.Write(*i.data)
		i.giveBack()
		return nil
	}
	f, err := readFiling(i.m.Archive, info, i.entry)
	switch {
	case unreadable(err):
		i.mode = taking
		return nil
	case err != nil:
		return err
	}
	i.mode, i.filing = passing, f
	i.giveBack()
	return nil
}

package index

import (
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Match reports whether q wants f, which need not be in any index; Limit and After
// do not count. A filing is also of the CIKs it is listed under, where the header
// may lack them: Find knows them, Match only those it is given.
func (q Query) Match(f *parse.Filing, listed ...edgar.CIK) bool {
	return q.matchFilers(f, listed) && q.matchContent(f) && q.matchTimes(f)
}

func (q *Query) matchFilers(f *parse.Filing, listed []edgar.CIK) bool {
	filer := func(has func(x *parse.Filer) bool) bool {
		return slices.ContainsFunc(f.Filers, func(x parse.Filer) bool { return has(&x) })
	}
	words := nameWords(q.Name)
	return anyOf(q.CIKs, func(c edgar.CIK) bool {
		return slices.Contains(listed, c) || filer(func(x *parse.Filer) bool { return x.CIK == c })
	}) &&
		anyOf(q.SICs, func(s string) bool {
			return filer(func(x *parse.Filer) bool { return strings.HasPrefix(x.SIC, s) })
		}) &&
		anyOf(q.States, func(s string) bool {
			return filer(func(x *parse.Filer) bool { return x.StateOfIncorporation == s })
		}) &&
		(len(words) == 0 || filer(func(x *parse.Filer) bool { return nameMatches(x.Name, words) }))
}

func (q *Query) matchContent(f *parse.Filing) bool {
	item := func(number string) bool {
		return slices.ContainsFunc(f.Items, func(it parse.Item) bool { return it.Number == number })
	}
	exhibit := func(number string) bool {
		return slices.ContainsFunc(f.Exhibits, func(x parse.Exhibit) bool { return exhibitMatches(x.Number, number) })
	}
	warning := func(code parse.Code) bool {
		return slices.ContainsFunc(f.Warnings, func(w parse.Warning) bool { return w.Code == code })
	}
	return anyOf(q.Forms, func(form edgar.Form) bool { return form == f.Form }) &&
		(q.Amendment == nil || *q.Amendment == f.Form.IsAmendment()) &&
		anyOf(q.Items, item) &&
		!slices.ContainsFunc(q.AllItems, func(number string) bool { return !item(number) }) &&
		anyOf(q.Exhibits, exhibit) && anyOf(q.Warnings, warning) &&
		(q.Withdrawn == nil || *q.Withdrawn == f.Withdrawn)
}

func (q *Query) matchTimes(f *parse.Filing) bool {
	return inDays(f.Filed, q.From, q.To) && inDays(f.Period, q.PeriodFrom, q.PeriodTo) && q.acceptedWithin(seconds(f.Accepted))
}

// acceptedWithin takes the seconds of a filing's acceptance, 0 for unknown.
func (q *Query) acceptedWithin(at int64) bool {
	if q.AcceptedFrom.IsZero() && q.AcceptedTo.IsZero() {
		return true
	}
	return at != 0 && (q.AcceptedFrom.IsZero() || at >= wholeSecond(q.AcceptedFrom).Unix()) &&
		(q.AcceptedTo.IsZero() || at <= q.AcceptedTo.Unix())
}

// inDays reports whether d is in a range of days of which either end may be open.
func inDays(d, from, to edgar.Date) bool {
	if from.IsZero() && to.IsZero() {
		return true
	}
	return !d.IsZero() && (from.IsZero() || !d.Before(from)) && (to.IsZero() || !to.Before(d))
}

// anyOf reports whether one of wanted is there, or none is wanted.
func anyOf[T any](wanted []T, has func(T) bool) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, has)
}

// exhibitMatches reports whether a query for an exhibit wants the number: a group,
// digits alone, wants all that begins with it, unless a sign of equality says that it
// is wanted alone.
func exhibitMatches(number, wanted string) bool {
	if alone, ok := strings.CutPrefix(wanted, "="); ok {
		return number == alone
	}
	return number == wanted || exhibitGroup(number) == wanted
}

// exhibitGroup is the digits that an exhibit number begins with: 99 of 99.1.
func exhibitGroup(number string) string {
	end := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return number
	}
	return number[:end]
}

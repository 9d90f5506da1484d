package index

import (
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// claim is what an amendment tells of the filing that it amends.
type claim struct {
	accession    edgar.Accession
	form         edgar.Form
	filed        edgar.Date
	accepted     uint64 // in seconds, 0: not known
	ciks         []edgar.CIK
	event        edgar.Date   // period of report, or the date on the cover, zero for neither
	items        []string     // each once
	statedFiled  edgar.Date   // what its text says of the original: filed then
	statedDated  edgar.Date   // or bearing this date
	number       int          // "Amendment No. 2"
	originals    []edgar.Form // forms of what it can amend, the likeliest first
	amendments   []edgar.Form // forms of earlier amendments of the same
	coverageFrom edgar.Date   // first day that the archive means to hold, zero when it never said
}

// candidate is a filing of the amendment's issuer for its event, or of the day that
// its text names. What is known of it comes from keys alone.
type candidate struct {
	accession edgar.Accession
	form      edgar.Form
	filed     edgar.Date
	period    edgar.Date
	accepted  uint64
	shared    int      // how many of the claim's CIKs it is under
	items     []string // those of the claim that it has
	itemless  bool     // it reports none that could be read
	acquires  bool     // it reports an acquisition; looked up for an amendment of exhibits alone
	withdrawn bool
	alone     bool // of its issuer and day EDGAR lists nothing that is not held
}

// claimOf is the claim of f, which sits under the CIKs listed as well.
func claimOf(f *parse.Filing, listed []edgar.CIK) *claim {
	c := &claim{
		accession: f.Accession, form: f.Form, filed: f.Filed, accepted: uint64(seconds(f.Accepted)),
		ciks: filingCIKs(f, listed), event: f.Period,
	}
	if c.event.IsZero() && f.Cover != nil {
		c.event = f.Cover.DateOfReport
	}
	for _, it := range f.Items {
		if it.Number != "" && !slices.Contains(c.items, it.Number) {
			c.items = append(c.items, it.Number)
		}
	}
	if n := f.AmendmentNote; n != nil {
		c.statedFiled, c.statedDated, c.number = n.OriginalFiled, n.OriginalDated, n.Number
	}
	c.originals, c.amendments = formsAmended(f.Form)
	return c
}

// formsAmended returns the forms that an amendment of the given form can amend, and
// those of the amendments beside it. Filers mix the types of a current report.
func formsAmended(form edgar.Form) (originals, amendments []edgar.Form) {
	originals, amendments = []edgar.Form{form.Base()}, []edgar.Form{form}
	if !form.IsCurrentReport() {
		return originals, amendments
	}
	for _, f := range edgar.CurrentReports() {
		switch {
		case f == form || f == form.Base():
		case f.IsAmendment():
			amendments = append(amendments, f)
		default:
			originals = append(originals, f)
		}
	}
	return originals, amendments
}

func (c *claim) isIssuer(cik edgar.CIK) bool { return slices.Contains(c.ciks, cik) }

// before reports whether x can have been there when the amendment was made. Of the
// same day the time of acceptance decides, where both have one; else the number,
// when the same agent gave both.
func (c *claim) before(x *candidate) bool {
	switch d := x.filed.Compare(c.filed); {
	case d != 0 || x.accession == c.accession:
		return d < 0
	case x.accepted > 0 && c.accepted > 0 && x.accepted != c.accepted:
		return x.accepted < c.accepted
	case agentYear(x.accession) == agentYear(c.accession):
		return x.accession.Compare(c.accession) < 0
	}
	return !x.form.IsAmendment()
}

// agentYear is the part of an accession number within which the rest counts up.
func agentYear(a edgar.Accession) string {
	digits := a.Digits()
	return digits[:min(len(digits), 12)]
}

// ofEvent reports whether x is of the amendment's event, or of the date that the
// original is said to bear.
func (c *claim) ofEvent(x *candidate) bool {
	return !x.period.IsZero() && (x.period == c.event || x.period == c.statedDated)
}

// ofStatedDay reports whether x was filed when the text says that the original
// was. Some texts name the day of the event instead; and where the time of acceptance
// is not known, it may have been after hours.
func (c *claim) ofStatedDay(x *candidate) bool {
	switch day := c.statedFiled; {
	case day.IsZero():
		return false
	case c.sentOnStatedDay(x):
		return true
	case x.period == day:
		return c.ofEvent(x)
	default:
		return x.accepted == 0 && day.Before(x.filed) && x.filed.Compare(day.AddDays(maxNextDay)) <= 0
	}
}

// sentOnStatedDay reports whether x was filed on the very day that the text names,
// or accepted on it: what comes after hours bears the next business day.
func (c *claim) sentOnStatedDay(x *candidate) bool {
	return x.filed == c.statedFiled || x.accepted > 0 && edgar.DateOf(fromSeconds(x.accepted)) == c.statedFiled
}

// maxNextDay is how many days after it was sent a filing is dated at the most: over
// a weekend with a holiday.
const maxNextDay = 4

// bearsStatedDate reports whether x can bear the date that the text gives the
// original: of its event, of its filing, or of its signature between them.
func (c *claim) bearsStatedDate(x *candidate) bool {
	day := c.statedDated
	return !day.IsZero() && (day == x.period || !x.period.IsZero() && !day.Before(x.period) && day.Compare(x.filed) <= 0 || day == x.filed)
}

// isSubstantive tells items that report an event from the one that lists exhibits.
func isSubstantive(item string) bool { return item != "9.01" && item != "7" }

// ofExhibits reports whether the amendment reports no event, only exhibits.
func (c *claim) ofExhibits() bool {
	return len(c.items) > 0 && !slices.ContainsFunc(c.items, isSubstantive)
}

// alike counts the items in common, those that report an event if the amendment
// has such.
func (c *claim) alike(x *candidate) (n int) {
	for _, it := range x.items {
		if isSubstantive(it) || c.ofExhibits() {
			n++
		}
	}
	return n
}

// unlike reports whether the items of x speak against it: both report events, by
// the same numbering, and none in common.
func (c *claim) unlike(x *candidate) bool {
	if c.alike(x) > 0 || x.itemless || isOldNumbering(c.filed) != isOldNumbering(x.filed) {
		return false
	}
	return slices.ContainsFunc(c.items, isSubstantive)
}

// completes reports whether x told of an acquisition so long before the amendment,
// which has exhibits alone, that they are its financial statements: these are due
// by amendment within 71 days of the report.
func (c *claim) completes(x *candidate) bool {
	return x.acquires && x.filed.AddDays(minStatements).Before(c.filed)
}

const minStatements = 20 // days

// isOldNumbering reports whether items filed on the day were numbered 1 to 13.
func isOldNumbering(filed edgar.Date) bool { return filed.Compact() < "20040823" }

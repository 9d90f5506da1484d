package parse

import (
	"cmp"
	"slices"
	"strings"
)

// complete fills into the cover what only the facts know, prefers what they mark
// on the page to what was found by captions, and warns where hidden facts
// contradict the page.
func (f *coverFacts) complete(c *Cover) []Warning {
	if len(f.page.facts) == 0 {
		return nil
	}
	w := &coverWarnings{}
	f.completeRegistrants(c, w)
	f.completeDate(c)
	if phone := f.phone(); phone != "" {
		w.differs("phone", c.Phone, phone, localDigits)
		c.Phone = cmp.Or(c.Phone, phone)
	}
	if a := f.address(&f.plain); a != "" {
		c.Address = a
	}
	f.completeFormer(c)
	f.completeBoxes(c, w)
	f.completeSecurities(c, w)
	return w.list
}

func (f *coverFacts) completeRegistrants(c *Cover, w *coverWarnings) {
	i := 0
	for g := range f.registrants {
		facts := &f.registrants[g]
		name := facts.value("EntityRegistrantName")
		if name == "" {
			continue
		}
		r := c.registrant(i, name, facts)
		i++
		if !strings.Contains(squash(r.Name), squash(name)) { // a tag may cover part of the name: FOO CORP|ORATION
			w.fill("name", &r.Name, facts.get("EntityRegistrantName"), squash)
		}
		if x := facts.get("EntityIncorporationStateCountryCode"); x != nil {
			printed := r.State
			w.fill("state", &r.State, x, stateCode)
			if printed == "" && x.hidden {
				r.State = stateName(r.State)
			}
		}
		w.fillNumber("file_number", &r.FileNumber, facts.get("EntityFileNumber"), fileKey)
		w.fillNumber("ein", &r.EIN, facts.get("EntityTaxIdentificationNumber"), digitsOf)
	}
	if i > 1 { // the facts name them all
		c.Registrants = slices.DeleteFunc(c.Registrants, func(r Registrant) bool { return r.Name == "" })
	}
}

// registrant returns the registrant of the cover that the facts are about: the
// one of that name or that number, or the i-th.
func (c *Cover) registrant(i int, name string, facts *factGroup) *Registrant {
	ein, file := facts.value("EntityTaxIdentificationNumber"), facts.value("EntityFileNumber")
	for j := range c.Registrants {
		r := &c.Registrants[j]
		if squash(r.Name) == squash(name) || ein != "" && digitsOf(r.EIN) == digitsOf(ein) || file != "" && digitsOf(r.FileNumber) == digitsOf(file) {
			return r
		}
	}
	if i < len(c.Registrants) {
		return &c.Registrants[i]
	}
	c.Registrants = append(c.Registrants, Registrant{})
	return &c.Registrants[len(c.Registrants)-1]
}

// completeDate takes the tagged date when none is printed. It is the date of the
// earliest event and may well differ from the date of the report.
func (f *coverFacts) completeDate(c *Cover) {
	x := f.plain.get("DocumentPeriodEndDate")
	if x != nil && c.DateOfReport.IsZero() {
		c.DateOfReport = findDate(x.value)
	}
}

func (f *coverFacts) completeFormer(c *Cover) {
	if c.FormerName != "" {
		return
	}
	if name := something(f.plain.value("EntityInformationFormerLegalOrRegisteredName")); name != "" {
		c.FormerName = name
	} else {
		c.FormerName = f.address(&f.former)
	}
}

func (f *coverFacts) completeBoxes(c *Cover, w *coverWarnings) {
	for _, b := range [...]struct {
		name string
		into **bool
	}{
		{"WrittenCommunications", &c.WrittenCommunications},
		{"SolicitingMaterial", &c.SolicitingMaterial},
		{"PreCommencementTenderOffer", &c.PreCommencementTenderOffer},
		{"PreCommencementIssuerTenderOffer", &c.PreCommencementIssuerTenderOffer},
		{"EntityEmergingGrowthCompany", &c.EmergingGrowthCompany},
	} {
		x := f.plain.get(b.name)
		if x == nil {
			continue
		}
		m := x.mark()
		switch {
		case m == noMark:
		case *b.into == nil:
			*b.into = m.box()
		case **b.into != (m == checked):
			w.add(b.name, "page "+yesNo(**b.into)+", fact "+yesNo(m == checked))
			if !x.hidden {
				*b.into = m.box() // the fact is the box itself
			}
		}
	}
}

func yesNo(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// completeSecurities takes the tagged securities when they tell more apart than
// the table on the page does, as where several are stacked in one row, and fills
// in what the page leaves open.
func (f *coverFacts) completeSecurities(c *Cover, w *coverWarnings) {
	var tagged []Security
	for i := range f.securities {
		g := &f.securities[i]
		s := Security{Title: g.value("Security12bTitle"), Symbol: g.value("TradingSymbol"), Exchange: exchangeName(g.get("SecurityExchangeName"))}
		tagged = append(tagged, s)
	}
	tagged = tidySecurities(tagged)
	if len(tagged) == 0 {
		return
	}
	if len(tagged) > len(c.Securities) {
		if len(c.Securities) > 0 && !stackedIn(tagged, c.Securities) {
			w.add("securities", "page and facts list different securities")
		}
		c.Securities = tagged
		return
	}
	for i := range tagged {
		for j := range c.Securities {
			s := &c.Securities[j]
			if squash(s.Title) == squash(tagged[i].Title) {
				if s.Symbol == "" {
					s.Symbol = tagged[i].Symbol
				} else if tagged[i].Symbol != "" && squash(s.Symbol) != squash(tagged[i].Symbol) {
					w.add("symbol", "page "+short(s.Symbol)+", fact "+short(tagged[i].Symbol))
				}
				if s.Exchange == "" {
					s.Exchange = tagged[i].Exchange
				}
			}
		}
	}
}

// stackedIn reports whether the symbols of the tagged securities all stand
// somewhere in the rows of the page.
func stackedIn(tagged, rows []Security) bool {
	for _, s := range tagged {
		found := false
		for _, r := range rows {
			found = found || strings.Contains(r.Symbol, s.Symbol)
		}
		if !found {
			return false
		}
	}
	return true
}

// coverWarnings gathers where page and facts disagree.
type coverWarnings struct{ list []Warning }

func (w *coverWarnings) add(field, detail string) {
	w.list = append(w.list, Warning{Code: CodeCoverFact, Detail: field + ": " + detail})
}

// differs warns when page and fact have different values, compared as key has
// them, and reports whether they do.
func (w *coverWarnings) differs(field, page, fact string, key func(string) string) bool {
	if page == "" || key(page) == key(fact) {
		return false
	}
	w.add(field, "page "+short(page)+", fact "+short(fact))
	return true
}

// fill sets a value from a fact. A fact that is marked on the page is the value
// as printed; a hidden one only fills a gap.
func (w *coverWarnings) fill(field string, into *string, x *fact, key func(string) string) {
	if x == nil {
		return
	}
	v := strings.Join(strings.Fields(x.value), " ")
	if v == "" || isNothing(v) || strings.Trim(v, "0-") == "" {
		return
	}
	w.differs(field, *into, v, key)
	if *into == "" || !x.hidden {
		*into = v
	}
}

// fillNumber does the same for a number, which "Applied for" is none, and makes
// hyphens of its dashes.
func (w *coverWarnings) fillNumber(field string, into *string, x *fact, key func(string) string) {
	if x == nil || digitsIn(x.value) == 0 {
		return
	}
	w.fill(field, into, x, key)
	*into = plainDashes(*into)
}

// localDigits returns the last ten digits of a telephone number, without the 1 or
// +1 that some print before them.
func localDigits(s string) string {
	d := digitsOf(s)
	return d[max(0, len(d)-10):]
}

func digitsOf(s string) string {
	b := make([]byte, 0, 16)
	for i := range len(s) {
		if isDigit(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

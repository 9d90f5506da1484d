package parse

import (
	"strings"

	"example.com/edgard/edgar"
)

// Warnings about the cover compare what its inline XBRL says with what is
// printed.

// coverFacts are the dei: facts of a cover by what they are about.
type coverFacts struct {
	page        *page
	registrants []factGroup // by dei:LegalEntityAxis, the filer itself first
	securities  []factGroup // by class of stock, in document order
	plain       factGroup   // facts without dimensions
	former      factGroup   // the former address
}

// A factGroup is the facts of one context.
type factGroup struct {
	key   string
	facts []*fact
}

// get returns the fact of the given name, nil for none.
func (g *factGroup) get(name string) *fact {
	for _, f := range g.facts {
		if f.name[len("dei:"):] == name {
			return f
		}
	}
	return nil
}

// value returns what the fact of the given name says, as printed when it is on
// the page.
func (g *factGroup) value(name string) string {
	if f := g.get(name); f != nil {
		return strings.Join(strings.Fields(f.value), " ")
	}
	return ""
}

// readCoverFacts groups the dei: facts of a page.
func readCoverFacts(p *page) *coverFacts {
	f := &coverFacts{page: p}
	if len(p.facts) == 0 {
		return f
	}
	members := make(map[string][]member, len(p.contexts))
	for _, c := range p.contexts {
		members[c.id] = c.members
	}
	for i := range p.facts {
		f.add(&p.facts[i], members[p.facts[i].context])
	}
	return f
}

// add puts a fact into its group. Facts about a security are told by their names;
// their contexts may have a class of stock, an exchange and an entity.
func (f *coverFacts) add(x *fact, members []member) {
	entity := ""
	for _, m := range members {
		switch {
		case strings.HasSuffix(m.axis, "LegalEntityAxis"):
			entity = m.value
		case strings.HasSuffix(m.axis, "EntityAddressesAxis") || strings.HasSuffix(m.axis, "EntityAddressAxis"):
			if strings.Contains(m.value, "Former") {
				f.former.facts = append(f.former.facts, x)
				return
			}
		}
	}
	switch x.name {
	case "dei:Security12bTitle", "dei:TradingSymbol", "dei:SecurityExchangeName", "dei:NoTradingSymbolFlag":
		group(&f.securities, x.context).facts = append(group(&f.securities, x.context).facts, x)
		return
	}
	if entity == "" {
		f.plain.facts = append(f.plain.facts, x)
	}
	g := group(&f.registrants, entity)
	g.facts = append(g.facts, x)
}

// maxGroups bounds the registrants and securities of a cover; the longest table
// of securities seen has some sixty rows.
const maxGroups = 400

func group(groups *[]factGroup, key string) *factGroup {
	for i := range *groups {
		if (*groups)[i].key == key {
			return &(*groups)[i]
		}
	}
	if len(*groups) < maxGroups {
		*groups = append(*groups, factGroup{key: key})
	}
	return &(*groups)[len(*groups)-1]
}

// complete fills into the cover what only the facts know, prefers what they mark
// on the page to what was found by captions, and warns where hidden facts
// contradict the page.
func (f *coverFacts) complete(c *Cover) []Warning {
	if len(f.page.facts) == 0 {
		return nil
	}
	w := &coverWarnings{}
	f.completeRegistrants(c, w)
	f.completeDate(c, w)
	if phone := f.phone(); phone != "" && !w.differs("phone", c.Phone, phone, digitsOf) {
		c.Phone = phone
	} else if c.Phone == "" {
		c.Phone = phone
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
		w.fill("state", &r.State, facts.get("EntityIncorporationStateCountryCode"), stateCode)
		r.State = stateName(r.State)
		w.fill("file_number", &r.FileNumber, facts.get("EntityFileNumber"), fileKey)
		w.fill("ein", &r.EIN, facts.get("EntityTaxIdentificationNumber"), digitsOf)
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
func (f *coverFacts) completeDate(c *Cover, w *coverWarnings) {
	x := f.plain.get("DocumentPeriodEndDate")
	if x == nil {
		return
	}
	if d := factDate(x.value); c.DateOfReport.IsZero() {
		c.DateOfReport = d
	}
}

// factDate reads a date as printed or, hidden, as 2024-01-31 or --01-31.
func factDate(s string) edgar.Date { return findDate(s) }

// phone puts area code and local number together.
func (f *coverFacts) phone() string {
	area, local := f.plain.value("CityAreaCode"), f.plain.value("LocalPhoneNumber")
	switch {
	case local == "" || area == "":
		return local
	case digitsIn(local) >= 10:
		return local
	case area[0] == '(' || digitsIn(area) != 3:
		return area + " " + local
	}
	return "(" + area + ") " + local
}

// address puts the parts of an address together.
func (f *coverFacts) address(g *factGroup) string {
	var lines []string
	for _, name := range [...]string{"EntityAddressAddressLine1", "EntityAddressAddressLine2", "EntityAddressAddressLine3", "EntityAddressCityOrTown", "EntityAddressStateOrProvince"} {
		if v := g.value(name); v != "" {
			lines = append(lines, v)
		}
	}
	a := address(lines)
	if zip := g.value("EntityAddressPostalZipCode"); zip != "" && a != "" {
		a += " " + zip
	}
	if country := g.value("EntityAddressCountry"); country != "" && a != "" {
		a += ", " + country
	}
	return a
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

// mark resolves the transforms that boxes are tagged with: a fixed truth value
// whatever is printed, a ballot box, or true and false themselves.
func (x *fact) mark() mark {
	format := x.format[strings.IndexByte(x.format, ':')+1:]
	switch format {
	case "booleanfalse", "fixed-false", "fixedfalse", "boolean-false":
		return unchecked
	case "booleantrue", "fixed-true", "fixedtrue", "boolean-true":
		return checked
	}
	switch strings.ToLower(x.value) {
	case "true", "yes", "1":
		return checked
	case "false", "no", "0", "":
		return unchecked
	}
	return lastMark(x.value)
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

func digitsOf(s string) string {
	b := make([]byte, 0, 16)
	for i := range len(s) {
		if isDigit(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

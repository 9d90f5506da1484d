package parse

import "strings"

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
		case strings.Contains(m.axis, "AddressType") && strings.Contains(m.value, "Former"):
			f.former.facts = append(f.former.facts, x)
			return
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

package parse

import (
	"html"
	"strings"
)

// A fact is one value that inline XBRL tags on the page or in its hidden part.
type fact struct {
	name    string // "dei:TradingSymbol"
	context string // contextRef
	format  string // "ixt-sec:boolballotbox", "" for none
	value   string // as printed, blanks trimmed, not transformed
	hidden  bool
	from    int32 // visible: text[from:to]
	to      int32
}

// A context is what a contextRef refers to, as far as it has dimensions: which
// class of stock or which co-registrant.
type context struct {
	id      string
	members []member
}

// A member is one dimension of a context: "us-gaap:StatementClassOfStockAxis",
// "us-gaap:CommonClassAMember".
type member struct{ axis, value string }

// ink is what gathering facts needs to remember while flattening.
type ink struct {
	buf []byte // hidden text since the last fact or member opened
}

// maxFacts bounds the facts of one page; a cover has some forty.
const maxFacts = 10000

// openInk takes a fact, a context or a dimension's member.
func (f *flattener) openInk(tag []byte, k kind, e *element) {
	var name, ref, format, id, dimension []byte
	a := attributesOf(tag)
	for key, value, ok := a.next(); ok; key, value, ok = a.next() {
		switch {
		case equalFold(key, "name"):
			name = value
		case equalFold(key, "contextref"):
			ref = value
		case equalFold(key, "format"):
			format = value
		case equalFold(key, "id"):
			id = value
		case equalFold(key, "dimension"):
			dimension = value
		}
	}
	p := f.page
	switch {
	case len(p.facts) >= maxFacts || len(p.contexts) >= maxFacts:
	case k == kindFact && hasPrefixFold(name, "dei:"):
		at := int32(len(f.out))
		e.fact = int32(len(p.facts))
		f.buf = f.buf[:0]
		p.facts = append(p.facts, fact{name: string(name), context: string(ref), format: string(format), hidden: f.hidden > 0, from: at, to: -1})
	case k == kindContext:
		p.contexts = append(p.contexts, context{id: string(id)})
	case k == kindMember && len(p.contexts) > 0:
		c := &p.contexts[len(p.contexts)-1]
		if len(c.members) < maxMembers {
			c.members = append(c.members, member{axis: string(dimension)})
			f.buf = f.buf[:0]
			e.fact = firstMember - int32((len(p.contexts)-1)*maxMembers+len(c.members)-1)
		}
	}
}

// An element's fact from firstMember down is a dimension's member: which one of
// which context, for contexts may be nested in what is not valid.
const (
	firstMember = -2
	maxMembers  = 16 // of one context
)

// hiddenText keeps text that is not shown but means something to XBRL.
func (f *flattener) hiddenText(i, end int) {
	if len(f.buf)+end-i < 1<<12 {
		f.buf = append(f.buf, f.body[i:end]...)
	}
}

// closeFact ends a fact or a member.
func (f *flattener) closeFact(i int32) {
	switch {
	case i <= firstMember:
		at := int(firstMember - i)
		f.page.contexts[at/maxMembers].members[at%maxMembers].value = strings.TrimSpace(html.UnescapeString(string(f.buf)))
		f.buf = f.buf[:0]
	case i >= 0:
		fact := &f.page.facts[i]
		fact.to = int32(len(f.out))
		if fact.hidden {
			fact.value = strings.TrimSpace(html.UnescapeString(string(f.buf)))
			f.buf = f.buf[:0]
		}
	}
}

// closeFacts fills in the values of visible facts once the text stands.
func (f *flattener) closeFacts() {
	p := f.page
	keep := p.contexts[:0]
	for _, c := range p.contexts {
		if len(c.members) > 0 {
			keep = append(keep, c)
		}
	}
	p.contexts = keep
	for i := range p.facts {
		fact := &p.facts[i]
		if fact.hidden {
			continue
		}
		if fact.to < 0 {
			fact.to = fact.from // never closed
		}
		fact.value = strings.TrimSpace(p.text[fact.from:fact.to])
	}
}

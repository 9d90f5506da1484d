package parse

import "strings"

// mergeLists makes one list of those of item and index, each exhibit once, in
// the order of the first list; exhibits that there are not are dropped.
func mergeLists(found []listedExhibit, documents []Document) []listedExhibit {
	items, index := splitLists(found)
	if len(items) > 0 && len(index) > 0 {
		if enumerates(items, index) {
			items = nil
		}
		items, index = withoutDoubles(items, index, documents)
	}
	var merged []listedExhibit
	at := make(map[string]int, len(found))
	for _, list := range [2][]listedExhibit{items, index} {
		for _, e := range list {
			i, ok := at[e.key]
			switch {
			case e.none:
			case !ok:
				at[e.key] = len(merged)
				merged = append(merged, e)
			case merged[i].description == "":
				merged[i].description = e.description
			}
		}
	}
	return merged
}

func splitLists(found []listedExhibit) (items, index []listedExhibit) {
	for _, e := range found {
		if e.index {
			index = append(index, e)
		} else {
			items = append(items, e)
		}
	}
	return items, index
}

// enumerates reports whether an item merely counts its exhibits, 1, 2, 3, where
// the index has their numbers.
func enumerates(items, index []listedExhibit) bool {
	for i, e := range items {
		if e.dotted || smallNumber(exhibitGroup(e.number)) != i+1 {
			return false
		}
	}
	for _, e := range index {
		if exhibitGroup(e.number) == "1" {
			return false
		}
	}
	return true
}

// withoutDoubles drops a number without parts where the other list has the same
// exhibit with them: 99 in the item and 99.1 in the index. When the submission
// attaches it as EX-99, the short number stays.
func withoutDoubles(items, index []listedExhibit, documents []Document) (_, _ []listedExhibit) {
	drop := func(list, other []listedExhibit) []listedExhibit {
		kept := list[:0]
		for _, e := range list {
			full := soleOfGroup(other, exhibitGroup(e.number))
			here := soleOfGroup(list, exhibitGroup(e.number))
			if full < 0 || here < 0 || other[full].dotted == e.dotted || attachedAs(documents, e.number) || !attachedAs(documents, other[full].number) && e.dotted {
				kept = append(kept, e)
			}
		}
		return kept
	}
	shorter := drop(append([]listedExhibit(nil), items...), index)
	return shorter, drop(append([]listedExhibit(nil), index...), shorter)
}

// soleOfGroup returns the only exhibit of a group, -1 when there is none or more
// than one.
func soleOfGroup(list []listedExhibit, group string) int {
	sole := -1
	for i := range list {
		if exhibitGroup(list[i].number) == group {
			if sole >= 0 {
				return -1
			}
			sole = i
		}
	}
	return sole
}

func attachedAs(documents []Document, number string) bool {
	key := exhibitKey(number)
	for i := range documents {
		if n := typeNumber(documents[i].Type); n != "" && exhibitKey(n) == key {
			return true
		}
	}
	return false
}

// typeNumber returns the exhibit number of a document's type, "" for one that is
// no exhibit: EX-99.1, EX-99.(A), EX-99.1 CHARTER.
func typeNumber(documentType string) string {
	s, ok := cutFold(documentType, "ex-")
	if !ok {
		return ""
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !isLetter(c) && !isDigit(c) && strings.IndexByte(".()-", c) < 0 {
			s = s[:i]
		}
	}
	s = strings.TrimRight(strings.ReplaceAll(s, ".(", "("), ".*")
	if s == "" || !isDigit(s[0]) {
		return ""
	}
	return s
}

// joinDocuments joins the listed exhibits with the attached documents: by number,
// then, within a group where one side leaves the parts out, in order: 10(a) is
// the document EX-10.
func joinDocuments(listed []listedExhibit, documents []Document) []Exhibit {
	exhibits := make([]Exhibit, len(listed))
	byKey := make(map[string]int, len(listed))
	for i, e := range listed {
		exhibits[i] = Exhibit{Number: e.number, Description: cleanDescription(e.description), Listed: true}
		byKey[e.key] = i
	}
	var rest []int
	for d := range documents {
		number := typeNumber(documents[d].Type)
		if number == "" {
			continue
		}
		i, ok := byKey[exhibitKey(number)]
		switch {
		case ok && !exhibits[i].Attached:
			exhibits[i].attach(documents, d)
		case isCourtesyCopy(documents, d):
		default:
			rest = append(rest, d)
		}
	}
	for _, d := range rest {
		number := typeNumber(documents[d].Type)
		if i := sameGroup(exhibits[:len(listed)], number); i >= 0 {
			exhibits[i].attach(documents, d)
			continue
		}
		e := Exhibit{Number: number, Description: documents[d].Description}
		e.attach(documents, d)
		exhibits = append(exhibits, e)
	}
	if len(exhibits) == 0 {
		return nil
	}
	return exhibits
}

// isCourtesyCopy reports whether a document is the PDF of one before it, of the
// same type.
func isCourtesyCopy(documents []Document, d int) bool {
	if documents[d].Media != "application/pdf" {
		return false
	}
	for i := range documents[:d] {
		if documents[i].Type == documents[d].Type {
			return true
		}
	}
	return false
}

func (e *Exhibit) attach(documents []Document, d int) {
	e.Type, e.Document, e.Attached = documents[d].Type, d+1, true
}

// sameGroup returns the first listed exhibit of the number's group that has no
// document yet, when one of both numbers has no parts; -1 for none.
func sameGroup(exhibits []Exhibit, number string) int {
	group := number[:leadingDigits(number)]
	for i := range exhibits {
		e := &exhibits[i]
		if !e.Attached && exhibitGroup(e.Number) == group && (number == group || e.Number == group) {
			return i
		}
	}
	return -1
}

// exhibitWarnings reports exhibits that the page lists and the submission lacks,
// where that is surprising, and attached ones that the page does not list. The
// documents of XBRL are never listed, financial data schedules seldom were.
func exhibitWarnings(p *page, s *Submission, exhibits []Exhibit) []Warning {
	var warnings []Warning
	if s.Header.Accession.IsZero() || len(p.blocks) == 0 {
		return nil // a document without its submission
	}
	pasted, holds := pastedIn(p), holdsMore(p, exhibits)
	for i := range exhibits {
		e := &exhibits[i]
		switch group := exhibitGroup(e.Number); {
		case group == "101" || group == "104" || group == "100" || group == "27":
		case !e.Attached && !isElsewhereFiled(e.Description) && !holds && !pasted[exhibitKey(e.Number)]:
			warnings = append(warnings, Warning{CodeExhibitNotAttached, e.Number})
		case !e.Listed:
			warnings = append(warnings, Warning{CodeExhibitNotListed, e.Number})
		}
	}
	return warnings
}

// isElsewhereFiled reports whether a description says that the exhibit is part of
// another filing or another exhibit.
func isElsewhereFiled(description string) bool {
	s := strings.ToLower(description)
	for _, words := range []string{"incorporated", "previously filed", "included in", "included as part of", "contained in", "to be filed", "reference to",
		"filed as exhibit", "see exhibit"} {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}

// pastedIn returns the keys of the exhibits that the report itself holds, below
// the signature: filers of the 1990s, and small ones later, sent one document.
func pastedIn(p *page) map[string]bool {
	var keys map[string]bool
	for i := p.signature; i < len(p.blocks); i++ {
		b := &p.blocks[i]
		if b.row != 0 || b.to-b.from > maxHead {
			continue
		}
		if ref, ok := readExhibitRef(p.text[b.from:b.to]); ok && ref.word {
			if keys == nil {
				keys = map[string]bool{}
			}
			keys[exhibitKey(ref.number)] = true
		}
	}
	return keys
}

// holdsMore reports whether much more text follows the signature than a list of
// the exhibits takes: exhibits pasted in without a heading.
func holdsMore(p *page, exhibits []Exhibit) bool {
	from, more := p.signature, -maxSignatureText
	if p.index > from && p.index < len(p.blocks) {
		from, more = p.index, -maxIndexText
	}
	if from >= len(p.blocks) {
		return false
	}
	more += len(p.text) - int(p.blocks[from].from)
	for i := range exhibits {
		more -= len(exhibits[i].Description)
	}
	return more > 0
}

// What clause and signatures, or the heads and numbers of an index, take at most.
const (
	maxSignatureText = 2500
	maxIndexText     = 300
)

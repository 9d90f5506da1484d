package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxNamed is how many candidates evidence names.
const maxNamed = 5

// ofEventHeld names what is held of the event.
func (c *claim) ofEventHeld(fit []candidate) string {
	return fmt.Sprintf("%s of the same issuer and event (%s) held: %s", counted(len(fit), "original"), c.event, named(fit))
}

// events are the items of the amendment that report an event.
func (c *claim) events() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(c.items), func(it string) bool { return !isSubstantive(it) }), ", ")
}

// otherEvent adds that x is of another event.
func (c *claim) otherEvent(x *candidate) string {
	if c.ofEvent(x) {
		return ""
	}
	return ", and is of another event (" + cmp.Or(x.period.String(), "unknown") + ")"
}

// common says what x and the amendment have in common.
func (c *claim) common(x *candidate) string {
	issuer := "same issuer"
	if n := len(c.ciks); n > 1 {
		issuer = fmt.Sprintf("%d of %d filers the same", x.shared, n)
	} else if n == 1 {
		issuer = "same issuer (CIK " + c.ciks[0].String() + ")"
	}
	switch {
	case x.period.IsZero():
		return issuer
	case x.period == c.event:
		return issuer + " and event (" + c.event.String() + ")"
	}
	return fmt.Sprintf("%s; event of %s there, of %s here", issuer, x.period, cmp.Or(c.event.String(), "no date"))
}

// said says how the text of the amendment names x.
func (c *claim) said(x *candidate) string {
	switch {
	case c.ofStatedDay(x) && x.filed == c.statedFiled:
		return "filed on " + x.filed.String() + ", as the text says of the original"
	case c.ofStatedDay(x):
		return fmt.Sprintf("filed on %s; the text says of the original: on %s", x.filed, c.statedFiled)
	case c.bearsStatedDate(x):
		return "the text says that the original is dated " + c.statedDated.String()
	}
	return ""
}

// remarks are what a reader ought to know of the one linked.
func (c *claim) remarks(x *candidate) (parts []string) {
	if c.number > 1 && !x.form.IsAmendment() {
		parts = append(parts, fmt.Sprintf("this is Amendment No. %d", c.number))
	}
	if x.form != c.originals[0] && !x.form.IsAmendment() {
		parts = append(parts, "filed on Form "+x.form.String())
	}
	if x.filed == c.filed {
		parts = append(parts, "both filed on "+x.filed.String())
	}
	if c.unlike(x) && !x.form.IsAmendment() {
		parts = append(parts, "none of "+c.events()+" in common, but EDGAR lists no other report of the issuer for that day")
	}
	if x.withdrawn {
		parts = append(parts, "since withdrawn")
	}
	return parts
}

// missed says what was looked for in vain, and how far the archive reaches.
func (c *claim) missed() string {
	what := fmt.Sprintf("no %s of the issuer", c.originals[0])
	day := c.event
	switch {
	case !c.statedFiled.IsZero():
		day = c.statedFiled
		what += fmt.Sprintf(" held that was filed on %s, as the text says of the original", day)
		if !c.event.IsZero() {
			what += fmt.Sprintf(", nor one of its event (%s)", c.event)
		}
	case !c.event.IsZero():
		what += fmt.Sprintf(" held for its event (%s)", day)
	default:
		return "the amendment has no period of report, and its text does not say when the original was filed"
	}
	switch from := c.coverageFrom; {
	case from.IsZero():
		return what + "; how far back this archive reaches is not known"
	case day.Before(from):
		return fmt.Sprintf("%s; this archive begins with %s", what, from)
	default:
		return fmt.Sprintf("%s, though this archive begins with %s", what, from)
	}
}

// named names candidates, the newest first.
func named(xs []candidate) string {
	xs = slices.Clone(xs)
	slices.SortFunc(xs, func(a, b candidate) int { return cmp.Or(b.filed.Compare(a.filed), b.accession.Compare(a.accession)) })
	var b strings.Builder
	for i, x := range xs {
		if i == maxNamed {
			fmt.Fprintf(&b, " and %d more", len(xs)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s (%s, filed %s)", x.accession, x.form, x.filed)
	}
	return b.String()
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

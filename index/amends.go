package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/parse"
)

// link decides which of the filings held the amendment amends. It is given all of
// its issuer for its event, and all of the day that its text names. In words:
//
// An original was filed before, has the form amended, and was filed on the day that
// the text names; when the text names none, it is of the same event. Of several
// those count that have the same type of form, the same filers, the amendment's
// items, and are not withdrawn, as far as one of these leaves any. One left is
// linked; more are ambiguous, and so is one that text or items speak against, unless
// EDGAR lists nothing else that it could be. An earlier amendment is linked only
// where no original is held.
func (c *claim) link(held []candidate, crowded bool) *parse.Amends {
	var originals, amendments []candidate
	for _, x := range held {
		switch {
		case !c.before(&x):
		case slices.Contains(c.originals, x.form):
			originals = append(originals, x)
		case slices.Contains(c.amendments, x.form):
			amendments = append(amendments, x)
		}
	}
	if fit := only(originals, c.ofStatedDay); len(fit) > 0 {
		if left, _ := c.narrow(fit); len(left) == 1 && c.unlike(&left[0]) && !(left[0].alone && c.ofEvent(&left[0])) {
			return ambiguous("filed on the day that the text says the original was: %s; but it has no item in common with the amendment (%s)%s",
				named(left), c.events(), c.otherEvent(&left[0]))
		}
		return c.choose(fit, crowded)
	}
	if fit := only(originals, c.ofEvent); len(fit) > 0 {
		return c.chooseOfEvent(fit, crowded)
	}
	fit := only(amendments, func(x *candidate) bool { return c.ofEvent(x) && !c.unlike(x) })
	if len(fit) > 0 {
		return c.chain(fit)
	}
	return &parse.Amends{Status: parse.AmendsNone, Evidence: c.missed()}
}

func only(xs []candidate, is func(*candidate) bool) (fit []candidate) {
	for i := range xs {
		if is(&xs[i]) {
			fit = append(fit, xs[i])
		}
	}
	return fit
}

// chooseOfEvent chooses among the originals of the event, of which none was filed on
// the day that the text names, when it names one.
func (c *claim) chooseOfEvent(fit []candidate, crowded bool) *parse.Amends {
	if !c.statedFiled.IsZero() {
		return ambiguous("%s; but the text says that the original was filed on %s", c.ofEventHeld(fit), c.statedFiled)
	}
	if !c.statedDated.IsZero() {
		dated := only(fit, c.bearsStatedDate)
		if len(dated) == 0 {
			return ambiguous("%s; but the text says that the original is dated %s", c.ofEventHeld(fit), c.statedDated)
		}
		fit = dated
	}
	if left, _ := c.narrow(fit); len(left) == 1 && c.unlike(&left[0]) {
		return ambiguous("%s; but it has no item in common with the amendment (%s)", c.ofEventHeld(left), c.events())
	}
	return c.choose(fit, crowded)
}

// choose links the one that fits best.
func (c *claim) choose(fit []candidate, crowded bool) *parse.Amends {
	left, by := c.narrow(fit)
	if len(left) > 1 || crowded && c.statedFiled.IsZero() {
		why := c.common(&left[0])
		if crowded {
			why += fmt.Sprintf("; there are more than the %d looked at", maxCandidates)
		}
		return ambiguous("%s: %s fit equally: %s", why, counted(len(left), "filing"), named(left))
	}
	x := &left[0]
	parts := []string{c.common(x)}
	if said := c.said(x); said != "" {
		parts = append(parts, said)
	}
	if len(x.items) > 0 {
		parts = append(parts, "items in common: "+strings.Join(x.items, ", "))
	}
	if len(fit) > 1 {
		parts = append(parts, fmt.Sprintf("of %d that fit the one %s", len(fit), by))
	} else {
		parts = append(parts, "the only "+x.form.String()+" held that fits")
	}
	return c.linked(x, append(parts, c.remarks(x)...))
}

func (c *claim) linked(x *candidate, parts []string) *parse.Amends {
	return &parse.Amends{Accession: x.accession, Status: parse.AmendsLinked, Evidence: strings.Join(parts, "; ")}
}

func ambiguous(format string, args ...any) *parse.Amends {
	return &parse.Amends{Status: parse.AmendsAmbiguous, Evidence: fmt.Sprintf(format, args...)}
}

// narrow keeps those that something more speaks for, step by step, as long as any
// are left, and says what decided last.
func (c *claim) narrow(fit []candidate) (left []candidate, by string) {
	shared, alike := 0, 0
	for i := range fit {
		shared, alike = max(shared, fit[i].shared), max(alike, c.alike(&fit[i]))
	}
	left = slices.Clone(fit)
	for _, step := range []struct {
		by string
		is func(*candidate) bool
	}{
		{"filed on the day that the text names", c.sentOnStatedDay},
		{"of the same event", c.ofEvent},
		{"dated as the text says", func(x *candidate) bool { return !c.statedDated.IsZero() && x.period == c.statedDated }},
		{"on Form " + c.originals[0].String(), func(x *candidate) bool { return x.form == c.originals[0] }},
		{"with the most filers in common", func(x *candidate) bool { return x.shared == shared }},
		{"that reports an acquisition, whose financial statements are due by amendment", c.completes},
		{"with the most items in common", func(x *candidate) bool { return c.alike(x) == alike }},
		{"that is not withdrawn", func(x *candidate) bool { return !x.withdrawn }},
	} {
		if kept := only(left, step.is); len(kept) > 0 && len(kept) < len(left) {
			left, by = kept, step.by
		}
	}
	return left, by
}

// chain links the last of the earlier amendments, no original being held.
func (c *claim) chain(fit []candidate) *parse.Amends {
	left, _ := c.narrow(fit)
	x := slices.MaxFunc(left, func(a, b candidate) int {
		return cmp.Or(a.filed.Compare(b.filed), cmp.Compare(a.accepted, b.accepted), a.accession.Compare(b.accession))
	})
	parts := []string{c.common(&x), "an earlier amendment, filed " + x.filed.String() + ": the original is not held"}
	if !c.statedFiled.IsZero() {
		parts = append(parts, "which the text says was filed on "+c.statedFiled.String())
	}
	return c.linked(&x, append(parts, c.remarks(&x)...))
}

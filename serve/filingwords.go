package serve

import (
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/parse"
)

// sentence says what a warning of the parser means to a reader.
func sentence(w parse.Warning) string {
	d := w.Detail
	switch w.Code {
	case parse.CodeNoHeader:
		return "The submission has no header: what is known of it comes from its documents and from the listings."
	case parse.CodeHeaderValue:
		return "The header says something that cannot be" + quoted(d) + "."
	case parse.CodeCut:
		return "The submission ends before its end mark" + bracketed(d) + ": something may be missing."
	case parse.CodeNoText:
		return "A document is empty: it has no text part" + bracketed(d) + "."
	case parse.CodeStrayText:
		return "There is text outside of header and documents" + quoted(d) + "."
	case parse.CodeLimit:
		return "The submission has more than is read: reading stopped at " + d + "."
	case parse.CodeNoDocument:
		return "No document could be read as the report: what is known comes from the header."
	case parse.CodeNoItems:
		return "Neither the header nor the report names an item."
	case parse.CodeItemMissingInBody:
		return "The header lists item " + d + ", but the report has no heading of it."
	case parse.CodeItemMissingInHeader:
		return "The report has a heading of item " + d + ", but the header does not list it."
	case parse.CodeItemUnknown:
		return "The header lists an item that Form 8-K does not know" + quoted(d) + "."
	case parse.CodeItemCaption:
		return "The heading of item " + d + " has the caption of another item; the number decides here."
	case parse.CodeItemRepeated:
		return "Item " + d + " has more than one heading."
	case parse.CodeExhibitNotAttached:
		return "Exhibit " + d + " is listed, but no document has it."
	case parse.CodeExhibitNotListed:
		return "Exhibit " + d + " is attached, but the report lists it nowhere."
	case parse.CodeCoverFact:
		return "What is printed on the cover differs from what it says in XBRL" + bracketed(d) + "."
	case parse.CodeNoSignature:
		return "The report has a signature block without a name."
	}
	return strings.TrimSpace(string(w.Code) + " " + d)
}

func quoted(detail string) string {
	if detail == "" {
		return ""
	}
	return ": “" + detail + "”"
}

func bracketed(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}

// headerHasItems reports whether the header says of any item that there is one.
func headerHasItems(f *parse.Filing) bool {
	return slices.ContainsFunc(f.Items, func(it parse.Item) bool { return it.Source != parse.SourceBody })
}

// Warnings are the parser's, in plain words, and what is so of all items.
func (v filingView) Warnings() (all []string) {
	if len(v.Filing.Filers) > 0 && len(v.Filing.Items) > 0 && !headerHasItems(v.Filing) {
		all = append(all, "The header lists no items: what they are is taken from the report.")
	}
	for _, w := range v.Filing.Warnings {
		all = append(all, sentence(w))
	}
	return all
}

// notesOf says how header and report differ about an item.
func notesOf(f *parse.Filing, it parse.Item) (notes []string) {
	switch {
	case len(f.Filers) == 0 || !headerHasItems(f): // no header to differ from
	case it.Source == parse.SourceHeader:
		notes = append(notes, "The header lists this item; the report has no heading of it.")
	case it.Source == parse.SourceBody:
		notes = append(notes, "The report has this item; the header does not list it.")
	}
	return notes
}

// sharedNote says with which other items an item has its text.
func sharedNote(it parse.Item) string {
	return "One text serves items " + listed(append([]string{it.Number}, it.SharedWith...)) + "."
}

// listed writes a list as in a sentence: "7, 9 and 12".
func listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// noticesOf are what to know before reading on.
func noticesOf(h *held, r revisionView) (ns []notice) {
	f := h.Filing
	if f.Withdrawn {
		ns = append(ns, notice{Kind: "bad", Text: "SEC no longer lists this filing: it was withdrawn or removed after it was archived."})
	}
	if h.fault != nil {
		ns = append(ns, notice{Kind: "bad", Text: "The archived copy cannot be read (" + h.fault.Error() + "). Shown is what was recorded of it, without text. crawler verify --repair fetches it again."})
	}
	if !r.Newest {
		ns = append(ns, notice{Kind: "warn", Text: fmt.Sprintf("This is revision %d; SEC has since served another.", r.Number), Href: "/filings/" + f.Accession.String(), Link: "The newest"})
	}
	if n, gone := cutOf(f); n > 0 {
		text := fmt.Sprintf("The copy kept here has text only: it lacks %s (%s) such as pictures, PDF or XBRL.", plural(n, "document"), size(gone))
		ns = append(ns, notice{Text: text + " " + completing(f) + " fetches it whole."})
	}
	ns = append(ns, amendsNotice(f)...)
	for _, a := range h.amendments {
		text := fmt.Sprintf("Amended by an %s filed %s", a.Form, a.Filed)
		if a.Withdrawn {
			text += ", since withdrawn"
		}
		ns = append(ns, notice{Kind: "warn", Text: text + ".", Href: "/filings/" + a.Accession.String(), Link: a.Accession.String()})
	}
	return ns
}

// amendsNotice says what an amendment amends.
func amendsNotice(f *parse.Filing) (ns []notice) {
	if a := f.Amends; a != nil {
		n := notice{Text: sentenceCase(a.Evidence)}
		if a.Status == parse.AmendsLinked {
			n.Text, n.Href, n.Link = "Amends "+a.Accession.String()+": "+a.Evidence+".", "/filings/"+a.Accession.String(), "What it amends"
		}
		if n.Text != "" {
			ns = append(ns, n)
		}
	}
	if n := f.AmendmentNote; n != nil && n.Text != "" {
		ns = append(ns, notice{Text: "It says: “" + n.Text + "”"})
	}
	return ns
}

func sentenceCase(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// cutOf counts the documents that were left out of a copy, and their bytes.
func cutOf(f *parse.Filing) (n int, bytes int64) {
	for _, d := range f.Documents {
		if d.Cut != nil {
			n, bytes = n+1, bytes+d.Cut.Size
		}
	}
	return n, bytes
}

// completing is the command that fetches a filing whole.
func completing(f *parse.Filing) string {
	who := "CIK"
	if len(f.Filers) > 0 {
		who = f.Filers[0].CIK.String()
	}
	return fmt.Sprintf("crawler issuer %s --form %s --from %s --to %s --complete", who, f.Form, f.Filed, f.Filed)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return count(n) + " " + word + "s"
}

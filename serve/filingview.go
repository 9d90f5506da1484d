package serve

import (
	"html/template"
	"strconv"
	"strings"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"example.com/edgard/serve/reading"
)

// filingView is one filing as its page shows it.
type filingView struct {
	held
	Row      row
	Notices  []notice
	Items    []itemView
	Exhibits []exhibitView
	Report   *documentView  // the main document, nil when none is there
	Files    []documentView // the documents that are not among the exhibits
	Revision revisionView
}

// notice is something to know before reading on.
type notice struct {
	Kind string // a class: "bad", "warn", ""
	Text string
	Href string // of a link behind it, "" for none
	Link string
}

// itemView is one item.
type itemView struct {
	badge
	ID       string
	Heading  string // as printed, where it says more than number and title
	Notes    []string
	Same     *badge // the item above whose text this is, too
	SameID   string
	Text     template.HTML
	Cut      bool
	Exhibits []reference
	Source   string // where the page of its place in the submission is, "" for none
	Length   int64
}

// reference is an exhibit that a text speaks of; no ID when this filing has none.
type reference struct{ Number, ID string }

// revisionView says which revision is shown, and which others there are.
type revisionView struct {
	Number int
	Newest bool
	Query  string // "?revision=2" where an older one was asked for
	Others []archive.Info
}

// maxItemsText bounds the text of all items on one page.
const maxItemsText = 2 << 20

func filingOfHeld(h *held) filingView {
	v := filingView{held: *h, Row: rowOf(h.Filing), Revision: revisionOf(h)}
	v.Exhibits, v.Files = documentsOf(h, v.Revision.Query)
	for i := range v.Files {
		if form, _ := edgar.ParseForm(v.Files[i].Type); v.Report == nil && form.IsCurrentReport() && v.Files[i].Href != "" {
			v.Report = &v.Files[i]
		}
	}
	ids, room := names{}, maxItemsText
	for i := range h.Filing.Items {
		it := v.item(i, ids)
		if room -= len(h.Filing.Items[i].Text); room > 0 {
			v.setText(&it, h.Filing.Items[i])
		} else {
			it.Cut = true
		}
		v.Items = append(v.Items, it)
	}
	v.Notices = noticesOf(h, v.Revision)
	return v
}

// item is the i-th item, without its text.
func (v *filingView) item(i int, ids names) itemView {
	it := v.Filing.Items[i]
	iv := itemView{badge: badgeOf(it), ID: ids.take("item-" + it.Number), Length: it.Length}
	if !sameHeading(it) {
		iv.Heading = it.Heading
	}
	if it.Length > 0 {
		iv.Source = v.sourceLink(it.Offset, it.Length)
	}
	iv.Notes = notesOf(v.Filing, it)
	for _, number := range it.Exhibits {
		iv.Exhibits = append(iv.Exhibits, reference{number, v.exhibitID(number)})
	}
	return iv
}

// setText sets the text of an item, unless it stands with an item above.
func (v *filingView) setText(iv *itemView, it parse.Item) {
	for i, above := range v.Items {
		if it.Length > 0 && v.Filing.Items[i].Offset == it.Offset && v.Filing.Items[i].Length == it.Length {
			iv.Same, iv.SameID = &v.Items[i].badge, above.ID
			if iv.Heading == above.Heading {
				iv.Heading = ""
			}
			return
		}
	}
	if len(it.SharedWith) > 0 {
		iv.Notes = append(iv.Notes, sharedNote(it))
	}
	iv.Text, iv.Cut = reading.Text(it.Text)
}

func (v *filingView) exhibitID(number string) string {
	for _, x := range v.Exhibits {
		if x.Number == number {
			return x.ID
		}
	}
	return ""
}

// manyExhibits is how many exhibits the top of the page names one by one.
const manyExhibits = 8

// Named are the exhibits that the top of the page names: those that are attached, or of
// very many the first press release.
func (v filingView) Named() (xs []exhibitView) {
	for _, x := range v.Exhibits {
		if x.Document != nil && (x.Open || len(v.Exhibits) <= manyExhibits) {
			xs = append(xs, x)
		}
	}
	return xs
}

// Unnamed is how many exhibits the top of the page does not name.
func (v filingView) Unnamed() int {
	if len(v.Exhibits) <= manyExhibits {
		return 0
	}
	return len(v.Exhibits)
}

// sourceLink is where the page of a stretch of the submission is.
func (v *filingView) sourceLink(from, length int64) string {
	link := "/filings/" + v.Accession.String() + "/source?from=" + strconv.FormatInt(from, 10) + "&length=" + strconv.FormatInt(length, 10)
	if v.asked > 0 {
		link += "&revision=" + strconv.Itoa(v.asked)
	}
	return link + "#stretch"
}

// Earlier and Later are what the first filer filed before and after, nil for none.
func (v filingView) Earlier() *parse.Filing { return v.before }
func (v filingView) Later() *parse.Filing   { return v.after }

// Bare reports whether the submission has no header that says who files it.
func (v filingView) Bare() bool { return len(v.Filing.Filers) == 0 }

// names gives every name once: the second of a kind gets "-2".
type names map[string]int

func (n names) take(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r' {
			return '-'
		}
		return r
	}, name)
	n[name]++
	if k := n[name]; k > 1 {
		return n.take(name + "-" + strconv.Itoa(k))
	}
	return name
}

// sameHeading reports whether a printed heading says no more than number and title.
func sameHeading(it parse.Item) bool {
	return letters(it.Heading) == letters("Item"+it.Number+it.Title) || it.Heading == ""
}

// letters keeps what distinguishes headings.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

func revisionOf(h *held) revisionView {
	v := revisionView{Number: h.Filing.Revision, Newest: true}
	for _, info := range h.revisions {
		if info.Revision != v.Number {
			v.Others = append(v.Others, info)
		}
		v.Newest = v.Newest && info.Revision <= v.Number
	}
	if h.asked > 0 {
		v.Query = "?revision=" + strconv.Itoa(h.asked)
	}
	return v
}

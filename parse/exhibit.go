package parse

// readExhibits joins the exhibits that the page lists, in Item 7 or 9.01 or an
// index, with the documents that the submission attaches: listed ones first, in
// the order of the list, then those that only the submission knows.
//
// The steps: the page is walked once, list after list (exhibit_list.go); a row
// whose cells hold several lines is cut into them (exhibit_rows.go); every line of
// a list is an entry, or several (exhibit_entry.go, exhibit_numbers.go), goes on
// with one (exhibit_wrap.go), or is neither; an item that lists nothing may still name its exhibits in
// a sentence (exhibit_mention.go); item and index are merged into one list, and
// that with the documents (exhibit_join.go).
func readExhibits(p *page, s *Submission) ([]Exhibit, []Warning) {
	listed := listExhibits(p)
	if len(listed) == 0 {
		listed = mentionedExhibits(p)
	}
	listed = mergeLists(listed, s.Documents)
	exhibits := joinDocuments(listed, s.Documents)
	return exhibits, exhibitWarnings(p, s, exhibits)
}

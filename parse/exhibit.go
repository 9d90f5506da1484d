package parse

// readExhibits joins the exhibits that the page lists, in Item 7 or 9.01 or an
// index, with the documents that the submission attaches.
func readExhibits(p *page, s *Submission) ([]Exhibit, []Warning) { return nil, nil }

package parse

// readCover reads the cover page: blocks[:cover] of the page and its dei: facts.
// It returns nil when the page has no cover.
func readCover(p *page, s *Submission) (*Cover, []Warning) { return nil, nil }

package parse

// readSignatures reads the signers of the report, in page order, left before
// right where they stand side by side: a person who signs for several companies
// once for each.
//
// The steps: the signature part is cut into pieces, without headings, clauses
// and what follows it (signature_piece.go); each piece is a company, a mark, a
// name, a title or a date by its label, else by its words and by what came
// before (signature_reader.go, signature_words.go); at last every signer gets a
// date (signature_dates.go).
func readSignatures(p *page, s *Submission) ([]Signature, []Warning) {
	if p.signature >= len(p.blocks) {
		return nil, nil
	}
	var r signatureReader
	for i := range s.Header.Filers {
		r.filers = append(r.filers, foldWords(s.Header.Filers[i].Name))
	}
	pieces := r.pieces(p)
	for _, piece := range pieces {
		if r.done(piece) {
			break
		}
		r.read(piece)
	}
	signatures := r.signatures()
	if len(signatures) == 0 {
		signatures = r.unsignedBy(pieces)
	}
	if len(signatures) == 0 {
		return nil, []Warning{{Code: CodeNoSignature}}
	}
	return signatures, nil
}

// unsignedBy finds the signer of a part that has neither marks nor labels: a
// person's name with a title below it.
func (r *signatureReader) unsignedBy(pieces []piece) []Signature {
	for i := 0; i+1 < len(pieces); i++ {
		name, title := splitTitle(pieces[i].text)
		if !isPerson(name) || isTitle(name) || isCompany(name) || r.isFiler(name) {
			continue
		}
		if title == "" && len(pieces[i+1].text) < maxProse && !isCompany(pieces[i+1].text) {
			title = pieces[i+1].text
		}
		if !isTitle(title) {
			continue
		}
		one := Signature{Name: cleanName(name), Title: cleanTitle(title), Date: r.dateOf(0)}
		if i > 0 && len(r.companies) > 0 {
			one.Company = r.chosen()[0]
		}
		return []Signature{one}
	}
	return nil
}

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
	r := signatureReader{filers: s.Header.Filers}
	for _, piece := range signaturePieces(p) {
		if r.done(piece) {
			break
		}
		r.read(piece)
	}
	signatures := r.signatures()
	if len(signatures) == 0 {
		return nil, []Warning{{Code: CodeNoSignature}}
	}
	return signatures, nil
}

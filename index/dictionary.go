package index

import _ "embed"

//go:embed filing1.dict
var filing1 string

// dictionary returns the commonplaces of a filing's JSON. It is part of the
// format: a change to it needs a new filingVersion, and the old one kept.
func dictionary() []byte { return []byte(filing1) }

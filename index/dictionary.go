package index

import _ "embed"

//go:embed filing2.dict
var filing2 []byte

//go:embed filing1.dict
var filing1 []byte

// dictionary returns the zstd dictionary of filings: commonplaces of their text, and
// how often characters and lengths come in it. It is part of the format: a change to
// it needs a new filingVersion, and the old one kept. TestDictionaryIsMadeOfCommonplaces
// made it.
func dictionary() []byte { return filing2 }

// firstDictionary returns that of values of version 1, commonplaces of JSON.
func firstDictionary() []byte { return filing1 }

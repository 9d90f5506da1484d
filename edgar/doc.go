// Package edgar is the vocabulary of EDGAR, the filing system of the U.S.
// Securities and Exchange Commission: central index keys, accession numbers,
// form types, calendar quarters, dates and Eastern time, the names of its codes of
// industries and states, and the paths that EDGAR builds from them.
//
// Every type here has one strict constructor for text that comes from outside
// (ParseCIK, ParseAccession, ParseForm, ParseQuarter, ParseDate) and keeps its
// value unexported, so a value that exists is a value EDGAR could have issued.
// The zero value of each type means "none"; it marshals to the empty string
// (for CIK to 0) and says so through IsZero.
//
// The types are small comparable values: use them as map keys, compare them
// with == and with their Compare methods.
package edgar

package index

import (
	"encoding/binary"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// The directories lead from a word or a symbol to issuers. A key stays when the
// filing that told of it is recorded anew without it: they may lead to an issuer
// that has nothing under the name, never past one that has.

// words returns the words of a name as they are in keys, each once.
func words(name string) (ws []string) {
	for _, w := range nameWords(name) {
		if w = clip(w, maxWord); !slices.Contains(ws, w) {
			ws = append(ws, w)
		}
	}
	return ws
}

// nameKeys returns the keys under which c is found by a name, a zero CIK standing for
// an issuer that has none.
func nameKeys(name string, c edgar.CIK) (keys []string) {
	tail := "\x00" + string(cikPrefix(c))
	for _, word := range words(name) {
		keys = append(keys, word+tail)
	}
	return keys
}

// addName puts a name into the directory.
func (w *writing) addName(name string, c edgar.CIK) error {
	b := w.Bucket(bucketName)
	for _, key := range nameKeys(name, c) {
		if _, ok := w.names[key]; ok {
			continue
		}
		w.names[key] = struct{}{}
		if b.Get([]byte(key)) != nil {
			continue
		}
		if err := b.Put([]byte(key), nil); err != nil {
			return err
		}
	}
	return nil
}

// symbolKeys returns the keys of the symbols that f gives its issuers: those on its
// cover are its first filer's.
func symbolKeys(f *parse.Filing) (keys []string) {
	add := func(symbol string, c edgar.CIK) {
		if symbol = cleanSymbol(symbol); symbol == "" || c.IsZero() {
			return
		}
		if k := symbol + "\x00" + string(cikPrefix(c)); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for _, x := range f.Filers {
		for _, symbol := range x.Tickers {
			add(symbol, x.CIK)
		}
	}
	if f.Cover != nil && len(f.Filers) > 0 {
		for _, s := range f.Cover.Securities {
			add(s.Symbol, f.Filers[0].CIK)
		}
	}
	return keys
}

// maxSymbol bounds the bytes of a symbol.
const maxSymbol = 20

// cleanSymbol returns a symbol in capitals, "" for what is none.
func cleanSymbol(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) > maxSymbol || slices.Contains([]string{"N/A", "NONE"}, s) {
		return ""
	}
	letters := false
	for _, r := range s {
		letter := 'A' <= r && r <= 'Z'
		if letters = letters || letter; !letter && !strings.ContainsRune("0123456789.-/ ", r) {
			return ""
		}
	}
	if !letters {
		return ""
	}
	return s
}

// addFiling puts names and symbols of f into the directories.
func (w *writing) addFiling(f *parse.Filing) error {
	for _, x := range f.Filers {
		if err := w.addName(x.Name, x.CIK); err != nil {
			return err
		}
	}
	b := w.Bucket(bucketSymbol)
	for _, k := range symbolKeys(f) {
		span, err := decodeSpan(b.Get([]byte(k)))
		if err != nil {
			return err
		}
		if grown := span.with(f.Filed); grown != span {
			if err := b.Put([]byte(k), grown.encode()); err != nil {
				return err
			}
		}
	}
	return nil
}

// span is from the first to the last day on which an issuer had a symbol: the
// value of a key of symbol, two day numbers of four bytes.
type span struct{ first, last edgar.Date }

func (s span) with(d edgar.Date) span {
	if s.first.IsZero() || d.Before(s.first) {
		s.first = d
	}
	if s.last.Before(d) {
		s.last = d
	}
	return s
}

func (s span) encode() []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, dateNumber(s.first)), dateNumber(s.last))
}

// decodeSpan reads a value of symbol; of none it is zero.
func decodeSpan(v []byte) (s span, err error) {
	if len(v) == 0 {
		return s, nil
	}
	if len(v) != 8 {
		return s, errMalformed
	}
	if s.first, err = dateFromNumber(uint64(binary.BigEndian.Uint32(v))); err == nil {
		s.last, err = dateFromNumber(uint64(binary.BigEndian.Uint32(v[4:])))
	}
	if err != nil {
		return span{}, errMalformed
	}
	return s, nil
}

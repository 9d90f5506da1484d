package index

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// MaxSuggestions bounds the issuers of one answer of Suggest.
const MaxSuggestions = 20

const (
	maxSuggest    = 200  // bytes of words that are looked at
	maxBeginnings = 200  // symbols that begin so
	maxCommon     = 1024 // issuers looked at, of a word that too many have
)

// Suggest returns up to n issuers, or MaxSuggestions, whom somebody may mean who has
// typed words so far: the one with that CIK; those who have that symbol or had it;
// those with a symbol that begins so, which take at most half of the places left; then
// those in whose name each word begins a word, first names that begin so, then others,
// then former names, of each the one that filed last first. Only issuers are suggested
// of whom a filing is held.
//
// The work is bounded whatever is asked for: where very many names have words that
// begin so, some of them are suggested.
func (s *Store) Suggest(words string, n int) ([]Issuer, error) {
	if n <= 0 || n > MaxSuggestions {
		n = MaxSuggestions
	}
	g := suggestion{words: clip(strings.TrimSpace(words), maxSuggest), want: n, has: map[edgar.CIK]struct{}{}}
	if g.words == "" {
		return nil, nil
	}
	if err := s.db.View(g.read); err != nil {
		return nil, fmt.Errorf("suggesting issuers: %w", err)
	}
	issuers, err := g.choose(s.codec)
	if err != nil {
		return nil, fmt.Errorf("suggesting issuers: %w", err)
	}
	return issuers, nil
}

// suggestion is an answer on its way.
type suggestion struct {
	words string
	want  int

	has   map[edgar.CIK]struct{}
	first []*holding // by number or symbol, in order
	named []*holding // by name, the last to file first
	whole bool       // all of the named have the words in names of theirs
}

// read finds issuers, and copies out what is needed to tell of them.
func (g *suggestion) read(tx *bolt.Tx) error {
	if c, err := edgar.ParseCIK(g.words); err == nil {
		g.add(tx, c)
	}
	holders, err := holdersOf(tx, g.words)
	if err != nil {
		return err
	}
	for _, h := range holders {
		g.add(tx, h.CIK)
	}
	g.beginnings(tx)
	g.names(tx)
	all := slices.Concat(g.first, g.named)
	for _, h := range all {
		h.read(tx)
	}
	nameSymbols(tx, all)
	return nil
}

// add suggests c, unless it is there, or has no filing, or there is no place.
func (g *suggestion) add(tx *bolt.Tx, c edgar.CIK) {
	if _, had := g.has[c]; had || len(g.first) == g.want {
		return
	}
	if h, ok := holdingOf(tx, c); ok {
		g.has[c] = struct{}{}
		g.first = append(g.first, &h)
	}
}

// beginnings suggests issuers whose symbols begin with the words.
func (g *suggestion) beginnings(tx *bolt.Tx) {
	begin := []byte(strings.ToUpper(g.words))
	most := len(g.first) + (g.want-len(g.first)+1)/2
	c := tx.Bucket(bucketTicker).Cursor()
	k, v := c.Seek(begin)
	for n := 0; n < maxBeginnings && len(g.first) < most && bytes.HasPrefix(k, begin); n++ {
		if cik, err := tickerCIK(v); err == nil && bytes.IndexByte(k, 0) < 0 {
			g.add(tx, cik)
		}
		k, v = c.Next()
	}
}

// names finds issuers by the directory of names: three times as many as there are
// places, those who filed last.
func (g *suggestion) names(tx *bolt.Tx) {
	words := nameWords(g.words)
	if len(words) == 0 || len(g.first) == g.want {
		return
	}
	common, whole := commonNamed(tx, words)
	if g.whole = whole; common == nil {
		common = someNamed(tx, slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) }))
	}
	for p := range common {
		c, err := cikFromKey([]byte(p))
		if _, had := g.has[c]; had || err != nil || c.IsZero() {
			continue
		}
		if h, ok := holdingOf(tx, c); ok {
			g.named = append(g.named, &h)
		}
	}
	slices.SortFunc(g.named, func(a, b *holding) int {
		return cmp.Or(b.newest.compare(a.newest), a.issuer.CIK.Compare(b.issuer.CIK))
	})
	g.named = g.named[:min(len(g.named), 3*(g.want-len(g.first)))]
}

// someNamed returns the first issuers, as in keys, under whose names the directory has
// words that begin so: that word itself comes first.
func someNamed(tx *bolt.Tx, begin string) map[string]struct{} {
	begin = clip(begin, maxWord)
	some := map[string]struct{}{}
	c := tx.Bucket(bucketName).Cursor()
	n := 0
	for k, _ := c.Seek([]byte(begin)); n < maxLooked && len(some) < maxCommon && bytes.HasPrefix(k, []byte(begin)); k, _ = c.Next() {
		n++
		some[string(k[len(k)-cikSize:])] = struct{}{}
	}
	return some
}

// choose decodes what was copied out, and returns the issuers in order.
func (g *suggestion) choose(c *codec) (issuers []Issuer, err error) {
	for _, h := range g.first {
		if _, err := h.decode(c); err != nil {
			return nil, err
		}
		issuers = append(issuers, h.issuer)
	}
	ranked := make([][]Issuer, elsewhere+1)
	words := nameWords(g.words)
	for _, h := range g.named {
		x, err := h.decode(c)
		if err != nil {
			return nil, err
		}
		if r := rankOf(x, words); r < elsewhere || g.whole {
			ranked[r] = append(ranked[r], h.issuer)
		}
	}
	issuers = append(issuers, slices.Concat(ranked...)...)
	return issuers[:min(len(issuers), g.want)], nil
}

// Where words stand in the names of an issuer.
const (
	inFront   = iota // the first of them begins the name
	inName           // all begin words of the name
	inFormer         // of a former one
	elsewhere        // of names that the newest filing does not tell
)

func rankOf(x *parse.Filer, words []string) int {
	switch {
	case x == nil:
		return elsewhere
	case nameMatches(x.Name, words):
		if first, _ := nextWord(x.Name); beginsWith(first, words[0]) {
			return inFront
		}
		return inName
	case slices.ContainsFunc(x.FormerNames, func(n parse.FormerName) bool { return nameMatches(n.Name, words) }):
		return inFormer
	}
	return elsewhere
}

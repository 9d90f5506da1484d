package serve

import (
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// beside is how many filings of an issuer are asked for to find the one before or after
// another: those of one day come among them.
const beside = 20

// neighbours are the filings that the first filer of f made before and after it, nil for
// none.
func neighbours(ix index.Reader, f *parse.Filing) (before, after *parse.Filing, err error) {
	if len(f.Filers) == 0 || f.Filers[0].CIK.IsZero() || f.Filed.IsZero() {
		return nil, nil, nil
	}
	issuer := []edgar.CIK{f.Filers[0].CIK}
	if before, err = behind(ix, f, index.Query{CIKs: issuer, To: f.Filed}); err != nil {
		return nil, nil, err
	}
	after, err = behind(ix, f, index.Query{CIKs: issuer, From: f.Filed, OldestFirst: true})
	return before, after, err
}

// behind is what comes behind f where a query begins, nil when nothing does.
func behind(ix index.Reader, f *parse.Filing, q index.Query) (*parse.Filing, error) {
	q.Limit = beside
	p, err := ix.Find(q)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Filings, func(g *parse.Filing) bool { return g.Accession == f.Accession })
	if i < 0 || i+1 >= len(p.Filings) {
		return nil, nil
	}
	return p.Filings[i+1], nil
}

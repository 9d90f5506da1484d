package index

import (
	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// plan is how a query is answered out of the keys as they are in one transaction.
type plan struct {
	lanes [][]span // wanted is what has a key in every lane, in any of its spans
	words []string // and these words in the names in front of its value
	rest  Query    // and what only the filing itself can tell
}

// plan makes the lanes of w's query.
func (w *walk) plan(tx *bolt.Tx) *plan {
	q := &w.q
	p := &plan{words: nameWords(q.Name)}
	add := func(bucket []byte, prefixes [][]byte) {
		if len(prefixes) > 0 {
			p.lanes = append(p.lanes, w.spans(bucket, prefixes))
		}
	}
	add(bucketCIK, prefixesOf(q.CIKs, cikPrefix))
	add(bucketItem, prefixesOf(q.Items, namePrefix))
	for _, number := range q.AllItems {
		add(bucketItem, [][]byte{namePrefix(number)})
	}
	add(bucketForm, prefixesOf(q.Forms, func(f edgar.Form) []byte { return namePrefix(f.String()) }))
	if len(p.lanes) == 0 {
		add(bucketDate, [][]byte{nil})
	}
	p.rest = Query{
		SICs: q.SICs, States: q.States, Amendment: q.Amendment, Exhibits: q.Exhibits, Warnings: q.Warnings,
		PeriodFrom: q.PeriodFrom, PeriodTo: q.PeriodTo, AcceptedFrom: q.AcceptedFrom, AcceptedTo: q.AcceptedTo, Withdrawn: q.Withdrawn,
	}
	return p
}

func prefixesOf[T any](values []T, prefix func(T) []byte) (ps [][]byte) {
	for _, v := range values {
		ps = append(ps, prefix(v))
	}
	return ps
}

func (w *walk) spans(bucket []byte, prefixes [][]byte) (ss []span) {
	for _, p := range prefixes {
		ss = append(ss, span{bucket, p, w.window})
	}
	return ss
}

// allows looks at what stands in front of a filing's value.
func (p *plan) allows(raw []byte) (bool, error) {
	if len(p.words) == 0 {
		return true, nil
	}
	names, _, err := splitFiling(raw)
	return err == nil && namesMatch(names, p.words), err
}

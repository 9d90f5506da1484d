package index

import (
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// maxCandidates is how many filings of one issuer and event, or day, are looked at.
// Depositors of asset-backed securities file hundreds a day.
const maxCandidates = 256

// maxWaiting is how many entries of a day are looked through.
const maxWaiting = 1000

// link fills in what the amendments among fs amend.
func (s *Store) link(fs ...*parse.Filing) error {
	if !slices.ContainsFunc(fs, isAmendment) {
		return nil
	}
	return s.db.View(func(tx *bolt.Tx) error {
		for _, f := range fs {
			if isAmendment(f) {
				if err := linkIn(tx, f); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func isAmendment(f *parse.Filing) bool { return f.Form.IsAmendment() }

// linkIn fills in what the amendment f amends.
func linkIn(tx *bolt.Tx, f *parse.Filing) (err error) {
	var listed []edgar.CIK
	if e, err := getEntry(tx, f.Accession); err == nil {
		listed = e.CIKs
	}
	c := claimOf(f, listed)
	if c.coverageFrom, err = coverageOf(tx); err != nil {
		return err
	}
	g := gathering{tx: tx, claim: c}
	for _, cik := range c.ciks {
		for _, event := range []edgar.Date{c.event, c.statedDated} {
			if !event.IsZero() {
				g.scan(bucketEvent, eventPrefix(cik, event), edgar.Date{}, f.Filed)
			}
		}
		if day := c.statedFiled; !day.IsZero() {
			g.scan(bucketCIK, cikPrefix(cik), day, day.AddDays(maxNextDay))
		}
	}
	for i := range g.held {
		if err := g.look(&g.held[i]); err != nil {
			return err
		}
	}
	if f.Amends = c.link(g.held, g.crowded); f.Amends.Status == parse.AmendsNone && !c.statedFiled.IsZero() {
		if e, _ := g.waiting(c.statedFiled); e != nil {
			f.Amends.Evidence += fmt.Sprintf("; %s (%s), listed for %s, is %s and not held", e.Accession, e.Form, e.Filed, e.State)
		}
	}
	return nil
}

// gathering looks up the candidates of a claim.
type gathering struct {
	tx      *bolt.Tx
	claim   *claim
	refs    []ref // of held
	held    []candidate
	crowded bool // there are more
}

// scan takes the filings under a prefix that were filed on the days or between.
func (g *gathering) scan(bucket, prefix []byte, from, to edgar.Date) {
	all := eachRef(g.tx, bucket, prefix, from, to, maxCandidates, func(r ref) bool {
		g.add(r)
		return len(g.held) < maxCandidates
	})
	g.crowded = g.crowded || !all
}

// add takes the filing at r unless it is there, or the amendment itself, or of a
// form that does not count.
func (g *gathering) add(r ref) {
	if slices.Contains(g.refs, r) {
		return
	}
	acc, err := r.accession()
	filed, err2 := r.date()
	if err != nil || err2 != nil || acc == g.claim.accession {
		return
	}
	for _, forms := range [...][]edgar.Form{g.claim.originals, g.claim.amendments} {
		for _, form := range forms {
			if has(g.tx, bucketForm, namePrefix(form.String()), r) {
				g.refs = append(g.refs, r)
				g.held = append(g.held, candidate{accession: acc, form: form, filed: filed})
				return
			}
		}
	}
}

// look looks up what keys tell of a candidate.
func (g *gathering) look(x *candidate) error {
	r := makeRef(x.filed, x.accession)
	if v := g.tx.Bucket(bucketDate).Get(r[:]); v != nil {
		f, err := decodeFacts(v)
		if err != nil {
			return err
		}
		x.period, x.accepted = f.period, f.accepted
	}
	for _, cik := range g.claim.ciks {
		if has(g.tx, bucketCIK, cikPrefix(cik), r) {
			x.shared++
		}
	}
	for _, it := range g.claim.items {
		if has(g.tx, bucketItem, namePrefix(keyName(it)), r) {
			x.items = append(x.items, it)
		}
	}
	if g.claim.ofExhibits() {
		x.acquires = has(g.tx, bucketItem, namePrefix("2.01"), r) || has(g.tx, bucketItem, namePrefix("2"), r)
	}
	if len(x.items) == 0 {
		x.itemless = has(g.tx, bucketWarning, namePrefix(string(parse.CodeNoItems)), r)
	}
	e, err := getEntry(g.tx, x.accession)
	x.withdrawn = err == nil && e.State == Withdrawn
	x.alone = g.claim.ofStatedDay(x) && g.claim.unlike(x) && g.complete(x.filed)
	return nil
}

// complete reports whether all that EDGAR lists of the issuer for a day is held, as
// far as this archive can tell: it means to reach back so far, and nothing waits to
// be fetched, or was given up.
func (g *gathering) complete(day edgar.Date) bool {
	if from := g.claim.coverageFrom; from.IsZero() || day.Before(from) {
		return false
	}
	_, all := g.waiting(day)
	return all
}

// waiting looks for what the issuer filed on a day that can be the original and is
// listed, but not held; all reports that there is no such.
func (g *gathering) waiting(day edgar.Date) (found *Entry, all bool) {
	for _, state := range []State{Discovered, Deferred, Rejected} {
		all = eachRef(g.tx, bucketStands, state.code(), day, day, maxWaiting, func(r ref) bool {
			acc, err := r.accession()
			if err != nil {
				return false
			}
			e, err := getEntry(g.tx, acc)
			if err == nil && slices.Contains(g.claim.originals, e.Form) && slices.ContainsFunc(e.CIKs, g.claim.isIssuer) {
				found = &e
			}
			return err == nil && found == nil
		})
		if !all {
			break
		}
	}
	return found, all
}

// has reports whether a lane has the ref under a prefix.
func has(tx *bolt.Tx, bucket, prefix []byte, r ref) bool {
	return tx.Bucket(bucket).Get(append(prefix, r[:]...)) != nil
}

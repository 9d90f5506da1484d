package index

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// plan is how a query is answered out of the keys as they are in one transaction.
type plan struct {
	tx     *bolt.Tx
	window window // of the filing dates wanted
	q      *Query
	lanes  [][]stretch // wanted is what has a key in every lane, in any of its stretches
	facts  bool        // and whose facts fit
	words  []string    // and these words in the names in front of its value
	rest   Query       // and what only the filing itself can tell
}

func (w *walk) plan(tx *bolt.Tx) *plan {
	p := &plan{tx: tx, window: w.window, q: &w.q}
	p.filers()
	p.content()
	p.times()
	if len(p.lanes) == 0 {
		p.add(bucketDate, [][]byte{nil})
	}
	return p
}

// add makes a lane of the keys with any of the prefixes.
func (p *plan) add(bucket []byte, prefixes [][]byte) {
	var ss []stretch
	for _, prefix := range prefixes {
		ss = append(ss, stretch{bucket, prefix, p.window})
	}
	p.lanes = append(p.lanes, ss)
}

// addNames makes a lane of the keys with any of the names, if any is wanted.
func addNames[T any](p *plan, bucket []byte, names []T, prefix func(T) []byte) {
	if len(names) == 0 {
		return
	}
	var prefixes [][]byte
	for _, n := range names {
		prefixes = append(prefixes, prefix(n))
	}
	p.add(bucket, prefixes)
}

// kinds is a range of names in a bucket, from one to before another.
type kinds struct{ from, to string }

// begins is the names that begin so.
func begins(s string) kinds {
	to := strings.TrimRight(s, "\xff")
	if to == "" {
		return kinds{s, "\xff"}
	}
	last := len(to) - 1
	return kinds{s, to[:last] + string([]byte{to[last] + 1})}
}

// exhibitKinds is the numbers that a query for an exhibit wants: of a group, the
// group itself and what follows it with anything but a digit.
func exhibitKinds(number string) []kinds {
	number, alone := strings.CutPrefix(number, "=")
	if alone || exhibitGroup(number) != number {
		return []kinds{{number, number + "\x01"}}
	}
	return []kinds{{number, number + "0"}, {number + ":", begins(number).to}}
}

// addKinds makes a lane of those names in the ranges that are wanted, and reports
// whether they are few enough to be one.
func (p *plan) addKinds(bucket []byte, ranges []kinds, wanted func(name string) bool) bool {
	var prefixes [][]byte
	looked := 0
	for _, r := range ranges {
		c := p.tx.Bucket(bucket).Cursor()
		for k, _ := c.Seek([]byte(r.from)); k != nil && string(k) < r.to; looked++ {
			name, _, found := bytes.Cut(k, []byte{0})
			if looked == MaxValues || !found {
				return false
			}
			prefix := namePrefix(string(name))
			if wanted(string(name)) {
				prefixes = append(prefixes, prefix)
			}
			k, _ = c.Seek(append(bytes.Clone(name), 1))
		}
	}
	slices.SortFunc(prefixes, bytes.Compare)
	p.add(bucket, slices.CompactFunc(prefixes, bytes.Equal))
	return true
}

func anyName(string) bool { return true }

func (p *plan) filers() {
	q := p.q
	addNames(p, bucketCIK, q.CIKs, cikPrefix)
	addNames(p, bucketPlace, q.States, namePrefix)
	var codes []kinds
	for _, s := range q.SICs {
		codes = append(codes, begins(s))
	}
	wanted := func(sic string) bool {
		return slices.ContainsFunc(q.SICs, func(s string) bool { return strings.HasPrefix(sic, s) })
	}
	if len(codes) > 0 && !p.addKinds(bucketSIC, codes, wanted) {
		p.rest.SICs = q.SICs
	}
	if p.words = nameWords(q.Name); len(p.words) > 0 {
		if ciks, few := findNames(p.tx, p.words); few {
			p.add(bucketCIK, ciks)
		}
	}
}

func (p *plan) content() {
	q := p.q
	addNames(p, bucketItem, q.Items, namePrefix)
	for _, number := range q.AllItems {
		p.add(bucketItem, [][]byte{namePrefix(number)})
	}
	addNames(p, bucketForm, q.Forms, func(f edgar.Form) []byte { return namePrefix(f.String()) })
	if q.Amendment != nil && !p.addKinds(bucketForm, []kinds{begins("")}, q.wantsForm) {
		p.rest.Amendment = q.Amendment
	}
	var numbers []kinds
	for _, x := range q.Exhibits {
		numbers = append(numbers, exhibitKinds(x)...)
	}
	if len(numbers) > 0 && !p.addKinds(bucketExhibit, numbers, anyName) {
		p.rest.Exhibits = q.Exhibits
	}
	addNames(p, bucketWarning, q.Warnings, func(c parse.Code) []byte { return namePrefix(string(c)) })
}

// wantsForm reports whether the name of a form in a key is that of an amendment,
// or is not, as wanted.
func (q *Query) wantsForm(name string) bool {
	f, err := edgar.ParseForm(name)
	return err == nil && f.IsAmendment() == *q.Amendment
}

// read returns the value of the filing at r, nil when facts or names say that it is
// not wanted.
func (p *plan) read(r ref) ([]byte, error) {
	if p.facts {
		f, err := decodeFacts(p.tx.Bucket(bucketDate).Get(r[:]))
		if err != nil {
			return nil, fmt.Errorf("facts of %x: %w", r, err)
		}
		if !p.q.factsFit(f) {
			return nil, nil
		}
	}
	raw := p.tx.Bucket(bucketFiling).Get(r.accessionKey())
	if raw == nil {
		a, _ := r.accession()
		return nil, fmt.Errorf("filing %s has keys and is not there: %w", a, ErrDamaged)
	}
	if len(p.words) == 0 {
		return raw, nil
	}
	names, _, err := splitFiling(raw)
	if err != nil || !namesMatch(names, p.words) {
		return nil, err
	}
	return raw, nil
}

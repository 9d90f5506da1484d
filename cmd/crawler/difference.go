package main

import (
	"fmt"
	"slices"
	"strings"

	"example.com/edgard/crawl"
)

// differenceText says of each kind what it means.
func differenceText(k crawl.DifferenceKind) string {
	switch k {
	case crawl.NoEntry:
		return "listed, but not in the index"
	case crawl.NotListed:
		return "not listed, and not withdrawn"
	case crawl.NotFetched:
		return "not fetched yet"
	case crawl.NotArchived:
		return "recorded, but not in the archive"
	case crawl.NotRecorded:
		return "in the archive, but not recorded"
	case crawl.ArchiveDiffers:
		return "the archive has other bytes than were recorded"
	case crawl.ArchiveDamaged:
		return "damaged in the archive"
	case crawl.NoListing:
		return "listing missing"
	case crawl.ListingUnread:
		return "listing not read"
	case crawl.ListingShrunk:
		return "listing not trusted"
	case crawl.ListingDamaged:
		return "listing damaged or gone"
	case crawl.IndexDamaged:
		return "damaged in the index"
	case crawl.KeyDiffers:
		return "wrong key in the index"
	}
	return string(k)
}

// remedies says what to do about differences, each thing once.
func remedies(ds []crawl.Difference) (todo []string) {
	const again, anew = "crawler sync", "crawler reindex, then crawler sync"
	var kinds []crawl.DifferenceKind
	for _, d := range ds {
		kinds = append(kinds, d.Kind)
	}
	light := []crawl.DifferenceKind{crawl.NotListed, crawl.NotFetched, crawl.NoListing, crawl.ListingUnread, crawl.ListingShrunk}
	if slices.ContainsFunc(kinds, func(k crawl.DifferenceKind) bool { return !slices.Contains(light, k) }) {
		todo = append(todo, anew)
	} else if slices.ContainsFunc(kinds, func(k crawl.DifferenceKind) bool { return k != crawl.ListingShrunk }) {
		todo = append(todo, again)
	}
	if slices.Contains(kinds, crawl.ListingShrunk) {
		todo = append(todo, again+" --accept-withdrawals, if the listing is right")
	}
	return todo
}

const shownDifferences = 20

// differences prints the first of all differences, or all that are named, and what
// is to be done.
func (a *app) differences(named []crawl.Difference, total int, all bool, todo ...string) error {
	if total == 0 {
		return nil
	}
	t := &table{columns: []column{{name: "what"}, {name: "difference", style: always(red)}, {name: "detail", min: 20}}}
	for i, d := range named {
		if i == shownDifferences && !all {
			named = named[:i]
			break
		}
		what := d.Listing
		if !d.Accession.IsZero() {
			what = d.Accession.String()
		}
		t.add(what, differenceText(d.Kind), d.Detail)
	}
	if _, err := fmt.Fprintln(a.out); err != nil {
		return err
	}
	err := t.write(a.out)
	if more := total - len(named); err == nil && more > 0 {
		_, err = fmt.Fprintf(a.out, "and %s more\n", count(more))
	}
	if err == nil && len(todo) > 0 && !a.quiet {
		_, err = fmt.Fprintf(a.out, "\nwhat to do: %s\n", strings.Join(todo, "; "))
	}
	return err
}

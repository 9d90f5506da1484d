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

// remedies says what to do about differences, each thing once. A reindex takes an
// archive for all there is: what that lost is fetched before.
func remedies(ds []crawl.Difference) (todo []string) {
	some := func(kinds ...crawl.DifferenceKind) bool {
		return slices.ContainsFunc(ds, func(d crawl.Difference) bool { return slices.Contains(kinds, d.Kind) })
	}
	if some(crawl.NotArchived, crawl.NotRecorded, crawl.ArchiveDiffers, crawl.ArchiveDamaged, crawl.IndexDamaged, crawl.KeyDiffers) {
		todo = append(todo, "crawler verify --repair")
	}
	if some(crawl.NoEntry, crawl.ListingDamaged) {
		todo = append(todo, "crawler reindex, then crawler sync")
	} else if some(crawl.NotListed, crawl.NotFetched, crawl.NoListing, crawl.ListingUnread) {
		todo = append(todo, "crawler sync")
	}
	if some(crawl.ListingShrunk) {
		todo = append(todo, "crawler sync --accept-withdrawals, if the listing is right")
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

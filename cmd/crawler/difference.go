package main

import (
	"fmt"

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
	}
	return string(k)
}

const shownDifferences = 20

// differences prints the first of all differences, or all that are named.
func (a *app) differences(named []crawl.Difference, total int, all bool) error {
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
	return err
}

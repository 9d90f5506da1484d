package main

import "slices"

// The live sources of new filings that run may ask.
const (
	feedCurrent = "getcurrent" // the Atom feed of the latest filings
	feedXBRL    = "xbrlrss"    // the RSS of filings with XBRL
)

func setFeeds(c *config, v value) error {
	words, err := v.list()
	if err != nil {
		return err
	}
	for _, w := range words {
		if _, err := oneOf(feedCurrent, feedXBRL)(w); err != nil {
			return err
		}
	}
	c.Feeds = words
	return nil
}

// liveFeeds returns the sources to ask for a configured list: where getcurrent is
// not in it, the RSS takes its place.
func liveFeeds(configured []string) []string {
	if !slices.Contains(configured, feedCurrent) {
		return []string{feedXBRL}
	}
	feeds := slices.Sorted(slices.Values(configured))
	return slices.Compact(feeds)
}

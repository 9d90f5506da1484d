package serve

import (
	"testing"

	"example.com/edgard/parse"
)

func TestItemsOfOneTextSaySoOnce(t *testing.T) {
	items := []parse.Item{
		{Number: "1", Heading: "Items 1 and 3", Text: "None.", Offset: 10, Length: 5, SharedWith: []string{"3"}, Source: parse.SourceBody},
		{Number: "3", Heading: "Items 1 and 3", Text: "None.", Offset: 10, Length: 5, SharedWith: []string{"1"}, Source: parse.SourceBody},
		{Number: "5", Heading: "Other Matters", Text: "Much.", Offset: 90, Length: 5, Source: parse.SourceBody},
	}
	v := filingOfHeld(&held{Filing: &parse.Filing{Items: items}})
	for i, want := range []struct {
		heading, same string
		notes         int
		text          bool
	}{{"Items 1 and 3", "", 1, true}, {"", "item-1", 0, false}, {"Other Matters", "", 0, true}} {
		got := v.Items[i]
		if got.Heading != want.heading || got.SameID != want.same || len(got.Notes) != want.notes || (got.Text != "") != want.text {
			t.Errorf("item %s: printed as %q, text as %q, notes %q, text %q; want %+v", got.Number, got.Heading, got.SameID, got.Notes, got.Text, want)
		}
	}
}

package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeadingsOfOddSpellings(t *testing.T) {
	for heading, number := range map[string]string{
		"I tem 8.01 Other Events":                         "8.01",
		"It em 8.01 Other Events":                         "8.01",
		"(Item 8.01) Other Events":                        "8.01",
		"Other Events (Item 8.01)":                        "8.01",
		"Regulation FD Disclosure (Item 7.01).":           "7.01",
		"Item 8.01<sup>1</sup> Other Events":              "8.01",
		"“Item 8.01 Other Events”":                        "8.01",
		"Section 8.01 Other Events":                       "8.01",
		"Item 801 Other Events":                           "8.01",
		"Sub-Item 5.02(e) Compensatory Arrangements":      "5.02",
		"ITEM V. OTHER EVENTS":                            "5",
		"Item VII. Financial Statements and Exhibits":     "7",
		"Item II - Acquisition or Disposition of Assets.": "2",
	} {
		got := itemsOn(t, "<html><body><p>FORM 8-K</p><p><b>"+heading+"</b></p><p>We moved.</p>"+clause, Header{})
		printed := strings.NewReplacer("<sup>", "", "</sup>", "").Replace(heading)
		if diff := cmp.Diff([]string{number + "|" + printed + "|We moved."}, got); diff != "" {
			t.Errorf("%q: items (-want +got):\n%s", heading, diff)
		}
	}
}

func TestOddSpellingsNeedTheCaption(t *testing.T) {
	for _, line := range []string{
		"Item 402 of Regulation S-K", "Item 801 of the plan", "Section 8.01 Notices", "Section 5.02 Officers", "(Item 7.01 is furnished)", "as said above (Item 7.01)",
		"“Item 7.01 Regulation FD Disclosure” says so", "ITEM V OF THE PLAN", "Item I think", "See Regulation FD Disclosure below (Item 7.01)",
	} {
		got := itemsOn(t, "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><p>"+line+"</p><p>It is.</p>"+clause, Header{})
		if diff := cmp.Diff([]string{"8.01|Item 8.01 Other Events|We moved.\n" + line + "\nIt is."}, got); diff != "" {
			t.Errorf("items (-want +got):\n%s", diff)
		}
	}
}

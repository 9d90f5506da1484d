package parse_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/edgard/parse"
)

func TestWhatOnlyPrintsAFormsNameIsNoReport(t *testing.T) {
	for name, s := range map[string]string{
		"a note":           "What I think\n\nFORM 8-K\n\nis a form.\n",
		"a program":        "\x7fELF\x02\x01\x01\x00\x00 FORM 8-K CURRENT REPORT",
		"a PDF":            "%PDF-1.4\nFORM 8-K\n\x00\x01 CURRENT REPORT",
		"a filing's index": "<html><body><div>Form 8-K - Current report:</div><div>SEC Accession No. 0009900017-26-000088</div></body></html>",
		"a table":          `{"name":"FORM 13FINFOTABLE.XML","exchange":"SECURITIES AND EXCHANGE COMMISSION"}`,
		"a name":           "FORM 1-768\nSECURITIES",
		"nothing":          "",
	} {
		if f, err := parse.ReadFiling(strings.NewReader(s)); !errors.Is(err, parse.ErrNotSubmission) {
			t.Errorf("%s: read as %v, %v; want ErrNotSubmission", name, f, err)
		}
	}
}

func TestAReaderThatFailsIsNotReadAsShort(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader("SECURITIES AND EXCHANGE COMMISSION\nFORM 8-K\n"), iotest.ErrReader(broken))
	if _, err := parse.ReadFiling(r); !errors.Is(err, broken) {
		t.Errorf("got %v, want what the reader returned", err)
	}
}

func TestContextsInsideMembersAreNoMembers(t *testing.T) {
	s := "<html><body><p>SECURITIES AND EXCHANGE COMMISSION</p><p>FORM 8-K</p>" +
		`<xbrli:context id="a"><xbrldi:explicitMember dimension="x">y<xbrli:context id="b"></xbrli:context></xbrldi:explicitMember></xbrli:context></body></html>`
	if _, err := parse.ReadFiling(strings.NewReader(s)); err != nil {
		t.Error(err)
	}
}

package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// report is a made report of Form 8-K, by company 1, unless it says otherwise.
type report struct {
	n         int
	form      string
	filed     string
	period    string // "-": none
	items     string // "2.02 9.01"
	ciks      []int
	accepted  string
	note      *parse.AmendmentNote
	withdrawn bool
}

func (r report) filing() *parse.Filing {
	if r.ciks == nil {
		r.ciks = []int{1}
	}
	f := made(r.n, r.filed, r.ciks...)
	if r.form != "" {
		f.Form = form(r.form)
	}
	f.Amendment = f.Form.IsAmendment()
	if r.period == "-" {
		f.Period, f.Cover = edgar.Date{}, nil
	} else if r.period != "" {
		f.Period = day(r.period)
		f.Cover.DateOfReport = f.Period
	}
	f.Accepted = at("0001-01-01T00:00:00Z")
	if r.accepted != "" {
		f.Accepted = at(r.accepted)
	}
	f.Items = nil
	for number := range strings.FieldsSeq(r.items) {
		f.Items = append(f.Items, parse.Item{Number: number, Source: parse.SourceBoth})
	}
	f.AmendmentNote = r.note
	return f
}

func said(filed, dated string, number int) *parse.AmendmentNote {
	n := &parse.AmendmentNote{Number: number, Text: "The text says so."}
	if filed != "" {
		n.OriginalFiled = day(filed)
	}
	if dated != "" {
		n.OriginalDated = day(dated)
	}
	return n
}

var linking = []struct {
	name      string
	held      []report
	amendment report
	status    string
	to        int      // the report linked
	evidence  []string // words that it has
}{
	{"the only original of issuer and event",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "5.02"}, {n: 2, filed: "2024-03-04", period: "2024-02-27", items: "5.02"}, {n: 3, ciks: []int{2}, filed: "2024-03-04", period: "2024-03-01", items: "5.02"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "5.02 9.01"},
		"linked", 1, []string{"same issuer (CIK 1) and event (2024-03-01)", "items in common: 5.02", "the only 8-K held that fits"}},
	{"of several the one with the items",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "5.02"}, {n: 2, filed: "2024-03-04", period: "2024-03-01", items: "2.02 9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "2.02 9.01"},
		"linked", 2, []string{"of 2 that fit the one with the most items in common"}},
	{"of several with the items none",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}, {n: 2, filed: "2024-03-05", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"ambiguous", 0, []string{"2 filings fit equally", acc(1).String() + " (8-K, filed 2024-03-04)", acc(2).String()}},
	{"of several the one filed on the day that the text names",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}, {n: 2, filed: "2024-03-05", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01", note: said("2024-03-05", "", 1)},
		"linked", 2, []string{"filed on 2024-03-05, as the text says of the original"}},
	{"filed after hours bears the next day",
		[]report{{n: 1, filed: "2024-03-05", period: "2024-03-01", items: "8.01", accepted: "2024-03-04T23:10:00Z"}, {n: 2, filed: "2024-03-07", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01", note: said("2024-03-04", "", 0)},
		"linked", 1, []string{"filed on 2024-03-05; the text says of the original: on 2024-03-04"}},
	{"the amendment gives its own day for the event",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-10", period: "2024-05-10", items: "9.01", note: said("2024-03-04", "", 1)},
		"linked", 1, []string{"event of 2024-03-01 there, of 2024-05-10 here", "as the text says"}},
	{"the amendment has no period at all",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-10", period: "-", items: "9.01", note: said("2024-03-04", "", 1)},
		"linked", 1, []string{"of no date here"}},
	{"the original has no period",
		[]report{{n: 1, filed: "1997-03-04", period: "-", items: "2"}},
		report{n: 9, form: "8-K/A", filed: "1997-05-10", period: "1997-03-01", items: "7", note: said("1997-03-04", "", 1)},
		"linked", 1, []string{"same issuer (CIK 1)"}},
	{"dated as the text says, by another event than the header's",
		[]report{{n: 1, filed: "1997-03-04", period: "1997-03-01", items: "2"}},
		report{n: 9, form: "8-K/A", filed: "1997-05-10", period: "1997-05-09", items: "7", note: said("", "1997-03-01", 0)},
		"linked", 1, []string{"the text says that the original is dated 1997-03-01"}},
	{"the text names another day than that of the only one held",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01", note: said("2024-03-12", "", 0)},
		"ambiguous", 0, []string{"1 original of the same issuer and event (2024-03-01) held", acc(1).String(), "but the text says that the original was filed on 2024-03-12"}},
	{"another report of the day that the text names is not taken for the original",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-04", items: "2.02"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "5.02", note: said("2024-03-04", "", 0)},
		"ambiguous", 0, []string{"no item in common with the amendment (5.02), and is of another event (2024-03-04)"}},
	{"no item in common speaks against the only one",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.02 9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "5.02 9.01"},
		"ambiguous", 0, []string{"no item in common with the amendment (5.02)"}},
	{"a wrong item corrected, as the text explains",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01 9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-05", period: "2024-03-01", items: "2.02 9.01", note: said("2024-03-04", "", 0)},
		"linked", 1, []string{"none of 2.02 in common, but EDGAR lists no other report"}},
	{"a wrong item corrected, from before the archive begins",
		[]report{{n: 1, filed: "2023-03-04", period: "2023-03-01", items: "2.01 9.01"}},
		report{n: 9, form: "8-K/A", filed: "2023-03-05", period: "2023-03-01", items: "2.02 9.01", note: said("2023-03-04", "", 0)},
		"ambiguous", 0, []string{"filed on the day that the text says the original was", "no item in common with the amendment (2.02)"}},
	{"an earlier amendment with other items is of another report",
		[]report{{n: 2, form: "8-K/A", filed: "2024-04-04", period: "2024-03-01", items: "5.02"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-04", period: "2024-03-01", items: "8.01"},
		"none", 0, nil},
	{"the numbers of items changed in between",
		[]report{{n: 1, filed: "2004-08-20", period: "2004-08-19", items: "12"}},
		report{n: 9, form: "8-K/A", filed: "2004-08-30", period: "2004-08-19", items: "2.02"},
		"linked", 1, nil},
	{"financial statements of an acquisition reported the same day as results",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "1.01 2.01"}, {n: 2, filed: "2024-03-04", period: "2024-03-01", items: "2.02 9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-10", period: "2024-03-01", items: "9.01"},
		"linked", 1, []string{"that reports an acquisition"}},
	{"an original filed after the amendment is none",
		[]report{{n: 1, filed: "2024-03-21", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"none", 0, []string{"no 8-K of the issuer held for its event (2024-03-01)", "this archive begins with 2024-01-01"}},
	{"of the same day the earlier one, by the time of acceptance",
		[]report{{n: 1, filed: "2024-03-20", period: "2024-03-20", items: "8.01", accepted: "2024-03-20T13:00:00Z"}, {n: 2, filed: "2024-03-20", period: "2024-03-20", items: "8.01", accepted: "2024-03-20T20:00:00Z"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-20", items: "8.01", accepted: "2024-03-20T17:00:00Z"},
		"linked", 1, []string{"both filed on 2024-03-20"}},
	{"the second amendment amends the original, too",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01"}, {n: 2, form: "8-K/A", filed: "2024-04-04", period: "2024-03-01", items: "9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-04", period: "2024-03-01", items: "9.01", note: said("", "", 2)},
		"linked", 1, []string{"this is Amendment No. 2"}},
	{"an earlier amendment where the original is not held",
		[]report{{n: 2, form: "8-K/A", filed: "2024-04-04", period: "2024-03-01", items: "9.01"}, {n: 3, form: "8-K/A", filed: "2024-04-14", period: "2024-03-01", items: "9.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-05-04", period: "2024-03-01", items: "9.01", note: said("2024-03-04", "", 3)},
		"linked", 3, []string{"an earlier amendment, filed 2024-04-14: the original is not held", "was filed on 2024-03-04"}},
	{"an original withdrawn is told",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01", withdrawn: true}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 1, []string{"since withdrawn"}},
	{"of a report filed twice the one that is not withdrawn",
		[]report{{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01", withdrawn: true}, {n: 2, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 2, []string{"that is not withdrawn"}},
	{"any of several filers will do",
		[]report{{n: 1, ciks: []int{1, 2}, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", ciks: []int{2, 3}, filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 1, []string{"1 of 2 filers the same"}},
	{"the same filers before some of them",
		[]report{{n: 1, ciks: []int{1}, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}, {n: 2, ciks: []int{1, 2}, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", ciks: []int{1, 2}, filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 2, []string{"with the most filers in common"}},
	{"a successor's report, by its own form first",
		[]report{{n: 1, form: "8-K12B", filed: "2024-03-04", period: "2024-03-01", items: "8.01"}, {n: 2, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K12B/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 1, []string{"on Form 8-K12B"}},
	{"a successor's report amended on the plain form",
		[]report{{n: 1, form: "8-K12G3", filed: "2024-03-04", period: "2024-03-01", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"},
		"linked", 1, []string{"filed on Form 8-K12G3"}},
	{"an amendment of another kind of report",
		[]report{{n: 1, form: "10-Q", filed: "2024-05-04", period: "2024-03-31", items: ""}, {n: 2, filed: "2024-04-04", period: "2024-03-31", items: "8.01"}},
		report{n: 9, form: "10-Q/A", filed: "2024-06-20", period: "2024-03-31", items: ""},
		"linked", 1, []string{"the only 10-Q held that fits"}},
	{"what the archive cannot have",
		nil,
		report{n: 9, form: "8-K/A", filed: "2024-01-20", period: "2023-11-20", items: "9.01", note: said("2023-11-24", "", 1)},
		"none", 0, []string{"filed on 2023-11-24, as the text says of the original, nor one of its event (2023-11-20); this archive begins with 2024-01-01"}},
	{"nothing to look for",
		[]report{{n: 1, filed: "2024-03-04", period: "-", items: "8.01"}},
		report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "-", items: "8.01"},
		"none", 0, []string{"has no period of report, and its text does not say"}},
}

func TestAnAmendmentIsLinkedToWhatItAmendsInWhateverOrderTheyCome(t *testing.T) {
	for _, tt := range linking {
		t.Run(tt.name, func(t *testing.T) {
			reports := append(slices.Clone(tt.held), tt.amendment)
			for _, order := range []string{"oldest first", "newest first"} {
				s := openTemp(t)
				must(t, s.SetCoverage(day("2024-01-01")))
				for _, r := range reports {
					must(t, s.Record(r.filing()))
					if r.withdrawn {
						must(t, s.Withdraw(acc(r.n), "not listed any more"))
					}
				}
				f, err := s.Filing(acc(tt.amendment.n))
				must(t, err)
				checkAmends(t, order, f.Amends, tt.status, tt.to, tt.evidence)
				slices.Reverse(reports)
			}
		})
	}
}

func checkAmends(t *testing.T, order string, got *parse.Amends, status string, to int, evidence []string) {
	t.Helper()
	if got == nil {
		t.Fatalf("%s: amends nothing at all, want %s", order, status)
	}
	want := edgar.Accession{}
	if to > 0 {
		want = acc(to)
	}
	if got.Status != status || got.Accession != want {
		t.Errorf("%s: %s %v, want %s %v: %s", order, got.Status, got.Accession, status, want, got.Evidence)
	}
	for _, words := range evidence {
		if !strings.Contains(got.Evidence, words) {
			t.Errorf("%s: evidence %q, want %q in it", order, got.Evidence, words)
		}
	}
}

func TestWhatIsListedAndNotHeldMayBeTheOriginal(t *testing.T) {
	s := openTemp(t)
	must(t, s.SetCoverage(day("2024-01-01")))
	discover(t, s, "2024Q1", row(2, 1, "2024-03-04"), row(3, 7, "2024-03-04"))
	must(t, s.Record(report{n: 8, form: "8-K/A", filed: "2024-03-05", period: "2024-03-01", items: "2.02", note: said("2024-03-04", "", 0)}.filing()))
	alone, err := s.Filing(acc(8))
	must(t, err)
	checkAmends(t, "none held", alone.Amends, "none", 0, []string{acc(2).String() + " (8-K), listed for 2024-03-04, is discovered and not held"})
	must(t, s.Record(report{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01"}.filing()))
	must(t, s.Record(report{n: 9, form: "8-K/A", filed: "2024-03-05", period: "2024-03-01", items: "2.02", note: said("2024-03-04", "", 0)}.filing()))
	f, err := s.Filing(acc(9))
	must(t, err)
	checkAmends(t, "one waits", f.Amends, "ambiguous", 0, []string{"no item in common"})
	must(t, s.Record(report{n: 2, filed: "2024-03-04", period: "2024-03-01", items: "2.02"}.filing()))
	f, err = s.Filing(acc(9))
	must(t, err)
	checkAmends(t, "fetched", f.Amends, "linked", 2, []string{"with the most items in common"})
}

func TestAmendmentsAreToldFromTheirOriginalToo(t *testing.T) {
	s := openTemp(t)
	for _, r := range []report{
		{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "2.01"},
		{n: 2, filed: "2024-03-04", period: "2024-03-01", items: "5.02"},
		{n: 3, form: "8-K/A", filed: "2024-04-04", period: "2024-03-01", items: "2.01 9.01"},
		{n: 4, form: "8-K/A", filed: "2024-05-04", period: "2024-05-04", items: "9.01", note: said("", "2024-03-01", 2)},
		{n: 5, form: "8-K/A", filed: "2024-03-06", period: "2024-03-01", items: "5.02"},
		{n: 6, form: "8-K/A", filed: "2024-03-06", period: "2024-03-01", items: "8.01"},
	} {
		must(t, s.Record(r.filing()))
	}
	for n, want := range map[int][]int{1: {3, 4}, 2: {5}, 3: nil} {
		fs, err := s.Amendments(acc(n))
		must(t, err)
		var got []int
		for _, f := range fs {
			got = append(got, int(f.Accession.Digits()[17]-'0'))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("report %d (-want +got):\n%s", n, diff)
		}
	}
	if _, err := s.Amendments(acc(7)); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestWhatAnAmendmentAmendsIsNotKept(t *testing.T) {
	s := openTemp(t)
	a := report{n: 9, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"}.filing()
	a.Amends = &parse.Amends{Accession: acc(3), Status: parse.AmendsLinked}
	must(t, s.Record(a))
	f, err := s.Filing(acc(9))
	must(t, err)
	checkAmends(t, "alone", f.Amends, "none", 0, []string{"how far back this archive reaches is not known"})
	must(t, s.Record(report{n: 1, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}.filing()))
	p, err := s.Find(Query{})
	must(t, err)
	checkAmends(t, "found", p.Filings[0].Amends, "linked", 1, nil)
	c, err := s.Changes(0, 0)
	must(t, err)
	checkAmends(t, "changed", c.Changes[0].Filing.Amends, "linked", 1, nil)
	if p.Filings[1].Amends != nil {
		t.Errorf("the original amends %+v", p.Filings[1].Amends)
	}
}

func TestADaysFlingOfManyTrustsIsNotSearchedWithoutEnd(t *testing.T) {
	s := openTemp(t)
	var fs []*parse.Filing
	for n := 1; n <= maxCandidates+20; n++ {
		fs = append(fs, report{n: n, filed: "2024-03-04", period: "2024-03-01", items: "8.01"}.filing())
	}
	must(t, s.Record(append(fs, report{n: 999, form: "8-K/A", filed: "2024-03-20", period: "2024-03-01", items: "8.01"}.filing())...))
	f, err := s.Filing(acc(999))
	must(t, err)
	checkAmends(t, "many", f.Amends, "ambiguous", 0, []string{fmt.Sprintf("more than the %d looked at", maxCandidates), "and 251 more"})
	if len(f.Amends.Evidence) > 1000 {
		t.Errorf("evidence of %d bytes", len(f.Amends.Evidence))
	}
}

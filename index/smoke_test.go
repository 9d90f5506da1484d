package index

import (
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestRoadFromDiscoveredToFound(t *testing.T) {
	s := openTemp(t)
	if d := discover(t, s, "full-index/2024/QTR1/master.gz", row(1, 10, "2024-01-03"), row(2, 11, "2024-02-01"), row(2, 12, "2024-02-01")); d != (Discovery{New: 2}) {
		t.Fatalf("Discover = %+v, want 2 new", d)
	}
	es := due(t, s, noon)
	if len(es) != 2 || es[0].Accession != acc(2) {
		t.Fatalf("Due = %+v, want the newer filing first", es)
	}
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-02-01", 11)))
	if es := due(t, s, noon); len(es) != 0 {
		t.Fatalf("Due after recording = %+v, want none", es)
	}
	p, err := s.Find(Query{CIKs: es[0].CIKs[1:]})
	must(t, err)
	if len(p.Filings) != 1 || p.Filings[0].Accession != acc(2) {
		t.Fatalf("Find by the co-registrant = %+v", p)
	}
	want := withoutText(made(2, "2024-02-01", 11))
	if diff := gocmp.Diff(want, p.Filings[0], cmpopts.EquateComparable(edgar.Accession{}, edgar.CIK{}, edgar.Form{}, edgar.Date{}), cmpopts.IgnoreUnexported(parse.Document{})); diff != "" {
		t.Error(diff)
	}
	st, err := s.Status(noon)
	must(t, err)
	t.Logf("%+v", st)
}

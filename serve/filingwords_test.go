package serve

import (
	"strings"
	"testing"

	"example.com/edgard/parse"
)

func TestEveryWarningIsASentence(t *testing.T) {
	seen := map[string]parse.Code{}
	for _, code := range parse.Codes() {
		for _, detail := range []string{"", "9.01"} {
			s := sentence(parse.Warning{Code: code, Detail: detail})
			if strings.Contains(s, string(code)) || !strings.HasSuffix(s, ".") || len(strings.Fields(s)) < 5 || strings.ToUpper(s[:1]) != s[:1] {
				t.Errorf("%s: %q is no sentence", code, s)
			}
			if other, ok := seen[s]; ok && other != code {
				t.Errorf("%s and %s say the same: %q", code, other, s)
			}
			seen[s] = code
		}
	}
	if got, want := sentence(parse.Warning{Code: "of_tomorrow", Detail: "x"}), "of_tomorrow x"; got != want {
		t.Errorf("an unknown code: %q, want %q", got, want)
	}
}

func TestNamesAreGivenOnce(t *testing.T) {
	ids := names{}
	got := []string{ids.take("item-2.02"), ids.take("item-2.02"), ids.take("item-2.02-2"), ids.take("exhibit-3 (a)")}
	want := []string{"item-2.02", "item-2.02-2", "item-2.02-2-2", "exhibit-3-(a)"}
	if strings.Join(got, ",") != strings.Join(want, ",") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatTheCoverPrintsIsComparedAsPeopleWould(t *testing.T) {
	v := filingView{held: held{Filing: &parse.Filing{Filers: []parse.Filer{{Name: "UNION LENS CORP /DE/", FileNumber: "001-04001", EIN: "135652423"}}}}}
	for _, tt := range []struct {
		printed parse.Registrant
		same    bool
	}{
		{parse.Registrant{Name: "Union Lens Corporation", FileNumber: "1-4001", EIN: "13-5652423"}, true},
		{parse.Registrant{Name: "THE UNION LENS CORP."}, true},
		{parse.Registrant{Name: "Union Lens Corporation", FileNumber: "0-4001"}, false},
		{parse.Registrant{Name: "Union Lens Corporation", EIN: "13-5652424"}, false},
		{parse.Registrant{Name: "Union Glass Corporation"}, false},
	} {
		if got := v.inHeader(tt.printed); got != tt.same {
			t.Errorf("%+v: %v, want %v", tt.printed, got, tt.same)
		}
	}
}

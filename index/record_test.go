package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func TestFilingThatCannotBeKeptIsNamedAndNothingIsWritten(t *testing.T) {
	for reason, spoil := range map[string]func(*parse.Filing){
		"lacks sha256, revision": func(f *parse.Filing) { f.SHA256, f.Revision = "", 0 },
		"lacks form, filed":      func(f *parse.Filing) { f.Form, f.Filed = edgar.Form{}, edgar.Date{} },
		"cannot be a key":        func(f *parse.Filing) { f.Items[0].Number = strings.Repeat("9", 41) },
		`"2\x00"`:                func(f *parse.Filing) { f.Items[0].Number = "2\x00" },
		"at most 16777216":       func(f *parse.Filing) { f.Documents[0].Description = strings.Repeat("x", maxFiling) },
		"at most 20000":          func(f *parse.Filing) { f.Filers = make([]parse.Filer, maxFilers+1) },
		"year outside of range":  func(f *parse.Filing) { f.Accepted = time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		s := openTemp(t)
		discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"))
		before, lines := dump(s), readLines(t, s)
		bad := made(2, "2024-01-03", 10)
		spoil(bad)
		err := s.Record(made(1, "2024-01-03", 10), bad, made(3, "2024-01-03", 10))
		var unfit *UnfitError
		if !errors.As(err, &unfit) || unfit.Accession != acc(2) || !strings.Contains(unfit.Reason, reason) {
			t.Errorf("Record = %v, want an UnfitError of %s with %q", err, acc(2), reason)
		}
		if diff := cmp.Diff(before, dump(s)); diff != "" || len(readLines(t, s)) != len(lines) {
			t.Errorf("%s: index or journal changed (-before +after):\n%s", reason, diff)
		}
		must(t, s.Record(made(1, "2024-01-03", 10), made(3, "2024-01-03", 10)))
		must(t, s.Reject(acc(2), unfit.Error()))
		if err := s.Record(nil); err == nil {
			t.Error("Record(nil) succeeded")
		}
	}
}

func TestFilingWithoutSeenWasFirstSeenWhenRecorded(t *testing.T) {
	s := openTemp(t)
	f := made(1, "2024-01-03", 10)
	f.Seen = time.Time{}
	must(t, s.Record(f))
	got, err := s.Filing(acc(1))
	must(t, err)
	e, err := s.Entry(acc(1))
	must(t, err)
	if got.Seen != f.Recorded || e.Seen != f.Recorded || !f.Seen.IsZero() {
		t.Errorf("seen %v, entry %v, caller's %v; want %v twice and zero", got.Seen, e.Seen, f.Seen, f.Recorded)
	}
}

func TestEntryWithoutFilerIsNeverDue(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03")))
	must(t, s.Withdraw(acc(1), "gone"))
	got := rebuild(t, s, nil)
	if i := slices.IndexFunc(got, func(l string) bool { return strings.HasPrefix(l, "due/") }); i >= 0 {
		t.Errorf("due: %s", got[i])
	}
	s = openTemp(t)
	nobody := row(1, 10, "2024-01-03")
	nobody.CIK = edgar.CIK{}
	if _, err := s.Discover(kept("2024Q1"), rowsOf(nobody), noon); err == nil {
		t.Error("a row without CIK was taken")
	}
}

func TestOneSubmissionHasABoundedNumberOfFilers(t *testing.T) {
	s := openTemp(t)
	_, err := s.Discover(kept("2024Q1"), func(yield func(parse.Row) bool) {
		for n := range maxFilers + 1 {
			if !yield(row(1, 1+n, "2024-01-03")) {
				return
			}
		}
	}, noon)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprint(maxFilers)) {
		t.Errorf("Discover = %v, want the bound", err)
	}
	must(t, s.Withdraw(acc(1), "gone")) // which tells all of them in a line
}

func TestAFilingWasSeenAtTheSecondThatItsEntrySays(t *testing.T) {
	s := openTemp(t)
	f := made(1, "2024-01-05", 10)
	f.Seen = noon.Add(700 * time.Millisecond)
	must(t, s.Record(f))
	got, err := s.Filing(f.Accession)
	must(t, err)
	e, err := s.Entry(f.Accession)
	must(t, err)
	if !got.Seen.Equal(e.Seen) || !got.Seen.Equal(noon) {
		t.Errorf("filing seen %v, entry %v; want both %v", got.Seen, e.Seen, noon)
	}
}

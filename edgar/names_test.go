package edgar_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
)

func TestCodesHaveNames(t *testing.T) {
	for code, want := range map[string]string{
		"3826": "Laboratory Analytical Instruments", "0100": "Agricultural Production: Crops", "9995": "Non-Operating Establishments",
		"6029": "Commercial Banks, Not Elsewhere Classified", "7372": "Services: Prepackaged Software", "6770": "Blank Checks",
	} {
		if got := edgar.IndustryName(code); got != want {
			t.Errorf("industry %s is %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]string{
		"1A": "Anguilla", "A6": "Ontario, Canada", "B0": "Yukon, Canada", "CA": "California", "D8": "British Virgin Islands", "DE": "Delaware",
		"E9": "Cayman Islands", "F4": "China", "L2": "Ireland", "M5": "South Korea", "PR": "Puerto Rico", "XX": "Unknown", "Z4": "Canada",
	} {
		if got := edgar.StateName(code); got != want {
			t.Errorf("state %s is %q, want %q", code, got, want)
		}
	}
}

func TestWhatIsNotACodeHasNoName(t *testing.T) {
	for _, code := range []string{"", "0000", "382", "38260", " 382", "382\n", "\n382", "# St", "3826\tLaboratory", "Laboratory"} {
		if got := edgar.IndustryName(code); got != "" {
			t.Errorf("industry %q is %q, want none", code, got)
		}
	}
	for _, code := range []string{"", "D", "QQ", "de", "\nD", "E\t", "# ", "E9\t", "DE\nFL", "Delaware"} {
		if got := edgar.StateName(code); got != "" {
			t.Errorf("state %q is %q, want none", code, got)
		}
	}
}

// TestTablesOfNamesAreOrdered reads the tables as a reviewer would.
func TestTablesOfNamesAreOrdered(t *testing.T) {
	for _, table := range []struct {
		file string
		code *regexp.Regexp
		name func(string) string
		at   int // how many codes there are at least
	}{
		{"industries.tsv", regexp.MustCompile(`^[0-9]{4}$`), edgar.IndustryName, 440},
		{"states.tsv", regexp.MustCompile(`^([A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])$`), edgar.StateName, 300},
	} {
		lines := linesOf(t, table.file)
		if !strings.HasPrefix(lines[0], "# ") || !strings.Contains(lines[0], "sec.gov") {
			t.Errorf("%s does not begin with where it is from: %q", table.file, lines[0])
		}
		var codes, names []string
		for _, line := range lines[1:] {
			code, name, _ := strings.Cut(line, "\t")
			if !table.code.MatchString(code) || name != strings.TrimSpace(name) || name == "" || strings.ContainsAny(name, "\t\r") {
				t.Errorf("%s: not a code, a tab and a name: %q", table.file, line)
			}
			if upper := strings.ToUpper(name); name == upper {
				t.Errorf("%s: all in capitals: %q", table.file, line)
			}
			if got := table.name(code); got != name {
				t.Errorf("%s: %s is %q, want %q", table.file, code, got, name)
			}
			codes, names = append(codes, code), append(names, name)
		}
		if len(codes) < table.at || !slices.IsSorted(codes) || len(slices.Compact(codes)) != len(lines)-1 {
			t.Errorf("%s: %d codes, sorted: %v; want %d or more, in order, once each", table.file, len(codes), slices.IsSorted(codes), table.at)
		}
		slices.Sort(names)
		if unique := slices.Compact(slices.Clone(names)); len(unique) != len(names) {
			t.Errorf("%s: %d of %d names are another's, too", table.file, len(names)-len(unique), len(names))
		}
	}
}

func linesOf(t *testing.T, file string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

var (
	sicLine   = regexp.MustCompile(`(?m)^\s*STANDARD INDUSTRIAL CLASSIFICATION:[^\n]*?\[?([0-9]{4})\]?\s*$`)
	stateLine = regexp.MustCompile(`(?m)^\s*STATE(?: OF INCORPORATION)?:\s*([A-Z0-9]{2})\s*$`)
)

// TestCodesInHeadersHaveNames reads the headers of real submissions.
func TestCodesInHeadersHaveNames(t *testing.T) {
	root := os.Getenv("EDGARD_CORPUS")
	if root == "" {
		root = "../../shared/corpus"
	}
	files, err := filepath.Glob(filepath.Join(root, "submissions", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no corpus at %s (EDGARD_CORPUS names another place)", root)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text[:min(len(text), 1<<20)]), "<DOCUMENT>")
		for _, m := range sicLine.FindAllStringSubmatch(head, -1) {
			if m[1] != "0000" && edgar.IndustryName(m[1]) == "" {
				t.Errorf("%s: SIC code %s has no name", filepath.Base(file), m[1])
			}
		}
		for _, m := range stateLine.FindAllStringSubmatch(head, -1) {
			if edgar.StateName(m[1]) == "" {
				t.Errorf("%s: state %s has no name", filepath.Base(file), m[1])
			}
		}
	}
}

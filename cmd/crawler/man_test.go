package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// manPages writes the manual into a folder of the test's.
func manPages(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "man1")
	b := build{Version: "v1.2.3", Date: "2026-11-18T10:00:00Z"}
	if err := writeManual(dir, newRoot(newApp(nil, nil, nil)), b); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryCommandAndFlagHasItsPlaceInTheManual(t *testing.T) {
	dir := manPages(t)
	root := newRoot(newApp(nil, nil, nil))
	for _, cmd := range manualCommands(root) {
		data, err := os.ReadFile(filepath.Join(dir, manName(cmd)+".1"))
		if err != nil {
			t.Error(err)
			continue
		}
		page := string(data)
		cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && !strings.Contains(page, `\fB`+roff("--"+f.Name)+`\fR`) {
				t.Errorf("%s does not tell of --%s", manName(cmd), f.Name)
			}
		})
		for _, want := range []string{`"2026\-11\-18" "edgard v1.2.3"`, ".SH \"NAME\"\n" + roff(manName(cmd)) + ` \- `, roffLine(strings.SplitN(cmd.Long, "\n", 2)[0])} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", manName(cmd), want)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "crawler-man.1")); err == nil {
		t.Error("a hidden command has a page")
	}
}

func TestTheSameProgramWritesTheSameManual(t *testing.T) {
	one, two := manPages(t), manPages(t)
	for _, cmd := range manualCommands(newRoot(newApp(nil, nil, nil))) {
		name := manName(cmd) + ".1"
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, err := os.ReadFile(filepath.Join(two, name))
		if err != nil || string(a) != string(b) {
			t.Errorf("%s: %v, or it differs between two writings", name, err)
		}
	}
}

func TestNoTextOfAHelpIsMarkup(t *testing.T) {
	var m manual
	m.prose(".TH at the beginning\na \\fBslash\\fR, 'quotes' and ~/.config, `x`, ^y\n\n  --kept \"as it is\"\n    deeper\nand back …")
	want := `\&.TH at the beginning
a \efBslash\efR, \(aqquotes\(aq and \(ti/.config, \(gax\(ga, \(hay
.PP
.RS 2
.nf
\-\-kept "as it is"
  deeper
.fi
.RE
and back \[u2026]
`
	if got := m.String(); got != want {
		t.Errorf("prose wrote:\n%s\nwant:\n%s", got, want)
	}
}

func TestTheManualIsReadWithoutComplaint(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff is not here")
	}
	pages, _ := filepath.Glob(filepath.Join(manPages(t), "*.1"))
	for _, page := range pages {
		cmd := exec.Command(groff, "-man", "-Tutf8", "-ww", page)
		var said strings.Builder
		cmd.Stderr = &said
		if shown, err := cmd.Output(); err != nil || said.Len() > 0 || len(shown) == 0 {
			t.Errorf("%s: %v, %q", filepath.Base(page), err, said.String())
		}
	}
}

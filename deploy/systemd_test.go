package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// exposure is what systemd-analyze may find a unit exposed at most, of 100.
const exposure = "20"

func TestSystemdFindsNothingWrongWithTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here")
	}
	names, err := filepath.Glob("systemd/*.*")
	if err != nil || len(names) < 4 {
		t.Fatalf("units %q, %v", names, err)
	}
	dir := t.TempDir()
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		unit := strings.ReplaceAll(string(data), "/usr/local/bin/crawler ", "/bin/true ") // it wants it to be there
		if filepath.Base(name) == "network.conf" {
			name = "crawler.service.d/network.conf"
		}
		write(t, filepath.Join(dir, strings.TrimPrefix(name, "systemd/")), []byte(unit))
	}
	for _, name := range names {
		if filepath.Ext(name) == ".conf" {
			continue
		}
		unit := filepath.Join(dir, filepath.Base(name))
		if said, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput(); err != nil || len(said) > 0 {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
		if filepath.Ext(name) != ".service" {
			continue
		}
		if said, err := exec.Command(analyze, "security", "--offline=true", "--threshold="+exposure, unit).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}

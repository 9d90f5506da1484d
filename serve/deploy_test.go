package serve_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// board is what of a Grafana dashboard is looked at.
type board struct {
	UID, Title    string
	SchemaVersion int
	Annotations   struct{ List []struct{ Expr string } }
	Templating    struct {
		List []struct{ Name, Type, Definition string }
	}
	Panels []panel
}

type panel struct {
	ID          int
	Type, Title string
	Datasource  struct{ Type, UID string }
	GridPos     struct{ X, Y, W, H int }
	FieldConfig *struct{ Defaults struct{ Unit string } }
	Options     map[string]any
	Targets     []struct {
		RefID, Expr string
		Datasource  struct{ Type, UID string }
	}
}

func readBoard(t *testing.T) (b board) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash("../deploy/grafana/edgard.json"))
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// expressions are all of the dashboard, by where they stand.
func (b board) expressions() map[string]string {
	all := make(map[string]string)
	for _, p := range b.Panels {
		for _, x := range p.Targets {
			all[p.Title+" "+x.RefID] = x.Expr
		}
	}
	for i, a := range b.Annotations.List {
		all[fmt.Sprint("annotation ", i)] = a.Expr
	}
	return all
}

// alertExpressions are those of the alerts, by name.
func alertExpressions(t *testing.T) map[string]string {
	t.Helper()
	var file struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	data, err := os.ReadFile(filepath.FromSlash("../deploy/prometheus/alerts.yaml"))
	if err == nil {
		err = yaml.Unmarshal(data, &file)
	}
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			all[r.Alert] = r.Expr
		}
	}
	return all
}

var (
	metricName = regexp.MustCompile(`\b(?:edgard|go|process)_[a-z_]+\b`)
	selector   = regexp.MustCompile(`\b((?:edgard|go|process)_[a-z_]+)\{([^}]*)\}`)
	matcher    = regexp.MustCompile(`([a-z_]+)(?:=~|!~|!=|=)"`)
)

func TestDashboardAndAlertsUseOnlyMetricsThatExist(t *testing.T) {
	h := newHouse(t, everything)
	h.measured(t)
	lines, _ := h.scrape(t)
	exist := []string{"edgard_feed_read_timestamp_seconds"} // which nobody reads here
	for _, line := range lines {
		if f := strings.Fields(line); strings.HasPrefix(line, "# TYPE ") {
			exist = append(exist, f[2])
			if f[3] == "histogram" {
				exist = append(exist, f[2]+"_bucket", f[2]+"_count", f[2]+"_sum")
			}
		}
	}
	expressions := readBoard(t).expressions()
	for alert, x := range alertExpressions(t) {
		expressions["alert "+alert] = x
	}
	if len(expressions) < 30 {
		t.Errorf("only %d expressions found", len(expressions))
	}
	for where, x := range expressions {
		for _, name := range metricName.FindAllString(x, -1) {
			if !slices.Contains(exist, name) {
				t.Errorf("%s: there is no metric %s", where, name)
			}
		}
		for _, s := range selector.FindAllStringSubmatch(x, -1) {
			has := append(strings.Split(labelsOf(lines, s[1]), ", "), "job", "instance")
			for _, m := range matcher.FindAllStringSubmatch(s[2], -1) {
				if !slices.Contains(has, m[1]) {
					t.Errorf("%s: %s has no label %s", where, s[1], m[1])
				}
			}
		}
	}
}

func TestEveryMetricOfOursIsOnTheDashboard(t *testing.T) {
	all := fmt.Sprint(readBoard(t).expressions())
	for _, row := range table(t, "../deploy/prometheus/README.md") {
		name := row[0]
		switch name {
		case "edgard_build_info", "edgard_index_up", "edgard_archive_files": // information; part of ready; beside the bytes
			continue
		}
		if !strings.Contains(all, name) {
			t.Errorf("%s is nowhere on the dashboard", name)
		}
	}
}

func TestTheDashboardIsOneThatGrafanaLoads(t *testing.T) {
	b := readBoard(t)
	if b.UID != "edgard" || b.Title == "" || b.SchemaVersion < 36 {
		t.Errorf("uid %q, title %q, schema %d", b.UID, b.Title, b.SchemaVersion)
	}
	var variables []string
	for _, v := range b.Templating.List {
		variables = append(variables, v.Name)
	}
	if want := []string{"datasource", "job", "instance"}; !slices.Equal(variables, want) {
		t.Errorf("variables %q, want %q", variables, want)
	}
	ids, taken := make(map[int]bool), make(map[[2]int]string)
	for _, p := range b.Panels {
		if p.ID == 0 || ids[p.ID] || p.Title == "" {
			t.Errorf("panel %d %q: its id is used twice, or it has no id or title", p.ID, p.Title)
		}
		ids[p.ID] = true
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if over := taken[[2]int{x, y}]; over != "" || x >= 24 {
					t.Fatalf("panel %q lies over %q or beyond the edge", p.Title, over)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
		checkPanel(t, p)
	}
}

func checkPanel(t *testing.T, p panel) {
	t.Helper()
	switch p.Type {
	case "row":
		return
	case "stat", "timeseries":
	default:
		t.Errorf("panel %q is of type %q", p.Title, p.Type)
	}
	if p.FieldConfig == nil || p.FieldConfig.Defaults.Unit == "" || p.Options == nil || p.Datasource.UID != "${datasource}" || len(p.Targets) == 0 {
		t.Errorf("panel %q lacks a unit, options, the data source or targets", p.Title)
	}
	var refs []string
	for _, x := range p.Targets {
		if x.Expr == "" || slices.Contains(refs, x.RefID) || x.Datasource.UID != "${datasource}" {
			t.Errorf("panel %q: target %q has no expression or data source, or a name used twice", p.Title, x.RefID)
		}
		refs = append(refs, x.RefID)
	}
}

// promtool runs promtool in a folder, or skips.
func promtool(t *testing.T, dir string, args ...string) {
	t.Helper()
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not installed")
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("promtool %q: %v\n%s", args, err, out)
	}
}

func TestPrometheusLoadsTheAlertsAndTheyDoWhatTheyAreMeantTo(t *testing.T) {
	dir := filepath.FromSlash("../deploy/prometheus")
	promtool(t, dir, "check", "rules", "alerts.yaml")
	promtool(t, dir, "test", "rules", "alerts_test.yaml")
}

func TestEveryAlertIsTested(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../deploy/prometheus/alerts_test.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for alert := range alertExpressions(t) {
		if !bytes.Contains(data, []byte(alert)) {
			t.Errorf("%s is not in alerts_test.yaml", alert)
		}
	}
}

func TestPrometheusReadsTheExpressionsOfTheDashboard(t *testing.T) {
	type rule struct{ Record, Expr string }
	type group struct {
		Name  string
		Rules []rule
	}
	g := group{Name: "board"}
	fill := strings.NewReplacer("$__rate_interval", "5m", "$job", "edgard", "$instance", ".*")
	for _, x := range readBoard(t).expressions() {
		g.Rules = append(g.Rules, rule{fmt.Sprintf("board:%d", len(g.Rules)), fill.Replace(x)})
	}
	data, err := yaml.Marshal(map[string][]group{"groups": {g}})
	dir := t.TempDir()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "board.yaml"), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	promtool(t, dir, "check", "rules", "board.yaml")
}

package edgard_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryDependencyIsExplainedWhereItIsUsed holds the table of DEPENDENCIES.md
// against the direct requirements of go.mod and against the imports.
func TestEveryDependencyIsExplainedWhereItIsUsed(t *testing.T) {
	required := directRequirements(t)
	uses := usedIn(t, required)
	told := map[string]string{}
	for _, line := range lines(t, "DEPENDENCIES.md") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.Contains(cells[1], "`") {
			continue
		}
		name := strings.Trim(cells[1], " `")
		told[name] = strings.TrimSpace(cells[2])
		if !slices.Contains(required, name) {
			t.Errorf("%s is told of but go.mod does not require it directly", name)
		}
		if strings.TrimSpace(cells[3]) == "" {
			t.Errorf("%s has no reason", name)
		}
	}
	for _, name := range required {
		want := "tests"
		if rooms := uses[name]; len(rooms) > 0 {
			want = "`" + strings.Join(rooms, "`, `") + "`"
		}
		if told[name] != want {
			t.Errorf("%s is told to be used in %q, want %q", name, told[name], want)
		}
	}
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n")
}

// directRequirements lists the modules that go.mod requires without "// indirect".
func directRequirements(t *testing.T) (names []string) {
	t.Helper()
	for _, line := range lines(t, "go.mod") {
		fields := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(fields) == 2 && strings.HasPrefix(fields[1], "v") {
			names = append(names, fields[0])
		}
	}
	return names
}

// usedIn lists the folders whose files, tests aside, import each module.
func usedIn(t *testing.T, modules []string) map[string][]string {
	t.Helper()
	uses := map[string][]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, ".") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			target, _ := strconv.Unquote(spec.Path.Value)
			for _, m := range modules {
				if dir := path.Dir(name); within(target, m) && !slices.Contains(uses[m], dir) {
					uses[m] = append(uses[m], dir)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

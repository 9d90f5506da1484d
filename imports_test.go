package edgard_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "example.com/edgard"

// A room is a package, or a folder of them, and what it may import: which other
// rooms it knows, which libraries it uses, and which parts of the standard
// library stay outside. The rest of the standard library is open to all.
type room struct {
	name    string
	knows   []string
	uses    []string
	without []string
}

// architecture is who may know whom. Every room knows only rooms above it.
var architecture = []room{
	{
		name: ".", // the tour
	},
	{
		name:    "edgar",
		without: []string{"os", "net"},
	},
	{
		name:    "vital",
		without: []string{"os", "net"},
	},
	{
		name:    "near",
		without: []string{"os", "net"},
	},
	{
		name:    "harmless",
		without: []string{"os", "net"},
	},
	{
		name:    "durable",
		without: []string{"net"},
	},
	{
		name:    "parse",
		knows:   []string{"edgar"},
		uses:    []string{"golang.org/x/net/html", "golang.org/x/text"},
		without: []string{"os", "net"},
	},
	{
		name:    "archive",
		knows:   []string{"edgar"},
		uses:    []string{"github.com/klauspost/compress", "github.com/gofrs/flock"},
		without: []string{"net"},
	},
	{
		name:    "index/pages",
		without: []string{"os", "net"},
	},
	{
		name:    "index",
		knows:   []string{"durable", "edgar", "parse", "index/pages"},
		uses:    []string{"go.etcd.io/bbolt", "github.com/klauspost/compress"},
		without: []string{"net"},
	},
	{
		name:  "index/remote",
		knows: []string{"edgar", "parse", "index"},
	},
	{
		name:  "index/indextest",
		knows: []string{"edgar", "parse", "index"},
		uses:  []string{"github.com/google/go-cmp/cmp"},
	},
	{
		name:    "index/filter",
		knows:   []string{"edgar", "near", "harmless", "parse", "index"},
		without: []string{"os", "net/http"},
	},
	{
		name:  "crawl",
		knows: []string{"durable", "edgar", "vital", "parse", "archive", "index"},
		uses: []string{
			"github.com/gocolly/colly/v2", "golang.org/x/time/rate", "go.uber.org/zap", "github.com/gofrs/flock", "golang.org/x/sys/unix",
			"github.com/klauspost/compress", // answers and imported files are packed
		},
	},
	{
		name:    "layout",
		knows:   []string{"edgar", "parse"},
		without: []string{"net/http"},
	},
	{
		name:    "export",
		knows:   []string{"durable", "edgar", "parse", "archive", "index"},
		uses:    []string{"github.com/parquet-go/parquet-go", "github.com/klauspost/compress/zstd", "github.com/gofrs/flock"},
		without: []string{"net"},
	},
	{
		name:    "serve/plot",
		without: []string{"os", "net"},
	},
	{
		name:    "serve/reading",
		knows:   []string{"edgar", "parse"},
		uses:    []string{"golang.org/x/net/html", "github.com/microcosm-cc/bluemonday"},
		without: []string{"os", "net/http"},
	},
	{
		name: "serve/guard",
		uses: []string{"golang.org/x/net/netutil", "github.com/klauspost/compress", "go.uber.org/zap"},
	},
	{
		name:  "serve/mirror",
		knows: []string{"edgar", "parse", "archive", "index"},
	},
	{
		name:  "serve",
		knows: []string{"edgar", "vital", "near", "harmless", "parse", "archive", "index", "index/filter", "export", "serve/plot", "serve/reading", "serve/guard", "serve/mirror"},
		uses:  []string{"golang.org/x/sync", "github.com/cespare/xxhash/v2", "github.com/klauspost/compress", "go.uber.org/zap", "github.com/prometheus/client_golang"},
	},
	{
		name:  "edgartest",
		knows: []string{"edgar"},
		uses:  []string{"golang.org/x/tools/txtar", "github.com/klauspost/compress/gzip"},
	},
	{
		name:  "cmd/crawler",
		knows: []string{"durable", "edgar", "vital", "near", "harmless", "parse", "archive", "index", "index/filter", "index/remote", "crawl", "layout", "export", "serve", "serve/guard", "edgartest"},
		uses: []string{
			"github.com/spf13/cobra", "github.com/spf13/pflag", "go.yaml.in/yaml/v3", "go.uber.org/zap",
			"golang.org/x/term", "github.com/mattn/go-runewidth", "github.com/gofrs/flock", "github.com/coreos/go-systemd/v22/daemon",
			"github.com/klauspost/compress/zstd", // parse reads packed files
		},
	},
}

// nameless are package names that say nothing of what is inside.
var nameless = []string{"util", "utils", "common", "model", "models", "types", "pkg", "helper", "helpers"}

func TestEveryPackageImportsOnlyWhatItsRoomMayKnow(t *testing.T) {
	files, faults := inspect(os.DirFS("."))
	for _, fault := range faults {
		t.Error(fault)
	}
	if files == 0 {
		t.Error("no Go files found")
	}
}

// inspect reads every Go file below fsys, tests aside, and lists what is against
// the architecture.
func inspect(fsys fs.FS) (files int, faults []string) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files++
		for _, fault := range inspectFile(path.Dir(name), file) {
			faults = append(faults, name+": "+fault)
		}
		return nil
	})
	if err != nil {
		faults = append(faults, err.Error())
	}
	return files, faults
}

func inspectFile(dir string, file *ast.File) (faults []string) {
	for _, word := range append(strings.Split(dir, "/"), file.Name.Name) {
		if slices.Contains(nameless, word) {
			faults = append(faults, fmt.Sprintf("%q names nothing", word))
		}
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			faults = append(faults, "func init works behind the caller's back")
		}
	}
	r, ok := roomOf(dir)
	if !ok {
		return append(faults, fmt.Sprintf("package %s stands in no room of the architecture", dir))
	}
	for _, spec := range file.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil && spec.Name.Name == "." {
			faults = append(faults, fmt.Sprintf("dot import of %s", target))
		}
		if !r.mayImport(target) {
			faults = append(faults, fmt.Sprintf("%s may not import %s", r.name, target))
		}
	}
	return faults
}

// roomOf finds the room that a folder, or an import path within the module,
// belongs to: the innermost.
func roomOf(dir string) (in room, ok bool) {
	for _, r := range architecture {
		if within(dir, r.name) && len(r.name) >= len(in.name) {
			in, ok = r, true
		}
	}
	return in, ok
}

func (r room) mayImport(target string) bool {
	under := func(p string) bool { return within(target, p) }
	if own, ok := strings.CutPrefix(target, module+"/"); ok {
		to, ok := roomOf(own)
		return ok && (to.name == r.name || slices.Contains(r.knows, to.name))
	}
	if first, _, _ := strings.Cut(target, "/"); strings.Contains(first, ".") {
		return slices.ContainsFunc(r.uses, under)
	}
	return target != "C" && !slices.ContainsFunc(r.without, under)
}

func within(name, parent string) bool {
	return name == parent || strings.HasPrefix(name, parent+"/")
}

func TestTheArchitectureHasNoCircles(t *testing.T) {
	var above []string
	for _, r := range architecture {
		for _, known := range r.knows {
			if !slices.Contains(above, known) {
				t.Errorf("%s knows %s, which is not above it", r.name, known)
			}
		}
		above = append(above, r.name)
	}
}

func TestEachBreachOfTheArchitectureIsFound(t *testing.T) {
	tests := []struct{ name, file, src, want string }{
		{"a room below", "parse/x.go", `package parse; import _ "example.com/edgard/index"`, "parse may not import example.com/edgard/index"},
		{"a test helper", "crawl/x.go", `package crawl; import _ "example.com/edgard/edgartest"`, "crawl may not import example.com/edgard/edgartest"},
		{"the program", "crawl/x.go", `package crawl; import _ "example.com/edgard/cmd/crawler"`, "crawl may not import example.com/edgard/cmd/crawler"},
		{"a library of another room", "cmd/crawler/x.go", `package main; import _ "go.etcd.io/bbolt"`, "cmd/crawler may not import go.etcd.io/bbolt"},
		{"a sibling of a library", "parse/x.go", `package parse; import _ "golang.org/x/net/html2"`, "parse may not import golang.org/x/net/html2"},
		{"a library nobody has", "edgar/x.go", `package edgar; import _ "github.com/pkg/errors"`, "edgar may not import github.com/pkg/errors"},
		{"the disk", "parse/x.go", `package parse; import _ "os"`, "parse may not import os"},
		{"a room from the one around it", "index/x.go", `package index; import _ "example.com/edgard/index/remote"`, "index may not import example.com/edgard/index/remote"},
		{"the network", "archive/x.go", `package archive; import _ "net/http"`, "archive may not import net/http"},
		{"C", "index/x.go", `package index; import "C"`, "index may not import C"},
		{"a dot import", "edgar/x.go", `package edgar; import . "fmt"`, "dot import of fmt"},
		{"init", "edgar/x.go", `package edgar; func init() {}`, "func init works behind the caller's back"},
		{"an empty name", "index/x.go", `package util`, `"util" names nothing`},
		{"an empty folder name", "index/common/x.go", `package keys`, `"common" names nothing`},
		{"no room", "store/x.go", `package store`, "package store stands in no room of the architecture"},
		{"a room of a similar name", "parser/x.go", `package parser`, "package parser stands in no room of the architecture"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := inspect(fstest.MapFS{tt.file: {Data: []byte(tt.src)}})
			if want := []string{tt.file + ": " + tt.want}; !slices.Equal(got, want) {
				t.Errorf("inspect = %q, want %q", got, want)
			}
		})
	}
}

func TestWhatTheArchitectureAllowsIsNoBreach(t *testing.T) {
	fsys := fstest.MapFS{
		"doc.go":              {Data: []byte(`package edgard`)},
		"parse/x.go":          {Data: []byte(`package parse; import ("io"; "golang.org/x/net/html/atom"; "example.com/edgard/edgar"); type T struct{}; func (T) init() {}`)},
		"parse/x_test.go":     {Data: []byte(`package parse; import ("os"; "example.com/edgard/edgartest")`)},
		"index/inner/x.go":    {Data: []byte(`package inner; import "example.com/edgard/index"`)},
		"index/testdata/x.go": {Data: []byte(`package util`)},
		".ci/x.go":            {Data: []byte(`package util`)},
	}
	if files, faults := inspect(fsys); files != 3 || len(faults) != 0 {
		t.Errorf("inspect = %d files, %q; want 3 and no faults", files, faults)
	}
}

package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"example.com/edgard/parse"
)

// build says what this program was made of.
type build struct {
	Version  string `json:"version"`          // of the module, "(devel)" for a build from a work tree
	Commit   string `json:"commit,omitempty"` // with a + when the work tree had changes
	Date     string `json:"date,omitempty"`   // of the commit
	Go       string `json:"go"`
	Platform string `json:"platform"`
	Parser   int    `json:"parser"` // what the parser makes of the same bytes
	Schema   int    `json:"schema"` // the JSON shape of a filing
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Version of the program, its parser and its JSON",
		Args:  noArguments,
		RunE: does(func(context.Context, *cobra.Command, []string) error {
			b := thisBuild()
			if a.json {
				return a.printJSON(b)
			}
			commit := ""
			if b.Commit != "" {
				commit = " " + b.Commit + " " + b.Date
			}
			_, err := fmt.Fprintf(a.out, "crawler %s%s (%s, %s), parser %d, schema %d\n", b.Version, commit, b.Go, b.Platform, b.Parser, b.Schema)
			return err
		}),
	}
}

// full tells builds apart, also those from a work tree.
func (b build) full() string { return strings.TrimSpace(b.Version + " " + b.Commit) }

// The linker sets these (-X main.version=v1.2.3) where there is no work tree to tell
// them, as in an image, or where a release says what it is called.
var version, commit, date string

func thisBuild() build {
	b := build{
		Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Parser: parse.ParserVersion, Schema: parse.SchemaVersion,
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = short(s.Value) + b.Commit
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				b.Commit += "+"
			}
		}
	}
	return b.stamped(version, commit, date)
}

// stamped is b with what the linker said of it in place of what the work tree did.
func (b build) stamped(version, commit, date string) build {
	b.Version, b.Commit, b.Date = cmp.Or(version, b.Version), cmp.Or(short(commit), b.Commit), cmp.Or(date, b.Date)
	return b
}

// short is as much of a commit's hash as tells it from all others.
func short(hash string) string { return hash[:min(12, len(hash))] }

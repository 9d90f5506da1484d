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

// stamped is the version that the linker sets (-X main.stamped=v1.2.3) where there
// is no work tree to tell it, as in an image.
var stamped string

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
	b.Version = cmp.Or(stamped, b.Version)
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value[:min(12, len(s.Value))] + b.Commit
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				b.Commit += "+"
			}
		}
	}
	return b
}

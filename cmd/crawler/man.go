package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const manLong = `Writes a manual page for each command into DIR, which it makes: crawler.1,
crawler-sync.1 and so on.

  crawler man /usr/local/share/man/man1`

// newMan is for those who package crawler; people have --help, which says the same.
func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    "man DIR",
		Short:  "Write the manual pages",
		Long:   manLong,
		Hidden: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return fmt.Errorf("name the folder that the manual pages go into")
			}
			return nil
		},
		RunE: does(func(_ context.Context, cmd *cobra.Command, args []string) error {
			return writeManual(args[0], cmd.Root(), thisBuild())
		}),
	}
}

// writeManual writes the page of every command below root into dir. The same program
// writes the same bytes.
func writeManual(dir string, root *cobra.Command, b build) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, cmd := range manualCommands(root) {
		name := filepath.Join(dir, manName(cmd)+".1")
		if err := os.WriteFile(name, []byte(manualOf(cmd, b)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// manualCommands are cmd and those below it that people see.
func manualCommands(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			all = append(all, manualCommands(c)...)
		}
	}
	return all
}

// manName is what man is asked for: crawler-config-check.
func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manualOf is the page of one command: what its help says, in the order and the
// markup of man(7).
func manualOf(cmd *cobra.Command, b build) string {
	var m manual
	day, _, _ := strings.Cut(b.Date, "T")
	m.macro("TH", strings.ToUpper(manName(cmd)), "1", day, "edgard "+b.Version, "edgard")
	m.raw(".nh\n.ad l")
	m.section("NAME")
	m.line(manName(cmd) + " - " + strings.ToLower(cmd.Short[:1]) + cmd.Short[1:])
	m.section("SYNOPSIS")
	m.synopsis(cmd)
	m.section("DESCRIPTION")
	m.prose(cmp.Or(cmd.Long, cmd.Short+"."))
	m.commands(cmd)
	m.flags(cmd)
	if cmd.Example != "" {
		m.section("EXAMPLES")
		m.prose(cmd.Example)
	}
	if !cmd.HasParent() {
		m.surroundings()
	}
	m.seeAlso(cmd)
	return m.String()
}

func (m *manual) synopsis(cmd *cobra.Command) {
	words := strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath())
	if cmd.HasAvailableSubCommands() {
		words = " COMMAND [flags]"
	}
	m.macro("B", cmd.CommandPath())
	m.line(strings.TrimSpace(words))
}

func (m *manual) commands(cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	m.section("COMMANDS")
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			m.term(strong(manName(c))+"(1)", c.Short)
		}
	}
}

func (m *manual) flags(cmd *cobra.Command) {
	m.section("OPTIONS")
	cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		head := strong("--" + f.Name)
		if value != "" {
			head += " " + slanted(value)
		}
		if !slices.Contains([]string{"", "0", "false", "[]"}, f.DefValue) {
			usage += " (default " + f.DefValue + ")"
		}
		m.term(head, usage)
	})
	if cmd.HasParent() {
		m.raw(".PP")
		m.line("The options of crawler(1) are understood by every command.")
	}
}

// surroundings is what all commands share beside their flags.
func (m *manual) surroundings() {
	m.section("ENVIRONMENT")
	m.prose("Each key of the configuration can be set by a variable; lists are separated by commas. A flag beats the variable, the variable beats the file.")
	var keys strings.Builder
	for _, s := range settings() {
		fmt.Fprintf(&keys, "  %-24s %s\n", s.env(), s.key)
	}
	m.raw(".PP")
	m.prose(keys.String())
	m.term(strong("EDGARD_CONFIG"), "the configuration file, where --config names none")
	m.term(strong("EDGARD_STATE_DIR"), "where request budget and pauses lie that all processes of a user share")
	m.section("FILES")
	m.term(strong("./edgard.yaml"), "")
	m.term(strong("$XDG_CONFIG_HOME/edgard/edgard.yaml"), "")
	m.term(strong("/etc/edgard/edgard.yaml"), "the configuration: the first of these that is there. config.example.yaml describes every key.")
	m.term(strong("./edgard-data"), "the data directory, unless --data or the configuration names another")
	m.term(strong("~/.local/state/edgard"), "request budget and pauses, unless $XDG_STATE_HOME or EDGARD_STATE_DIR says otherwise")
}

func (m *manual) seeAlso(cmd *cobra.Command) {
	near := slices.Clone(cmd.Commands())
	if cmd.HasParent() {
		near = append(near, cmd.Parent())
	}
	var names []string
	for _, c := range near {
		if c.IsAvailableCommand() {
			names = append(names, strong(manName(c))+"(1)")
		}
	}
	m.section("SEE ALSO")
	m.raw(strings.Join(names, ",\n"))
}

package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/harmless"
)

func newConfig(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Look at the configuration",
		Args:  unknownCommand,
		RunE:  does(func(_ context.Context, cmd *cobra.Command, _ []string) error { return cmd.Help() }),
	}
	cmd.AddCommand(newConfigCheck(a))
	return cmd
}

const configCheckLong = `Reads the configuration as every command would and prints each key, its value,
and where the value came from: a flag, an EDGARD_ environment variable, a line
of the file, or the default. Every mistake is reported at once, with exit code
2.`

func newConfigCheck(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the configuration and print what is in effect",
		Long:  configCheckLong,
		Args:  noArguments,
	}
	cmd.RunE = does(func(_ context.Context, cmd *cobra.Command, _ []string) error {
		eff, err := a.config(cmd)
		if err != nil {
			return err
		}
		if eff.UserAgent != "" {
			if err := crawl.CheckUserAgent(eff.UserAgent, isLoopback(eff.BaseURL)); err != nil {
				return misuse("%s: %w", eff.origin["user_agent"], err)
			}
		}
		if a.json {
			return a.printEffective(eff)
		}
		return a.showEffective(eff)
	})
	return cmd
}

// printEffective prints one JSON object per key, its value of the key's own type:
// text, a number, true or false, a list of texts, or a list of rules.
func (a *app) printEffective(eff *effective) error {
	for _, s := range settings() {
		line := struct {
			Key    string `json:"key"`
			Value  any    `json:"value"`
			Origin string `json:"origin"`
		}{s.key, s.val(&eff.config), eff.origin[s.key]}
		if err := a.printJSON(line); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) showEffective(eff *effective) error {
	file := "no configuration file"
	if eff.file != "" {
		file = eff.file
	}
	if _, err := fmt.Fprintf(a.out, "%s: all is well\n\n", harmless.Line(file)); err != nil {
		return err
	}
	t := &table{columns: []column{{name: "key"}, {name: "value", min: 16}, {name: "from", style: dimDefault}}}
	for _, s := range settings() {
		val := s.get(&eff.config)
		if val == "" {
			val = "–"
		}
		t.add(s.key, val, eff.origin[s.key])
	}
	if err := t.write(a.out); err != nil {
		return err
	}
	if eff.UserAgent == "" {
		_, err := fmt.Fprintf(a.out, "\nNo user_agent: sync needs one before it asks sec.gov.\n")
		return err
	}
	return nil
}

func dimDefault(cell string) style {
	if cell == "default" {
		return dim
	}
	return plain
}

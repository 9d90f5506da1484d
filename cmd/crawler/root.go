package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/edgard/index/filter"
	"example.com/edgard/near"
)

const rootLong = `crawler keeps your own archive of SEC Form 8-K filings: complete, current,
parsed and searchable.

  crawler demo                                        see it work, offline
  crawler sync --user-agent "Jane Doe jane@doe.org"   fetch the last seven days
  crawler list --item 2.02                            who reported results
  crawler show ACCESSION                              one filing, readable

Exit codes: 0 done, 1 our side failed, 2 misuse, 3 done but something was put
off, given up, missing or found to differ, 4 sec.gov refuses us, 130 and 143
interrupted.`

// newRoot builds the tree of commands. Each command stands in the file of its
// name.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "crawler",
		Short:         "Your own archive of SEC Form 8-K filings",
		Long:          rootLong,
		Version:       thisBuild().Version,
		Args:          unknownCommand,
		RunE:          does(func(_ context.Context, cmd *cobra.Command, _ []string) error { return cmd.Help() }),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetIn(a.stdin)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(unknownFlag)
	root.SetHelpCommand(newHelp())
	root.SetUsageTemplate(narrow(root.UsageTemplate()))
	globalFlags(a, root.PersistentFlags())
	completeWith(root, "log-level", "debug", "info", "warn", "error")
	root.AddCommand(
		newSync(a), newIssuer(a), newRun(a), newServe(a), newImport(a), newList(a), newShow(a), newExport(a), newParse(a), newStatus(a), newAudit(a), newVerify(a), newReindex(a), newCompact(a), newBackup(a), newDoctor(a),
		newDemo(a), newConfig(a), newVersion(a), newCompletion(a), newMan(a),
	)
	return root
}

// newHelp is cobra's own help, except that a command which does not exist is a
// misuse.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command",
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return unknownCommand(of, rest)
			}
			return of.Help()
		},
	}
}

// narrow makes of a template of cobra's one that keeps the flags within 80 columns.
func narrow(template string) string {
	return strings.ReplaceAll(template, ".FlagUsages ", ".FlagUsagesWrapped 80 ")
}

// globalFlags are those of every command. The ones that stand for a key of the
// configuration are read through flagAssignments.
func globalFlags(a *app, f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVar(&a.configFile, "config", "", "read the configuration from `FILE`")
	f.String("data", "", "keep everything in `DIR` (default ./edgard-data)")
	f.String("user-agent", "", "`WHO` asks sec.gov: a name and an e-mail address")
	f.String("base-url", "", "ask the EDGAR mirror or test server at `URL` instead of sec.gov")
	f.String("base-token-file", "", "send that mirror the token in `FILE`")
	f.String("rate", "", "at most `N` requests a second, up to 9 (default 8)")
	f.BoolVar(&a.json, "json", false, "JSON on standard output")
	f.BoolVar(&a.quiet, "quiet", false, "print nothing but results and mistakes")
	f.String("log-level", "", "log from `LEVEL` up: debug, info, warn, error")
}

// flagAssignments returns the flags that the user gave for keys of the
// configuration: the global ones, and those of cmd itself that keys name.
func flagAssignments(cmd *cobra.Command, keys []string) []assignment {
	var given []assignment
	for _, s := range settings() {
		global := cmd.Root().PersistentFlags().Lookup(s.flag) != nil
		if s.flag == "" || !global && !slices.Contains(keys, s.key) {
			continue
		}
		names := []string{s.flag}
		if s.key == "issuers" {
			names = append(names, "ticker")
		}
		if v, ok := flagValue(cmd, names); ok {
			given = append(given, assignment{s.key, v, "--" + s.flag})
		}
	}
	return given
}

// flagValue joins what was given for flags of the same meaning.
func flagValue(cmd *cobra.Command, names []string) (value, bool) {
	var words []string
	for _, name := range names {
		f := cmd.Flags().Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		many, ok := f.Value.(pflag.SliceValue)
		if !ok {
			return textValue(f.Value.String()), true
		}
		words = append(words, many.GetSlice()...)
	}
	return listValue(words), words != nil
}

// unknownCommand is the argument check of the root: whatever is left there is a
// command that does not exist.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return errors.New("there is no command " + args[0] + near.DidYouMean(args[0], commandNames(cmd), ""))
}

// noArguments is the argument check of the commands that take flags alone.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return errors.New(cmd.Name() + " takes no arguments, and " + strconv.Quote(args[0]) + " is one")
}

// exclusive refuses flags that were given together although each excludes the
// others. It speaks before cobra would of the same groups.
func exclusive(cmd *cobra.Command, names ...string) error {
	var given []string
	for _, n := range names {
		if cmd.Flags().Changed(n) {
			given = append(given, "--"+n)
		}
	}
	if len(given) < 2 {
		return nil
	}
	return errors.New(strings.Join(given, " and ") + " exclude each other: give one of them")
}

func commandNames(cmd *cobra.Command) (names []string) {
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// unknownFlag adds the nearest flag to pflag's message, and names an empty one.
func unknownFlag(cmd *cobra.Command, err error) error {
	var bad *pflag.InvalidValueError
	if errors.As(err, &bad) && errors.Is(err, filter.ErrEmpty) {
		return misuse("--%s: %w", bad.GetFlag().Name, filter.ErrEmpty)
	}
	if bad != nil {
		if want := map[string]string{"int": "a whole number", "bool": "true or false"}[bad.GetFlag().Value.Type()]; want != "" {
			return fmt.Errorf("--%s %q: want %s", bad.GetFlag().Name, bad.GetValue(), want)
		}
	}
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) || missing.GetSpecifiedShortnames() != "" {
		return err
	}
	names := []string{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if words := cmd.Flags().Args(); cmd == cmd.Root() && len(words) > 0 {
		return unknownCommand(cmd, words) // whose flag it may be
	}
	name, _, _ := strings.Cut(missing.GetSpecifiedName(), "=")
	return errors.New("there is no flag --" + name + near.DidYouMean(name, names, "--"))
}

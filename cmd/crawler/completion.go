package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"
)

const completionLong = `Prints a script that teaches a shell to complete crawler's commands and flags.

  bash         source <(crawler completion bash)
  zsh          crawler completion zsh > "${fpath[1]}/_crawler"
  fish         crawler completion fish > ~/.config/fish/completions/crawler.fish
  powershell   crawler completion powershell | Out-String | Invoke-Expression

That of bash needs the package bash-completion.`

// completeWith completes the values of a flag of cmd from a fixed list.
func completeWith(cmd *cobra.Command, flag string, values ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag is defined a line above
	}
}

func needShell(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || !slices.Contains(cmd.ValidArgs, args[0]) {
		return errors.New("name one shell: bash, zsh, fish or powershell")
	}
	return nil
}

func newCompletion(a *app) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     "Completion script for a shell",
		Long:      completionLong,
		ValidArgs: shells,
		Args:      needShell,
		RunE: does(func(_ context.Context, cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			}
			return root.GenPowerShellCompletionWithDesc(a.out)
		}),
	}
}

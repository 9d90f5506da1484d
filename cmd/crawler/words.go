package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/edgard/index/filter"
)

// wordList is a flag that may be repeated and holds values separated by commas. An
// empty one is a mistake: a script whose variable is not set must not come to ask
// for everybody.
type wordList []string

var _ pflag.SliceValue = (*wordList)(nil)

func (l *wordList) String() string     { return strings.Join(*l, ",") }
func (l *wordList) Type() string       { return "strings" }
func (l *wordList) GetSlice() []string { return *l }

// Set adds the values of one use of the flag.
func (l *wordList) Set(s string) error { return l.Append(s) }

// Append adds the values in s.
func (l *wordList) Append(s string) error {
	words, err := filter.Split(s)
	*l = append(*l, words...)
	return err
}

// Replace puts other values in the place of all.
func (l *wordList) Replace(words []string) error {
	*l = words
	return nil
}

// refuseEmpty is a misuse when one of the named flags of cmd was given without a
// value to speak of.
func refuseEmpty(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && strings.TrimSpace(f.Value.String()) == "" {
			return misuse("--%s: %w", name, filter.ErrEmpty)
		}
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/edgard/harmless"
)

const doctorLong = `Looks at everything that a crawl depends on, says what is wrong, and what to do
about it: configuration, User-Agent, clock, disk, directories, locks, index,
archive, where pages are served, request budget, and whether EDGAR answers. For that it makes one
request, for robots.txt, under the same budget as every other; --offline makes
none.

It changes nothing and needs no configuration. Exit code 0 says that nothing is
at fault; otherwise that of the worst fault: 1 our side, 4 sec.gov refuses us,
2 flags, configuration or User-Agent.`

// doctorCommand looks for what is wrong. Its methods report findings and go on.
type doctorCommand struct {
	*app
	offline bool

	eff    *effective
	state  string // the state directory, "" for none
	faults []int  // exit codes
	warned int
	broken error // output could not be written
}

func newDoctor(a *app) *cobra.Command {
	d := &doctorCommand{app: a}
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   "What is wrong, and what to do about it",
		Long:    doctorLong,
		Example: "  crawler doctor\n  crawler doctor --offline --json",
		Args:    noArguments,
		RunE:    does(d.run),
	}
	cmd.Flags().BoolVar(&d.offline, "offline", false, "make no request")
	return cmd
}

func (d *doctorCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	configured := d.configuration(cmd)
	d.environment()
	d.timeZone()
	if configured {
		d.userAgent()
		d.stateDirectory()
		if d.dataDirectory() {
			d.contents(ctx)
		}
		d.space()
		d.listening()
		d.others()
		if d.budget() {
			d.reach(ctx)
		}
	}
	if d.broken == nil && !d.json {
		d.verdict()
	}
	if code := worst(d.faults); code != exitDone {
		return errors.Join(d.broken, quietly(code))
	}
	return d.broken
}

// configuration loads it and reports whether it could be.
func (d *doctorCommand) configuration(cmd *cobra.Command) bool {
	eff, err := d.loaded(cmd)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			d.fault(exitMisuse, "configuration", "mend it; the rest is looked at when it can be read", "%s", strings.TrimSpace(line))
		}
		return false
	}
	d.eff = eff
	file := "no file, so defaults, variables and flags"
	if eff.file != "" {
		file = eff.file
	}
	d.ok("configuration", "%s", file)
	for _, n := range eff.notes {
		d.warn("configuration", "unset it, or correct its name", "%s", n)
	}
	return true
}

func (d *doctorCommand) loaded(cmd *cobra.Command) (*effective, error) {
	if err := refuseEmpty(cmd, "config", "base-url", "base-token-file", "user-agent"); err != nil {
		return nil, err
	}
	file, err := findConfig(d.configFile, d.getenv)
	if err != nil {
		return nil, err
	}
	return loadConfig(file, d.environ(), flagAssignments(cmd, nil))
}

// worst returns the exit code of the worst of faults: our side before a refusal
// before a misuse.
func worst(faults []int) int {
	for _, code := range []int{exitOurs, exitRefused, exitMisuse} {
		if slices.Contains(faults, code) {
			return code
		}
	}
	return exitDone
}

// finding is what one look came to.
type finding struct {
	Check  string `json:"check"`
	State  string `json:"state"` // ok, warn or fault
	Detail string `json:"detail"`
	Remedy string `json:"remedy,omitempty"`
}

func (d *doctorCommand) ok(check, format string, args ...any) {
	d.say(finding{Check: check, State: "ok", Detail: fmt.Sprintf(format, args...)})
}

func (d *doctorCommand) warn(check, remedy, format string, args ...any) {
	d.warned++
	d.say(finding{check, "warn", fmt.Sprintf(format, args...), remedy})
}

func (d *doctorCommand) fault(code int, check, remedy, format string, args ...any) {
	d.faults = append(d.faults, code)
	d.say(finding{check, "fault", fmt.Sprintf(format, args...), remedy})
}

// say prints a finding: a line of JSON, or text whose remedy stands below it.
func (d *doctorCommand) say(f finding) {
	if d.broken != nil || d.quiet && f.State == "ok" {
		return
	}
	f.Detail, f.Remedy = harmless.Line(f.Detail), harmless.Line(f.Remedy)
	if d.json {
		d.broken = d.printJSON(f)
		return
	}
	_, d.broken = io.WriteString(d.out, f.text(d.out))
}

const (
	stateWidth = len("fault")
	checkWidth = len("configuration")
)

func (f finding) text(out *terminal) string {
	styles := map[string]style{"ok": green, "warn": yellow, "fault": red}
	indent := stateWidth + checkWidth + 2*len(gap)
	width := max(out.columns(pageWidth)-indent, 20)
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s%-*s", out.in(styles[f.State], f.State), strings.Repeat(" ", stateWidth-len(f.State)), gap, checkWidth, f.Check)
	lead := gap
	for _, line := range wrap(f.Detail, width) {
		b.WriteString(lead + line + "\n")
		lead = strings.Repeat(" ", indent)
	}
	if f.Remedy != "" {
		for i, line := range wrap("→ "+f.Remedy, width) {
			if i > 0 {
				line = gap + line
			}
			b.WriteString(lead + out.in(bold, line) + "\n")
		}
	}
	return b.String()
}

func (d *doctorCommand) verdict() {
	if d.quiet {
		return
	}
	text := "all is well"
	if n := len(d.faults); n+d.warned > 0 {
		text = joined(", ", number(n, "fault"), number(d.warned, "warning"))
	}
	_, d.broken = fmt.Fprintf(d.out, "\n%s\n", text)
}

// number is plural, "" for none.
func number(n int, thing string) string {
	if n == 0 {
		return ""
	}
	return plural(n, thing)
}

package main

import (
	"slices"
	"strings"

	"example.com/edgard/crawl"
	"example.com/edgard/near"
)

// effective is a configuration with the origin of each of its values.
type effective struct {
	config
	file   string            // the file that was read, "" for none
	origin map[string]string // by key: "default", "edgard.yaml:12", "EDGARD_RATE", "--rate"
	notes  []string          // what is odd but not wrong
}

// mistakes is every mistake of a configuration, one per line.
type mistakes []string

func (m mistakes) Error() string { return strings.Join(m, "\n") }

// loadConfig applies default, file, environment and flags, in this order. All
// mistakes come back in one error, also those that a later source overrides.
func loadConfig(file string, environ []string, flags []assignment) (*effective, error) {
	eff := &effective{config: defaultConfig(), file: file, origin: map[string]string{}}
	var given []assignment
	var wrong mistakes
	if file != "" {
		given, wrong = readConfig(file)
	}
	env, notes := fromEnvironment(environ)
	eff.notes = notes
	known := map[string]setting{}
	for _, s := range settings() {
		known[s.key] = s
		eff.origin[s.key] = "default"
	}
	for _, a := range slices.Concat(given, env, flags) {
		if err := known[a.key].set(&eff.config, a.value); err != nil {
			wrong = append(wrong, a.origin+": "+withKey(a, err))
			continue
		}
		eff.origin[a.key] = a.origin
	}
	eff.introduce()
	wrong = append(wrong, eff.together()...)
	if len(wrong) > 0 {
		return nil, &coded{exitMisuse, wrong}
	}
	return eff, nil
}

// withKey names the key where the origin does not.
func withKey(a assignment, err error) string {
	if strings.Contains(a.origin, ":") {
		return a.key + ": " + err.Error()
	}
	return err.Error()
}

// localAgent says who asks a server on this machine, where nobody else did.
const localAgent = "edgard on this machine edgard@machine.localhost"

// introduce fills in who asks, where it is a server on this machine that is asked:
// whoever runs it knows.
func (e *effective) introduce() {
	if e.UserAgent == "" && isLoopback(e.BaseURL) {
		e.UserAgent, e.origin["user_agent"] = localAgent, "default for this machine"
	}
}

// together checks what only several values together can get wrong.
func (e *effective) together() mistakes {
	var wrong mistakes
	if err := crawl.CheckRate(e.Rate, e.BaseURL); err != nil {
		wrong = append(wrong, e.origin["rate"]+": "+err.Error())
	}
	if e.UserAgent != "" {
		// Whether its domain will do depends on who is asked: see crawl.New.
		if err := crawl.CheckUserAgent(e.UserAgent, true); err != nil {
			wrong = append(wrong, e.origin["user_agent"]+": "+err.Error())
		}
	}
	return wrong
}

// otherVariables are EDGARD_ names that are no keys of the configuration.
func otherVariables() []string {
	return []string{"EDGARD_CONFIG", "EDGARD_STATE_DIR", "EDGARD_CORPUS", tokenVariable}
}

// fromEnvironment reads the EDGARD_ variables. A variable that is set but empty
// counts as not set; one that no key knows is noted, since it may not be ours.
func fromEnvironment(environ []string) (given []assignment, notes []string) {
	vars := map[string]string{}
	for _, kv := range environ {
		if name, val, _ := strings.Cut(kv, "="); strings.HasPrefix(name, "EDGARD_") && strings.TrimSpace(val) != "" {
			vars[name] = val
		}
	}
	names := otherVariables()
	for _, s := range settings() {
		names = append(names, s.env())
		if val, ok := vars[s.env()]; ok {
			given = append(given, assignment{s.key, textValue(val), s.env()})
		}
	}
	for name := range vars {
		if !slices.Contains(names, name) {
			notes = append(notes, "environment variable "+name+" is unknown and unused"+near.DidYouMean(name, names, ""))
		}
	}
	slices.Sort(notes)
	return given, notes
}

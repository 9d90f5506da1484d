package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"example.com/edgard/near"
)

const maxConfig = 1 << 20

// assignment is one value that the user gave for one key.
type assignment struct {
	key    string
	value  value
	origin string // "edgard.yaml:12", "EDGARD_RATE", "--rate"
}

// findConfig returns the configuration file to read, "" for none. One that is
// named must exist; the places looked in otherwise are those of the contract.
func findConfig(named string, getenv func(string) string) (string, error) {
	origin := "--config"
	if named == "" {
		named, origin = getenv("EDGARD_CONFIG"), "EDGARD_CONFIG"
	}
	if named != "" {
		if _, err := os.Stat(named); err != nil {
			return "", misuse("%s: %w", origin, err)
		}
		return named, nil
	}
	for _, path := range configPlaces(getenv) {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", misuse("configuration: %w", err)
		}
	}
	return "", nil
}

// configPlaces lists where a configuration is looked for when none is named.
func configPlaces(getenv func(string) string) []string {
	places := []string{"edgard.yaml"}
	if dir := getenv("XDG_CONFIG_HOME"); dir != "" {
		places = append(places, filepath.Join(dir, "edgard", "edgard.yaml"))
	} else if home := getenv("HOME"); home != "" {
		places = append(places, filepath.Join(home, ".config", "edgard", "edgard.yaml"))
	}
	return append(places, "/etc/edgard/edgard.yaml")
}

// readConfig reads the file at path into assignments. All keys that no setting
// knows are reported, with their lines.
func readConfig(path string) ([]assignment, []string) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, []string{err.Error()}
	}
	if info.Size() > maxConfig {
		return nil, []string{fmt.Sprintf("%s: %d bytes are no configuration", path, info.Size())}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, []string{err.Error()}
	}
	return parseConfig(path, data)
}

func parseConfig(path string, data []byte) ([]assignment, []string) {
	root, err := onlyDocument(data)
	if err != nil {
		return nil, []string{path + ": " + strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	if root == nil {
		return nil, nil // empty, or only comments
	}
	r := &configReader{path: path, keys: map[string]bool{}, lines: map[string]int{}}
	for _, s := range settings() {
		r.keys[s.key] = true
	}
	r.block("", root)
	return r.found, r.mistakes
}

// onlyDocument returns the root of the one YAML document of data, nil when there
// is none that holds anything.
func onlyDocument(data []byte) (root *yaml.Node, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for n := 0; ; n++ {
		var doc yaml.Node
		err := dec.Decode(&doc)
		switch {
		case err == io.EOF:
			return root, nil
		case err != nil:
			return nil, err
		case len(doc.Content) == 0 || doc.Content[0].Tag == "!!null":
			continue
		case n > 0:
			return nil, fmt.Errorf("line %d: a second document (after ---) would be ignored: put all keys into one", doc.Content[0].Line)
		}
		root = doc.Content[0]
	}
}

// configReader walks the blocks of a file.
type configReader struct {
	path     string
	keys     map[string]bool // dotted keys of all settings
	lines    map[string]int  // where a key stood first
	found    []assignment
	mistakes []string
}

func (r *configReader) mistake(line int, format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Sprintf("%s:%d: ", r.path, line)+fmt.Sprintf(format, args...))
}

func (r *configReader) block(prefix string, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.mistake(n.Line, "%swant keys and values, not a %s", colon(prefix), value{n}.kind())
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.pair(prefix, n.Content[i], n.Content[i+1])
	}
}

func (r *configReader) pair(prefix string, key, val *yaml.Node) {
	name := prefix + key.Value
	if at, twice := r.lines[name]; twice {
		r.mistake(key.Line, "%s: stands in line %d already", name, at)
		return
	}
	r.lines[name] = key.Line
	switch v := (value{val}); {
	case r.keys[name]:
		if !v.isNull() {
			r.found = append(r.found, assignment{name, v, fmt.Sprintf("%s:%d", r.path, key.Line)})
		}
	case len(r.below(name)) > 0:
		if !v.isNull() {
			r.block(name+".", val)
		}
	default:
		r.mistake(key.Line, "unknown key %s%s", name, near.DidYouMean(key.Value, r.below(strings.TrimSuffix(prefix, ".")), prefix))
	}
}

// below lists the words that may follow a block's name, or stand at the top.
func (r *configReader) below(block string) []string {
	words, seen := []string{}, map[string]bool{}
	for _, s := range settings() {
		rest := s.key
		if block != "" {
			var ok bool
			if rest, ok = strings.CutPrefix(s.key, block+"."); !ok {
				continue
			}
		}
		word, _, _ := strings.Cut(rest, ".")
		if !seen[word] {
			words, seen[word] = append(words, word), true
		}
	}
	return words
}

func colon(prefix string) string {
	if prefix == "" {
		return ""
	}
	return strings.TrimSuffix(prefix, ".") + ": "
}

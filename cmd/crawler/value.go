package main

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"example.com/edgard/index/filter"
)

// value is what the user gave for a key: a node of the file, or the words of a
// flag or environment variable in the same clothes.
type value struct{ node *yaml.Node }

// textValue is the value of an environment variable.
func textValue(s string) value {
	return value{&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}}
}

// listValue is the value of a flag that may be repeated.
func listValue(words []string) value {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, w := range words {
		n.Content = append(n.Content, textValue(w).node)
	}
	return value{n}
}

// isNull reports whether the key stands in the file with nothing after it.
func (v value) isNull() bool { return v.node.Tag == "!!null" }

// text returns a scalar as it is written.
func (v value) text() (string, error) {
	if v.node.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("want one value, not a %s", v.kind())
	}
	return strings.TrimSpace(v.node.Value), nil
}

// list returns the scalars of a sequence; a scalar is split at its commas.
func (v value) list() ([]string, error) {
	words := []string{}
	switch v.node.Kind {
	case yaml.ScalarNode:
		if strings.TrimSpace(v.node.Value) == "" {
			return words, nil
		}
		return filter.Split(v.node.Value)
	case yaml.SequenceNode:
		for _, n := range v.node.Content {
			w, err := (value{n}).text()
			if err != nil {
				return nil, err
			}
			words = append(words, w)
		}
		return words, nil
	}
	return nil, fmt.Errorf("want a list, not a %s", v.kind())
}

func (v value) kind() string {
	switch v.node.Kind {
	case yaml.SequenceNode:
		return "list"
	case yaml.MappingNode:
		return "block of keys"
	case yaml.AliasNode:
		return "reference to another value"
	}
	return "single value"
}

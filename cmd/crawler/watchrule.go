package main

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"example.com/edgard/index/filter"
	"example.com/edgard/near"
)

// setWatch reads a list of rules; an environment variable holds the same list
// as YAML on one line.
func setWatch(c *config, v value) error {
	n := v.node
	if n.Kind == yaml.ScalarNode {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(n.Value), &doc); err != nil || len(doc.Content) != 1 {
			return fmt.Errorf(`%q is no list of rules: want [{name: results, items: ["2.02"]}]`, n.Value)
		}
		n = doc.Content[0]
	}
	if n.Kind != yaml.SequenceNode {
		return fmt.Errorf("want a list of rules, not a %s", value{n}.kind())
	}
	rules := []watchRule{}
	for _, e := range n.Content {
		r, err := readRule(e)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(rules, func(o watchRule) bool { return o.Name == r.Name }) {
			return fmt.Errorf("two rules have the name %q: names must differ", r.Name)
		}
		rules = append(rules, r)
	}
	c.Watch = rules
	return nil
}

func readRule(n *yaml.Node) (watchRule, error) {
	var r watchRule
	if n.Kind != yaml.MappingNode {
		return r, fmt.Errorf("want each rule as keys and values, not a %s", value{n}.kind())
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		if err := r.set(key, value{n.Content[i+1]}); err != nil {
			return r, fmt.Errorf("%s: %w", key, err)
		}
	}
	if r.Name == "" {
		return r, fmt.Errorf("a rule has no name: give each one a name of its own")
	}
	return r, nil
}

func (r *watchRule) set(key string, v value) (err error) {
	var scratch config
	switch key {
	case "name":
		r.Name, err = v.text()
	case "words":
		r.Words, err = v.text()
	case "issuers":
		err = setIssuers(&scratch, v)
		r.Issuers = scratch.Issuers
	case "forms":
		err = setForms(&scratch, v)
		r.Forms = scratch.Forms
	case "items":
		if r.Items, err = v.list(); err == nil {
			err = filter.CheckItems(r.Items)
		}
	default:
		keys := []string{"name", "issuers", "forms", "items", "words"}
		err = fmt.Errorf("unknown key of a rule: want %s%s", strings.Join(keys, ", "), near.DidYouMean(key, keys, ""))
	}
	return err
}

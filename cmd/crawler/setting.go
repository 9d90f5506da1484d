package main

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

// setting is one key of the configuration. File, environment and flags all go
// through set, so that a mistake reads the same wherever it is made.
type setting struct {
	key  string // as in the file, nested keys joined by a dot
	flag string // the flag that sets it, "" for none; issuers have --ticker as well
	set  func(*config, value) error
	val  func(*config) any // a string, []string, float64, bool or []watchRule
}

// env is the environment variable that sets s; a list is separated by commas.
func (s setting) env() string {
	return "EDGARD_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// get returns the value as people read it, "" for none.
func (s setting) get(c *config) string { return shown(s.val(c)) }

// settings lists every key, in the order of config.example.yaml.
func settings() []setting {
	return []setting{
		text("user_agent", "user-agent", func(c *config) *string { return &c.UserAgent }, anyText),
		text("data", "data", func(c *config) *string { return &c.Data }, directory),
		text("base_url", "base-url", func(c *config) *string { return &c.BaseURL }, baseURL),
		text("base_token_file", "base-token-file", func(c *config) *string { return &c.BaseToken }, fileName),
		text("from", "from", func(c *config) *string { return &c.From }, dayOrNone),
		{"forms", "form", setForms, func(c *config) any { return formNames(c.Forms) }},
		{"issuers", "cik", setIssuers, func(c *config) any { return append([]string{}, c.Issuers...) }},
		{"rate", "rate", setRate, func(c *config) any { return c.Rate }},
		{"feeds", "", setFeeds, func(c *config) any { return append([]string{}, c.Feeds...) }},
		text("listen", "listen", func(c *config) *string { return &c.Listen }, listenAddress),
		{"hosts", "host", setHosts, func(c *config) any { return append([]string{}, c.Hosts...) }},
		text("token_file", "token-file", func(c *config) *string { return &c.TokenFile }, fileName),
		text("archive.backend", "", func(c *config) *string { return &c.Archive.Backend }, oneOf("directory")),
		text("archive.keep", "", func(c *config) *string { return &c.Archive.Keep }, oneOf("full", "text")),
		text("index.backend", "", func(c *config) *string { return &c.Index.Backend }, oneOf("bbolt")),
		{"search.enabled", "", setSearch, func(c *config) any { return c.Search.Enabled }},
		{"watch", "", setWatch, func(c *config) any { return append([]watchRule{}, c.Watch...) }},
		text("log.level", "log-level", func(c *config) *string { return &c.Log.Level }, oneOf("debug", "info", "warn", "error")),
		text("log.format", "", func(c *config) *string { return &c.Log.Format }, oneOf("auto", "plain", "json")),
	}
}

// text is a setting that is one word or line, checked and normalised by check.
func text(key, flag string, field func(*config) *string, check func(string) (string, error)) setting {
	set := func(c *config, v value) error {
		s, err := v.text()
		if err == nil {
			s, err = check(s)
		}
		if err == nil {
			*field(c) = s
		}
		return err
	}
	return setting{key, flag, set, func(c *config) any { return *field(c) }}
}

func formNames(fs []edgar.Form) []string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.String()
	}
	return names
}

func shown(v any) string {
	switch v := v.(type) {
	case []string:
		return strings.Join(v, ", ")
	case []watchRule:
		names := make([]string, len(v))
		for i, r := range v {
			names[i] = r.Name
		}
		return strings.Join(names, ", ")
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

package main

import (
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
	get  func(*config) string
}

// env is the environment variable that sets s; a list is separated by commas.
func (s setting) env() string {
	return "EDGARD_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// settings lists every key, in the order of config.example.yaml.
func settings() []setting {
	return []setting{
		text("user_agent", "user-agent", func(c *config) *string { return &c.UserAgent }, anyText),
		text("data", "data", func(c *config) *string { return &c.Data }, directory),
		text("base_url", "base-url", func(c *config) *string { return &c.BaseURL }, baseURL),
		text("from", "from", func(c *config) *string { return &c.From }, dayOrNone),
		{"forms", "form", setForms, func(c *config) string { return joinForms(c.Forms) }},
		{"issuers", "cik", setIssuers, func(c *config) string { return strings.Join(c.Issuers, ", ") }},
		{"rate", "rate", setRate, func(c *config) string { return strconv.FormatFloat(c.Rate, 'g', -1, 64) }},
		{"feeds", "", setFeeds, func(c *config) string { return strings.Join(c.Feeds, ", ") }},
		text("listen", "listen", func(c *config) *string { return &c.Listen }, listenAddress),
		text("archive.backend", "", func(c *config) *string { return &c.Archive.Backend }, oneOf("directory")),
		text("archive.keep", "", func(c *config) *string { return &c.Archive.Keep }, oneOf("full", "text")),
		text("index.backend", "", func(c *config) *string { return &c.Index.Backend }, oneOf("bbolt")),
		{"search.enabled", "", setSearch, func(c *config) string { return strconv.FormatBool(c.Search.Enabled) }},
		{"watch", "", setWatch, func(c *config) string { return joinRules(c.Watch) }},
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
	return setting{key, flag, set, func(c *config) string { return *field(c) }}
}

func joinForms(fs []edgar.Form) string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.String()
	}
	return strings.Join(names, ", ")
}

func joinRules(rules []watchRule) string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

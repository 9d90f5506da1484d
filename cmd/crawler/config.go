package main

import (
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
)

// config is all that can be configured. config.example.yaml at the top of the
// repository says what each key is for; settings binds keys to fields.
type config struct {
	UserAgent string       // user_agent: who asks sec.gov, a name and an e-mail address
	Data      string       // data: the directory that holds archive, index and listings
	BaseURL   string       // base_url: stands in for www.sec.gov and data.sec.gov; "" for those
	BaseToken string       // base_token_file: holds what the mirror at base_url wants to be told; "" for nothing
	From      string       // from: the first day wanted, as firstDay reads it; "" to go on from what is held
	Forms     []edgar.Form // forms: the exact types wanted
	Issuers   []string     // issuers: CIKs and tickers; none for every issuer
	Rate      float64      // rate: requests a second; 0 for unlimited, against loopback only
	Feeds     []string     // feeds: live sources of the daemon
	Listen    string       // listen: address of the HTTP server, or off
	Hosts     []string     // hosts: names under which browsers reach it, beside localhost
	TokenFile string       // token_file: holds what whoever asks must know; "" for none

	Archive archiveConfig
	Index   indexConfig
	Search  searchConfig
	Watch   []watchRule
	Log     logConfig
}

type archiveConfig struct {
	Backend string // archive.backend: directory
	Keep    string // archive.keep: full or text
}

// keepsText reports whether the archive is to hold text alone.
func (c *config) keepsText() bool { return c.Archive.Keep == "text" }

type indexConfig struct {
	Backend string // index.backend: bbolt
}

type searchConfig struct {
	Enabled bool // search.enabled: full text over items and exhibits
}

// watchRule asks to be told of filings that match all of what it states.
type watchRule struct {
	Name    string       `json:"name"`
	Issuers []string     `json:"issuers,omitempty"`
	Forms   []edgar.Form `json:"forms,omitempty"`
	Items   []string     `json:"items,omitempty"`
	Words   string       `json:"words,omitempty"`
}

type logConfig struct {
	Level  string // log.level: debug, info, warn or error
	Format string // log.format: auto, plain or json
}

// defaultConfig is the configuration of somebody who configures nothing.
func defaultConfig() config {
	return config{
		Data:    "./edgard-data",
		Forms:   edgar.CurrentReports(),
		Rate:    crawl.DefaultRate,
		Feeds:   []string{"getcurrent"},
		Listen:  "127.0.0.1:8080",
		Archive: archiveConfig{Backend: "directory", Keep: "full"},
		Index:   indexConfig{Backend: "bbolt"},
		Log:     logConfig{Level: "info", Format: "auto"},
	}
}

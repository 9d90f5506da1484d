package remote

import (
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// question is an [index.Query] as it crosses the socket.
type question struct {
	CIKs         []edgar.CIK  `json:"ciks,omitempty"`
	Name         string       `json:"name,omitempty"`
	SICs         []string     `json:"sics,omitempty"`
	States       []string     `json:"states,omitempty"`
	Forms        []edgar.Form `json:"forms,omitempty"`
	Amendment    *bool        `json:"amendment,omitempty"`
	Items        []string     `json:"items,omitempty"`
	AllItems     []string     `json:"all_items,omitempty"`
	Exhibits     []string     `json:"exhibits,omitempty"`
	Warnings     []parse.Code `json:"warnings,omitempty"`
	From         edgar.Date   `json:"from,omitzero"`
	To           edgar.Date   `json:"to,omitzero"`
	PeriodFrom   edgar.Date   `json:"period_from,omitzero"`
	PeriodTo     edgar.Date   `json:"period_to,omitzero"`
	AcceptedFrom time.Time    `json:"accepted_from,omitzero"`
	AcceptedTo   time.Time    `json:"accepted_to,omitzero"`
	Withdrawn    *bool        `json:"withdrawn,omitempty"`
	OldestFirst  bool         `json:"oldest_first,omitempty"`
	Limit        int          `json:"limit,omitempty"`
	After        string       `json:"after,omitempty"`
}

// entryQuestion is an [index.EntryQuery] as it crosses the socket.
type entryQuestion struct {
	States      []index.State `json:"states,omitempty"`
	CIKs        []edgar.CIK   `json:"ciks,omitempty"`
	Forms       []edgar.Form  `json:"forms,omitempty"`
	From        edgar.Date    `json:"from,omitzero"`
	To          edgar.Date    `json:"to,omitzero"`
	OldestFirst bool          `json:"oldest_first,omitempty"`
	Limit       int           `json:"limit,omitempty"`
	After       string        `json:"after,omitempty"`
}

// entryPage is an [index.EntryPage] as it crosses the socket.
type entryPage struct {
	Entries []index.Entry `json:"entries"`
	Next    string        `json:"next,omitempty"`
}

package edgartest

import (
	"example.com/edgard/edgar"
	"net/http"
)

type ticker struct{}

func (w *World) learnTickers([]byte) error                       { return nil }
func (w *World) tickersJSON() *resource                          { return nil }
func (w *World) tickersExchangeJSON() *resource                  { return nil }
func (w *World) tickersText() *resource                          { return nil }
func (w *World) findSubmissions(string) *resource                { return nil }
func (w *World) browse(*http.Request) *reply                     { return unavailable() }
func (w *World) issuerFolder(edgar.CIK) *resource                { return nil }
func (e *entry) indexPage(edgar.CIK) (*resource, error)          { return nil, nil }
func (e *entry) folderFile(edgar.CIK, string) (*resource, error) { return nil, nil }

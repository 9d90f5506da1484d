package main

import "example.com/edgard/harmless"

// cleanText makes text of strangers harmless on a terminal.
func cleanText(s string) string { return harmless.Text(s) }

// cleanLine is cleanText for one line of output.
func cleanLine(s string) string { return harmless.Line(s) }

package main

import (
	"io"

	"example.com/edgard/harmless"
)

// printJSON prints v as one line of JSON on standard output.
func (a *app) printJSON(v any) error {
	line, err := harmless.JSON(v)
	if err == nil {
		_, err = a.out.Write(line)
	}
	return err
}

// copyClean prints text of a filing, harmless, ending in a line end.
func copyClean(w io.Writer, text string) error {
	text = harmless.Text(text)
	if text != "" && text[len(text)-1] != '\n' {
		text += "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

package parse

import "strings"

// formTexts begin the lines that the form itself prints, in lower case.
var formTexts = [...]string{
	"united states securities", "u.s. securities", "u. s. securities", "us securities", "securities and exchange", "securities & exchange", "securities exchange act", "the securities exchange act", "the securities act",
	"washington, d", "washington d.", "washington dc", "washington,d", "washington, 2", "form 8", "form  8", "8-k", "current report", "pursuant to section", "to section 13", "section 13", "of the securities", "of the exchange act", "of 1934", "exchange act of",
	"under the securities", "check the appropriate", "check appropriate", "simultaneously satisfy", "following provisions", "indicate by check", "if an emerging", "emerging growth company",
	"written communications", "soliciting material", "pre-commencement", "precommencement", "securities registered", "table of contents", "amendment no",
	"(amendment no", "(mark one", "index to exhibits", "exhibit index", "total pages", "total number", "page 1 of", "information to be included", "information included", "commission only", "copies to", "copy to", "with a copy", "http:", "https:", "www.",
}

// verbs tell sentences, of which only the form and footnotes have any.
var verbs = [...]string{" have ", " has ", " is ", " are ", " was ", " were ", " will ", " hereby ", " does "}

// isFormText reports whether a line is the form's own or a sentence, and so
// neither caption nor value.
func isFormText(s string) bool {
	if len(s) > 240 {
		return true
	}
	s = strings.TrimLeft(s, " ([☐☒•*_|]oxX\t")
	if s == "" || equalFoldString(s, "united states") || equalFoldString(s, "united states of america") { // and not United States Gadget Corporation
		return s != ""
	}
	for _, f := range formTexts {
		if s[0]|0x20 == f[0]|0x20 && hasPrefixFoldString(s, f) {
			return true
		}
	}
	if beginsItem(s) {
		return true
	}
	if len(s) > 120 || len(s) > 50 && s[len(s)-1] == '.' { // and not "telephone number, including area code, is …"
		for _, v := range verbs {
			if strings.Contains(s, v) {
				return true
			}
		}
	}
	return false
}

package layout

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxName   = 100 // bytes of a file's name
	maxIssuer = 60  // of an issuer's
)

// safeName makes a name of one path element out of text that anybody may have
// written, at most limit bytes long, its extension kept. It is "" when nothing of
// the text can stand.
func safeName(text string, limit int) string {
	name := strings.Map(safeRune, strings.ToValidUTF8(text, "_"))
	name = trimName(name)
	if strings.Trim(name, "_. ") == "" {
		return ""
	}
	if isDevice(name) {
		name = "_" + name
	}
	return cutName(name, limit)
}

// safeRune keeps what any file system takes and people can see.
func safeRune(r rune) rune {
	switch {
	case strings.ContainsRune(`<>:"/\|?*`, r):
		return '_'
	case r == '\t' || unicode.IsSpace(r):
		return ' '
	case !unicode.IsPrint(r):
		return -1
	}
	return r
}

// trimName takes off what Windows drops from the end of a name and what hides one.
func trimName(name string) string { return strings.TrimLeft(strings.TrimRight(name, " ."), " .") }

// isDevice reports whether Windows takes name for a device, whatever follows its
// first dot.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	switch stem = strings.ToUpper(strings.TrimRight(stem, " ")); stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

// cutName shortens the stem of a name, or all of it when the extension is long.
func cutName(name string, limit int) string {
	stem, ext := splitName(name)
	if len(name) <= limit {
		return name
	}
	cut := limit - len(ext)
	for cut > 0 && !utf8.RuneStart(stem[cut]) {
		cut--
	}
	return trimName(stem[:cut]) + ext
}

// splitName cuts a name before its extension; a long one is none.
func splitName(name string) (stem, ext string) {
	if ext = path.Ext(name); len(ext) > 16 || ext == name {
		ext = ""
	}
	return name[:len(name)-len(ext)], ext
}

// names are those of one folder. File systems that fold case take one file for
// another's.
type names map[string]bool

// take returns name, or the first of "name (2)", "name (3)" that is free.
func (n names) take(name string) string {
	free := name
	for i := 2; n[strings.ToLower(free)]; i++ {
		mark := fmt.Sprintf(" (%d)", i)
		stem, ext := splitName(cutName(name, maxName-len(mark)))
		free = stem + mark + ext
	}
	n[strings.ToLower(free)] = true
	return free
}

package parse

// pictures takes body[i:end] set in a dingbat font. More than three characters
// are words that a font list set by mistake.
func (f *flattener) pictures(i, end int) {
	var glyphs []rune
	g := flattener{page: new(page), body: f.body, utf8: f.utf8}
	if end-i <= 64 {
		g.text(i, end)
		glyphs = []rune(string(g.out))
	}
	if len(glyphs) == 0 || len(glyphs) > 3 {
		f.text(i, end)
		return
	}
	for _, r := range glyphs {
		if r == ' ' {
			f.gap |= htmlBlank
			continue
		}
		f.put(picture(r), int(g.cur.begin), int(g.cur.end))
	}
	f.gap = g.gap
}

// picture maps a letter of Wingdings, Wingdings 2, Webdings or WordPerfect's
// Typographic Symbols to the box it draws, empty or marked; every other picture
// is a bullet.
func picture(r rune) rune {
	switch r {
	case 'o', 'p', 'q', 'r', 'G', 'c', '*', 0xa8, 0xa3, '☐', '□':
		return '☐'
	case 'x', 'R', 'S', 'T', 'Q', 'V', 0xfd, 0xfe, 0xfc, '☒', '☑':
		return '☒'
	}
	return '•'
}

// Package edgartest is an EDGAR in memory, for tests of programs that read
// sec.gov: crawlers, listing parsers, feed readers.
//
// A [World] holds submissions and makes everything else of them: quarterly and
// daily listings in all their formats and historical names, folder listings, the
// texts themselves under each filer's CIK, filing pages and headers, the Atom
// feed and the RSS of filings with XBRL, the JSON of data.sec.gov, the ticker
// files and robots.txt. It answers with the content types, validators and error bodies that sec.gov sends, not
// with what would be convenient: a listing that does not exist is a 403 of the
// storage, a missing filing a 404, a text has no charset, a compressed listing no
// Content-Encoding, data.sec.gov no validators, and an undeclared User-Agent gets
// a page instead of a filing.
//
// # Worlds
//
// [Demo] is a world of made companies, ready to be crawled. [FromFS] serves the
// submissions of a folder, reading bodies on demand. [FromTxtar] reads a world
// from a test's own archive. [New] and [World.Add] build one in code, where a few
// fields make a whole valid submission:
//
//	w := edgartest.New()
//	err := w.Add(edgartest.Submission{
//		Accession: acc, Form: form, Filed: day,
//		Items:  []string{"2.02", "9.01"},
//		Filers: []edgartest.Filer{{CIK: cik, Name: "Pellworm Lens Co"}},
//	})
//
// A world may change while it is read: [World.Add] makes listings grow,
// [World.Remove] and [World.ChangeHeader] are the SEC's own corrections, which
// reach the quarterly listings and never the daily ones.
//
// # Serving
//
// A World is an [http.Handler], for httptest.NewServer and a client that is given
// a base URL; and an [http.RoundTripper], for a client that goes on believing in
// https://www.sec.gov. The round tripper has no sockets and starts no goroutines,
// so that testing/synctest can move the clock: latency, slow bodies, the
// limiter's ten minutes then pass in no time.
//
// Two clocks are kept apart. The calendar, [WithNow], says what day it is at the
// SEC: which quarters exist, which filings are public. Requests are timed by
// [time.Now].
//
// # Trouble
//
// [World.Script] makes the next requests for a path go wrong in one of the ways
// in which sec.gov goes wrong: the [Fault] constants, and [Slow], [Redirect],
// [Other], [Body]. [WithLimit] throttles whoever asks too fast and, as sec.gov
// does, keeps throttling who asks on. [World.Requests] says afterwards what was
// asked, when, and what came of it.
//
// The package knows of EDGAR's formats on its own, by package edgar alone, and
// shares no code with the parser that is tested against it.
package edgartest

// Command crawler keeps an archive of SEC Form 8-K filings.
//
// This package reads flags, environment and configuration, opens what a command
// needs, hands it to the packages that do the work, and prints what they return.
// It decides nothing else. A tour:
//
//	main.go       main, and run, which is the whole program without os.Exit
//	root.go       the tree of commands and the global flags
//	app.go        what every command needs of the world around it
//	exit.go       the exit codes, one table (fault.go: which error has which)
//	signal.go     the first signal asks to stop, the second insists
//	reload.go     a daemon reads its configuration again
//	systemd.go    what a service manager is told (vitals.go: how the daemon stands)
//	config*.go    the configuration: one struct, its sources, its check
//	setting.go    the table that binds keys to fields, variables and flags
//	check*.go     what each value must look like
//	data.go       the data directory, and whether it is read here or through its
//	              holder (holder.go: who writes to it)
//	guest.go      reading for long beside those who write
//	site.go       the pages and the API at an address (token.go: who may look)
//	log.go        the log (flood.go: when there is too much of it)
//
// Each command stands in the file of its name: sync, run, serve, import, list, show, export,
// parse, status, reindex, compact, doctor, demo, version, completion, man, and config check in
// configcheck.go.
//
// Output for people goes through what a stream can do
// (term.go), tables (table.go), pages of a filing (page.go, layout.go), figures
// (figure.go) and the console, which keeps a progress line below everything else
// that is said on standard error (console.go, progress.go). Text of filings is
// untrusted: clean.go and json.go make it harmless before it reaches a terminal.
package main

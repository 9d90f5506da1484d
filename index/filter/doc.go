// Package filter reads how people and programs choose filings: by flags of a command or
// by parameters of a URL. Both have the same names, take the same values, and report
// mistakes in the same words:
//
//	crawler list --item 2.02,9.01 --from 2024Q1
//	/api/v1/filings?item=2.02,9.01&from=2024Q1
//
// [Listing] is the one table of parameters. [Words] are the values given, by name; a
// [Reader] makes an [index.Query] of them. A value that makes no sense is a [Mistake],
// which names the parameter and says what is expected.
package filter

// Package filter reads the words with which people and programs choose filings: flags
// of a command, or parameters of a URL. Both have the same names, take the same values,
// and are told of a mistake in the same words:
//
//	crawler list --item 2.02,9.01 --from 2024Q1
//	/api/v1/filings?item=2.02,9.01&from=2024Q1
//
// [Listing] is the one table of what there is. [Words] are what somebody gave, by
// name; a [Reader] makes an [index.Query] of them. What cannot be meant is a [Mistake],
// which names the parameter and says what would do.
package filter

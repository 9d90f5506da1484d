// Package indextest is the conformance suite of [index.Reader]: whatever reads an
// index, the file or another process, answers alike. It fills a made index through
// the writing half, a [index.Store], and asks the reader about it.
package indextest

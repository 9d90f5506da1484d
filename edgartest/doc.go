// Package edgartest is an EDGAR in memory, for tests of programs that read
// EDGAR.
package edgartest

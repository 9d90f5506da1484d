// Package parse turns EDGAR text into values: listings into rows, submissions
// into headers and documents, 8-Ks into items, cover, exhibits and signatures.
//
// It never touches the network, the disk or the clock, keeps no state and logs
// nothing: bytes in, values out.
package parse

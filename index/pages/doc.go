// Package pages checks a bbolt file page by page, and trusts none of them. What
// bbolt has for that follows references wherever they lead: on a page that points
// back it ends the process, for lack of stack. Here every page is claimed once, every
// number is bounded before it is used, and memory is two bits a page and a page
// for each level of a tree.
//
// # Format
//
// This is bbolt's, version 2, numbers in the byte order of the machine. A page has a
// header of 16 bytes:
//
//	id       uint64  where it is: the page at id times the page size
//	flags    uint16  1 branch, 2 leaf, 4 meta, 16 free list
//	count    uint16  of its elements
//	overflow uint32  how many pages after it belong to it
//
// Pages 0 and 1 are meta pages, written in turn; the valid one of the later
// transaction counts. After the header:
//
//	magic, version, page size, flags  uint32
//	root, its sequence, free list, number of pages, transaction  uint64
//	checksum  uint64, FNV-1a of the 56 bytes before
//
// An element of a branch page is position and length of its key (uint32) and a page
// (uint64); that of a leaf page flags, position, length of the key and of the value
// (uint32). The position counts from the element. Keys and values follow the
// elements without a gap, in the same order; and so an element that is not what it
// was written as is not in its place. A page is as long as its elements need.
//
// The root tree has the buckets: an element with flag 1, whose value is root and
// sequence of the bucket, and, when root is 0, a leaf page without a place of its own.
// A free list is the numbers of pages in order; with a count of 65535 the first one
// is their number.
//
// A bucket within a bucket is taken for damage: the index has none.
package pages

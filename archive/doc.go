// Package archive keeps raw submissions, byte for byte as EDGAR served them.
// It is the part of edgard that everything else can be rebuilt from: the index
// forgets nothing that is here, and says nothing that is not.
//
// # One file per submission
//
// An archive is a folder:
//
//	lock                                                        held by the one writing process
//	submissions/000/162/828/025/058/0001628280-25-058337.txt.zst
//	revisions/000/162/828/025/058/0001628280-25-058337/2.txt.zst
//	tmp/0001628280-25-058337.7                                  being written
//	quarantine/0001628280-25-058337.1.txt.zst                   damaged, and beside it why: ….reason
//
// The folders are the first fifteen of the accession number's eighteen digits,
// in groups of three; the last group stands only in the file name. No folder
// can therefore hold more than 1,000 entries, whatever is archived.
//
// A file is one zstd frame with a content checksum, then one skippable frame
// of fixed length, the trailer (trailer.go has its bytes): accession number,
// revision, size, sha256, time stored. So "zstd -d" reads the file, Stat reads
// the last 132 bytes of it, and a file that has lost its name still says what it
// is.
//
// A submission may be kept without what is no text; who writes says so with
// Writer.Cut. The trailer of such a cut copy also has the size and the sha256 that
// the submission had as EDGAR served it; size and sha256 proper, which readers
// check, are always those of the bytes in the file.
//
// # Written once
//
// What is in the archive is never overwritten, moved or removed. The same bytes
// again are a no-op. Different bytes under the same accession number, for the
// SEC does correct headers, become the next revision beside the first; the
// newest is the one shown. A newest revision that turns out to be damaged on
// disk counts as different bytes: fetching the submission again heals it.
//
// There are two exceptions. When the whole submission comes in of which a cut copy
// is held, by its sha256, the cut copy is replaced by it, under the same revision:
// EDGAR served the same bytes both times. The name passes from one complete file
// to the other by a rename, so that a reader finds one of them at any moment.
//
// Quarantine moves a damaged file out of the way, on request alone. It keeps its
// bytes, and a name at any moment; nothing reads it there as a submission.
//
// # Durable, or not there
//
// A Writer streams to a file below tmp. Commit completes it, flushes it to the
// disk, gives it its final name, flushes that folder and every parent folder
// that had to be made, and only then reports success. A crash at any moment
// leaves under the final name either nothing or the whole file.
//
// The final name is given by os.Link, because a hard link refuses to replace
// an existing name, in one atomic step, on every Unix and on NTFS; a rename
// replaces silently, and the renames that do not are private to each kernel.
// Open refuses a file system without hard links.
//
// The temporary name outlives the publication until the folders are flushed.
// A temporary file found at Open thus marks a write that was cut short, perhaps
// after its publication: Open flushes the folders of that accession, then
// removes the file.
//
// # One writer, many readers
//
// One process at a time opens an archive for writing; within it, any number of
// goroutines may use the Store. OpenReadOnly needs no lock and never writes. A
// reader in another process can see a submission in the instant before its
// folder has reached the disk; a Store that writes never shows such a one.
package archive

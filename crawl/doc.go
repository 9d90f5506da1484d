// Package crawl moves submissions from sec.gov to the index, politely.
//
// One pass (Crawler.Sync) is the whole of it; a daemon is that pass in a loop:
//
//	listings ─▶ index.Discover ─▶ index.Due ─▶ 1 dispatch ⇒ N fetch ⇒ 1 record
//
// A listing is asked for with the validators of last time, kept as fetched, read
// row by row, and each new accession becomes an entry. Each due entry is fetched
// with exactly one request, kept in memory until it is whole or, when it is large,
// streamed into the archive, checked for being what was asked for, made durable,
// parsed, and recorded. A pass that is cut off anywhere is finished by the next
// one, and a pass over a finished world asks for nothing it has.
//
// What people have already comes in by Import, from files and through the same
// checks, without a request:
//
//	1 walk ⇒ N read files ⇒ N archive and parse ⇒ 1 record
//
// Quarterly listings are rebuilt with SEC's corrections, past ones each Saturday.
// What such a listing says of form, name and date the entry takes over; the filing
// goes on saying what its header says, and is found by that. An entry that the
// rebuilt listing lacks is withdrawn, its filing kept, until it is listed again; but
// only when the listing was read whole, reaches the filing day and was built after
// the entry was first seen, when no other listing has it, and when not suspiciously
// many are gone at once (reconcile.go). Daily listings are never corrected: they add,
// and take nothing away.
//
// With Config.KeepText the archive gets the text of submissions alone (see
// parse.KeepText), cut as they stream in; the checks see all of them. SHA256 and
// Size of a filing are in either case those of the submission as EDGAR served it,
// offsets those of the archived copy. A pass with Scope.Complete fetches what was
// cut again, one request each, and the whole takes the place of the cut copy.
//
// # Promises
//
//  1. Bytes reach the archive, durably, before the index says anything of them.
//  2. An entry's state changes in the transaction that holds what it promises.
//  3. The index can be rebuilt offline (Reindex) from the archive, the kept
//     listings and the journal.
//  4. No request leaves without a token: redirects, retries and HEAD included,
//     and connections that net/http reopens by itself are debited afterwards.
//  5. A submission that is whole in the archive is recorded from there.
//
// # One issuer
//
// A pass over few issuers (Crawler.Issuer, or Sync with at most twenty CIKs) is
// the same pass with other listings: those that data.sec.gov keeps of each issuer,
// which are always current. They have no validators: the first page is asked for
// in every pass and compared with its copy, an older page when the first one
// tells of it in other words than last time. The copies are kept with the others.
//
// # What SEC sees
//
// A User-Agent with a name and an e-mail address, at most Rate requests a second
// in all (8 unless configured, never more than 9), shared by every process of
// the user on this machine through a small locked file (Config.StateDir). When
// SEC answers that we were too fast, every request of every process stops for
// ten minutes, and the ten minutes after that go at half the rate.
//
// The robots.txt of www.sec.gov is read before anything else, at the same price of
// a token, kept in the state directory and asked for again after a day. What it
// forbids is not asked for: the pass ends with a ForbiddenError that names the
// rule. While nobody can say what it forbids, nothing is asked for at all. Two
// things stand outside: data.sec.gov, which has no such file, and the getcurrent
// feed under /cgi-bin, which SEC publishes for subscription and robots.txt closes.
// It is asked for by decision, and can be switched off.
//
// # When the disk is in the way
//
// Free space is looked at before anything is asked for: less than the reserve
// (512 MiB, or a twentieth of a disk smaller than 10 GB) and no request is made
// whose answer could not be kept. A full, read-only or failing disk is a
// DiskError; no entry is put off for it. A patient crawler says so once, looks at
// the disk every half minute, and makes the pass again when it can be used; what
// was archived meanwhile is recorded from there.
//
// What each kind of wrong answer leads to, observed, is in testdata/faults.md.
//
// # How colly is used
//
// One collector owns headers, allowed hosts and redirects, and is kept in
// collector.go. Bodies never pass through it: the spool transport below it
// streams them to where they belong, because colly would cut them at a size,
// re-encode them by charset and unpack .gz files. The frontier, the retries and
// the record of what was visited are the index's, not colly's.
package crawl

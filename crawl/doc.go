// Package crawl moves submissions from sec.gov to the index, politely.
//
// One pass (Crawler.Sync) is the whole of it; the daemon (Crawler.Run) is that pass
// in a loop:
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
//     listings and the journal; what a newer parser makes of it is told before it
//     takes the place of the old one (Compare).
//  4. No request leaves without a token: redirects, retries and HEAD included,
//     and what net/http sends again by itself; a token that has grown old while a
//     connection was made is given up for another.
//  5. A submission that is whole in the archive is recorded from there.
//
// # Checks
//
// Audit compares listings, index and archive; Verify the index's keys with its
// entries, and every byte of the archive with its hash and the index. Both read while
// another process writes (index.Asking), and change nothing. Verify remembers in a bookmark
// how far it came:
//
//	1 walk ⇒ N read ⇒ 1 record, in the order of the walk
//
// Mend moves damaged copies into quarantine and records from the archive what the
// index has not as it is; Refetch is a pass over what has no sound copy left. Each is
// decided anew when its turn comes, so that a repair cut off anywhere is finished by
// the next one.
//
// # One issuer
//
// A pass over few issuers (Crawler.Issuer, or Sync with at most twenty CIKs) is
// the same pass with other listings: those that data.sec.gov keeps of each issuer,
// which are always current. They have no validators: the first page is asked for
// in every pass and compared with its copy, an older page when the first one
// tells of it in other words than last time. The copies are kept with the others.
//
// # The daemon
//
// Crawler.Run keeps an archive current by two activities that share everything,
// each of them a pass, or a part of one, again and again:
//
//	live     feed ─▶ index.Discover ─▶ index.DueSince ─▶ 1 dispatch ⇒ N fetch ⇒ 1 record
//	backlog  a whole pass when the last good one is older than the last mark,
//	         otherwise what is due, otherwise sleep
//
// A mark is 22:15 Eastern of a business day, when its daily listing is there, and
// 06:30 on Saturday, after the rebuild. "Older than" is decided from the reports
// of passes that the index keeps, and never by a timer that fired: a restart, a
// clock that is set, a change to daylight saving or a night in which the machine
// was off lead to one pass too many at worst. A pass counts when it read every
// listing of the scope, or knows it absent; whoever made it, crawler sync
// included. Its fetching ends at the next mark, however long the backlog.
//
// The getcurrent feed is polled every minute while filings become public, and once
// after that, newest first, page by page back to known ground: a page that brings
// nothing new and reaches back beyond the last whole poll. So what a poll that
// broke off did not see the next one sees, after a restart too. Once an hour a poll
// goes back a whole day. A feed that cannot be read, or has no entries, is a fault,
// and tried again with growing pauses. What the feed never tells, the listings do.
//
// An entry is claimed while it is worked on, so that each submission is asked for
// once, whichever activity comes first. Live requests go ahead of the others at the
// gate in front of the budget; while both wait, every fourth slot is backlog's.
// Cool-downs and outages are waited out. Once a week, when nobody files, a sample
// of the archive is verified.
//
// # Proofs
//
// Audit compares what the kept listings name with the index, and the index with the
// archive: whatever is listed and wanted is recorded, deferred, rejected or
// withdrawn, and whatever is recorded is archived. Verify reads the archive's bytes
// as well. Both walk index and archive side by side (joints), name what differs, and
// ask for nothing. A listing's record says that it was read (Scope) or compared with
// the entries (Judged) only once all that follows from it is in the index; a kept
// copy that is not what its record says is fetched again.
//
// # Vital signs
//
// What a crawl asks, how that is answered, how long it waits and whether it is
// alive is noted in Config.Signs as it happens, for those who look: see package vital.
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

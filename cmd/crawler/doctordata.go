package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
	"example.com/edgard/index/remote"
)

// What doctor sees of the data directory.

// dataDirectory reports whether there is one to look into.
func (d *doctorCommand) dataDirectory() bool {
	dir := d.eff.Data
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.creatable("data", dir)
		return false
	case err != nil:
		d.fault(exitOurs, "data", "let this user read it, or name another place with --data", "%v", err)
		return false
	case !info.IsDir():
		d.fault(exitMisuse, "data", "name a directory with --data", "%s is a file", dir)
		return false
	}
	for _, sub := range []string{dir, filepath.Join(dir, archiveFolder), filepath.Join(dir, listingsFolder)} {
		if _, err := os.Stat(sub); errors.Is(err, fs.ErrNotExist) {
			continue // of a directory that is new
		}
		if err := writable(sub); err != nil {
			d.fault(exitOurs, "data", "let this user write there: it may belong to another, or be on a disk that is full or read-only", "%v", err)
			return true
		}
	}
	if info.Mode().Perm()&0o022 != 0 {
		d.warn("data", "chmod go-w "+dir, "others may write to %s", dir)
		return true
	}
	d.ok("data", "%s", dir)
	return true
}

// contents looks at what is in the data directory, as far as nobody else holds it.
func (d *doctorCommand) contents(ctx context.Context) {
	dir := d.eff.Data
	ix, store, err := openReader(dir)
	switch {
	case errors.Is(err, index.ErrLocked), errors.Is(err, remote.ErrGone):
		d.ok("lock", "in use by %s: the index is not looked at", writerOf(dir))
		d.sample(ctx, nil)
		return
	case errors.Is(err, index.ErrDamaged):
		d.fault(exitOurs, "index", "run crawler reindex, and look at the disk it is on", "%v", err)
	case errors.Is(err, index.ErrStale):
		d.fault(exitMisuse, "index", "run crawler reindex", "%v", err)
	case errors.Is(err, fs.ErrNotExist):
		d.ok("index", "none yet: the first pass makes it")
	case errors.Is(err, fs.ErrPermission):
		d.fault(exitOurs, "index", "let this user read and write there, or run as the one it belongs to", "%v", err)
	case err != nil:
		d.fault(exitOurs, "index", "when it is damaged: run crawler reindex", "%v", err)
	default:
		if store == nil {
			d.ok("lock", "in use by %s, which is asked what the index holds", writerOf(dir))
		} else {
			d.ok("lock", "free")
			d.leftovers(dir)
		}
		d.index(ix)
		d.pages(ctx, store)
		d.sample(ctx, ix)
		if err := ix.Close(); err != nil {
			d.fault(exitOurs, "index", "run crawler doctor again", "%v", err)
		}
	}
	d.fileTimes(dir, d.state)
}

// writerOf names who writes to dir.
func writerOf(dir string) string {
	if h, ok := holderOf(dir); ok {
		return h.String()
	}
	return "another crawler"
}

// index counts what it holds.
func (d *doctorCommand) index(ix index.Reader) {
	st, err := ix.Status(time.Now())
	if err != nil {
		d.fault(exitOurs, "index", "run crawler reindex", "%v", err)
		return
	}
	d.ok("index", "schema %d, %s recorded, %s due", index.SchemaVersion, plural(st.States[index.Recorded], "filing"), count(st.Due))
}

// pages looks at every page of the index, unless another process holds it.
func (d *doctorCommand) pages(ctx context.Context, store *index.Store) {
	if store == nil {
		return
	}
	line := d.copying("looked at")
	rep, err := store.CheckPages(ctx, func(read, all uint64) { line.show(int64(read)<<12, int64(all)<<12) })
	d.err.progress("")
	switch {
	case ctx.Err() != nil:
	case err != nil:
		d.fault(exitOurs, "pages", "run crawler reindex, and look at the disk it is on", "%v", err)
	case rep.OneMeta:
		d.warn("pages", "nothing to do: the next sync or run writes it anew", "one of the two meta pages of the index is damaged; the last transaction may be undone")
	default:
		d.ok("pages", "all %s of the index are sound, %s", plural(int(rep.Pages), "page"), size(int64(rep.Pages)*int64(rep.PageSize)))
	}
}

// leftovers looks for what a killed process left; nobody writes at the moment.
func (d *doctorCommand) leftovers(dir string) {
	var left []string
	for _, pattern := range []string{"index.db.rebuild", "index.db.rebuild.tmp", "index.db.compact", "agreed.json.*", filepath.Join(listingsFolder, ".tmp-*"), filepath.Join(archiveFolder, "tmp", "*")} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern)) // the patterns are sound
		left = append(left, found...)
	}
	if len(left) > 0 {
		d.warn("leftovers", "nothing to do: the next sync or run clears them away (index.db.rebuild: the next reindex; index.db.compact: the next compact)",
			"%s of a process that was cut off, the first %s", plural(len(left), "temporary file"), left[0])
	}
}

// sampled is how many submissions are read back.
const sampled = 20

// sample reads some submissions of the archive to their end, where size and hash
// are checked: chosen by ix over all its days, or without it the first.
func (d *doctorCommand) sample(ctx context.Context, ix index.Reader) {
	ar, err := archive.OpenReadOnly(filepath.Join(d.eff.Data, archiveFolder))
	if errors.Is(err, fs.ErrNotExist) {
		if err = nil; ix != nil {
			err = archiveGone(d.eff.Data, ix)
		}
		if err != nil {
			d.fault(exitOurs, "archive", "look whether its disk is mounted", "%v", err)
			return
		}
		d.ok("archive", "none yet: the first pass makes it")
		return
	}
	if err != nil {
		d.fault(exitOurs, "archive", "let this user read it", "%v", err)
		return
	}
	defer ar.Close()
	chosen, err := choose(ix, ar)
	if err != nil {
		d.fault(exitOurs, "archive", "run crawler reindex", "%v", err)
		return
	}
	var bytes int64
	for acc, hash := range chosen {
		if ctx.Err() != nil {
			return
		}
		n, err := readBack(ar, acc, hash)
		if err != nil {
			d.fault(exitOurs, "archive", "look at the disk it is on; then run crawler verify --repair", "%s: %v", acc, err)
			return
		}
		bytes += n
	}
	d.ok("archive", "%s read back, %s", plural(len(chosen), "submission"), size(bytes))
}

// choose returns accessions with the SHA-256 that the index has for them, "" when
// it was not asked.
func choose(ix index.Reader, ar *archive.Store) (map[edgar.Accession]string, error) {
	chosen := map[edgar.Accession]string{}
	if ix == nil {
		for info, err := range ar.All() {
			if err != nil || len(chosen) == sampled {
				return chosen, err
			}
			chosen[info.Accession] = ""
		}
		return chosen, nil
	}
	newest, err := ix.Find(index.Query{Limit: sampled / 2})
	if err != nil || len(newest.Filings) == 0 {
		return chosen, err
	}
	for _, f := range newest.Filings {
		chosen[f.Accession] = f.SHA256
	}
	from, to := edgar.FirstQuarter().First(), newest.Filings[0].Filed
	days := int(to.Midnight().Sub(from.Midnight()).Hours()/24) + 1
	for range sampled / 2 {
		page, err := ix.Find(index.Query{To: from.AddDays(rand.IntN(max(days, 1))), Limit: 1})
		if err != nil {
			return chosen, err
		}
		for _, f := range page.Filings {
			chosen[f.Accession] = f.SHA256
		}
	}
	return chosen, nil
}

// readBack reads a submission and compares its hash with that of the index.
func readBack(ar *archive.Store, acc edgar.Accession, hash string) (n int64, err error) {
	r, info, err := ar.Open(acc, 0)
	if err != nil {
		return 0, err
	}
	defer func() { err = cmp.Or(err, r.Close()) }()
	if n, err = io.Copy(io.Discard, r); err != nil {
		return n, err
	}
	if got := fmt.Sprintf("%x", info.SHA256); hash != "" && got != hash {
		return n, fmt.Errorf("the archive holds other bytes (SHA-256 %.12s…) than the index says (%.12s…)", got, hash)
	}
	return n, nil
}

// space compares what is free with what is ahead, and with what a crawl leaves
// free.
func (d *doctorCommand) space() {
	need, what := d.ahead()
	d.room("disk", d.eff.Data, need, ", "+what+" need about "+size(need))
	if d.state != "" {
		d.room("state disk", d.state, 0, "")
	}
}

func (d *doctorCommand) room(check, dir string, need int64, told string) {
	free, reserve, err := crawl.Space(dir)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		d.fault(exitOurs, check, "let this user look there", "%v", err)
	case free < reserve:
		d.fault(exitOurs, check, "make room: a crawl pauses, or ends, with less than "+size(reserve), "%s free at %s", size(free), dir)
	case need > free-reserve:
		d.warn(check, "make room, or begin later (--from): what is fetched stays, and the rest waits for room", "%s free at %s%s", size(free), dir, told)
	case need > 0:
		d.ok(check, "%s free at %s%s", size(free), dir, told)
	default:
		d.ok(check, "%s free at %s", size(free), dir)
	}
}

// ahead estimates the bytes still to come: of filings that are known and not
// fetched, and of days before those that were read. It is 0 when another process
// holds the index.
func (d *doctorCommand) ahead() (bytes int64, what string) {
	today := edgar.DateOf(time.Now())
	from := today.AddDays(-7)
	if day, err := filter.FirstDay(d.eff.From, time.Now()); err == nil {
		from = day
	}
	r, err := standingOf(d.eff)
	if isLocked(err) {
		return 0, ""
	}
	if err != nil || r.From.IsZero() {
		return crawl.Foresee(from, today, 0).DiskBytes, "all filings since " + from.String()
	}
	known := 0
	for _, q := range r.Quarters {
		known += q.Discovered + q.Deferred
		bytes += crawl.Weigh(q.Quarter.First(), q.Discovered+q.Deferred)
	}
	what = plural(known, "filing") + " to fetch"
	if d.eff.From != "" && from.Before(r.From) {
		bytes += crawl.Foresee(from, r.From.AddDays(-1), 0).DiskBytes
		what += " and all since " + from.String()
	}
	return bytes, what
}

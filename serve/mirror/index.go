package mirror

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// file is a listing laid out in one of its forms.
type file struct {
	body []byte
	etag string
}

// A volume is the listing of a quarter or a day as it is now.
type volume struct {
	listing
	name     string // "2024Q1", "2024-02-01"
	modified time.Time
	files    map[string]file // of the shelf it stands on
}

// file lays the volume out once for all who ask: as "master.idx" or, packed,
// "master.gz".
func (v *volume) file(k kind, packed bool) file {
	key := v.name + " " + v.last.Compact() + " " + k.name
	text, ok := v.files[key]
	if !ok {
		body := v.write(k)
		text = file{body, digest(body)}
		v.files[key] = text
	}
	if !packed {
		return text
	}
	zipped, ok := v.files[key+" packed"]
	if !ok {
		body := pack(k.name+".idx", text.body)
		zipped = file{body, digest(body)}
		v.files[key+" packed"] = zipped
	}
	return zipped
}

func (v *volume) resource(k kind, packed bool) *resource {
	f := v.file(k, packed)
	res := made("text/plain", f.body, v.modified)
	if res.etag = f.etag; packed {
		res.kind = "binary/octet-stream"
	}
	return res
}

// open calls read with the shelf of a quarter, up to date, and with what is known of
// the quarter's listings. Nobody else has the shelf until read returns.
func (m *Mirror) open(ctx context.Context, q edgar.Quarter, read func(*shelf, synced) error) error {
	var known synced
	err := m.Index(func(ix index.Reader) (err error) {
		known, err = syncedIn(ix, q, edgar.DateOf(time.Now()))
		return err
	})
	if err != nil {
		return fmt.Errorf("listing %s: %w", q, err)
	}
	s, err := m.shelves.borrow(ctx, q)
	if err != nil {
		return err
	}
	defer m.shelves.giveBack(s)
	if err := s.catchUp(ctx, m.Index); err != nil {
		return fmt.Errorf("listing %s: %w", q, err)
	}
	return read(s, known)
}

// ofQuarter is the volume of a whole quarter, nil when nothing is known of it and
// nothing held.
func (m *Mirror) ofQuarter(s *shelf, known synced) *volume {
	v := &volume{listing: listing{rows: s.rows, last: known.last}, name: s.quarter.String(), files: s.files}
	if v.last.IsZero() {
		for _, r := range s.rows {
			if v.last.Before(r.filed) {
				v.last = r.filed
			}
		}
	}
	if v.last.IsZero() {
		return nil
	}
	return m.dated(v, s, known, s.quarter.First(), s.quarter.Last())
}

// ofDay is the volume of a day, nil when it is no business day that was read, and
// nothing filed on it is held.
func (m *Mirror) ofDay(s *shelf, known synced, d edgar.Date, rows []row) *volume {
	if len(rows) == 0 && !(edgar.IsBusinessDay(d) && known.covers(d)) {
		return nil
	}
	return m.dated(&volume{listing: listing{rows: rows, daily: true, last: d}, name: d.String(), files: s.files}, s, known, d, d)
}

// dated says when a volume changed last: when the last of its filings was recorded,
// or something withdrawn, and not before the evening of the last day that it tells of.
func (m *Mirror) dated(v *volume, s *shelf, known synced, first, last edgar.Date) *volume {
	now := time.Now()
	at := v.last.Midnight().Add(22 * time.Hour)
	for d, recorded := range s.newest {
		if d.Before(first) || last.Before(d) {
			continue
		}
		if at = latest(at, recorded); s.removed[d] {
			at = latest(at, known.rebuilt)
		}
	}
	if at.After(now) {
		at = now
	}
	k, _ := kindOf("master") // has all that the others have
	v.modified = m.told.since(v.name, v.file(k, false).etag, at, now)
	return v
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// full finds what is below full-index: YEAR/QTRn/KIND.idx and KIND.gz, on top of the
// years the listings of the running quarter, and everywhere index.json.
func (m *Mirror) full(ctx context.Context, rest string) (*resource, error) {
	if res, err := m.yearFolder("full-index/", rest); res != nil || err != nil {
		return res, err
	}
	q, name := edgar.DateOf(time.Now()).Quarter(), rest
	if strings.Contains(rest, "/") {
		var ok bool
		if q, name, ok = cutQuarter(rest); !ok {
			return nil, errDenied
		}
	}
	var res *resource
	err := m.open(ctx, q, func(s *shelf, known synced) error {
		v := m.ofQuarter(s, known)
		if v == nil {
			return errDenied
		}
		if name == folderName {
			res = v.quarterFolder(q)
			return nil
		}
		stem, ext, _ := strings.Cut(name, ".")
		k, ok := kindOf(stem)
		if packed := ext == "gz"; ok && (ext == "idx" || packed && k.name != "crawler") {
			res = v.resource(k, packed)
			return nil
		}
		return errDenied
	})
	return res, err
}

// daily finds what is below daily-index: YEAR/QTRn/KIND.DAY.idx, in any of EDGAR's
// spellings of a day and packed as well, and everywhere index.json.
func (m *Mirror) daily(ctx context.Context, rest string) (*resource, error) {
	if res, err := m.yearFolder("daily-index/", rest); res != nil || err != nil {
		return res, err
	}
	q, name, ok := cutQuarter(rest)
	if !ok {
		return nil, errDenied
	}
	day, err := edgar.ParseDailyName(name, q)
	if err == nil && !q.Contains(day.Date) || err != nil && name != folderName {
		return nil, errDenied
	}
	var res *resource
	err = m.open(ctx, q, func(s *shelf, known synced) error {
		if name == folderName {
			res = m.daysFolder(s, known)
			return nil
		}
		rows := slices.DeleteFunc(slices.Clone(s.rows), func(r row) bool { return r.filed != day.Date })
		k, ok := kindOf(day.Kind)
		v := m.ofDay(s, known, day.Date, rows)
		if v == nil || !ok {
			return errDenied
		}
		res = v.resource(k, day.Gzip)
		return nil
	})
	if err == nil && res == nil {
		err = errDenied
	}
	return res, err
}

// cutQuarter takes 2024/QTR1/name apart.
func cutQuarter(rest string) (q edgar.Quarter, name string, ok bool) {
	parts := strings.Split(rest, "/")
	if len(parts) != 3 || len(parts[0]) != 4 || !strings.HasPrefix(parts[1], "QTR") {
		return q, "", false
	}
	q, err := edgar.ParseQuarter(parts[0] + "Q" + parts[1][3:])
	return q, parts[2], err == nil
}
